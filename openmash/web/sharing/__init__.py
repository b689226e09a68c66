""" "Can I share this?": a few questions that anybody may answer without signing in, and a page to print.

Owns the pages. Nothing that is answered here is stored, logged or sent on; the address of a page holds it all.
"""
