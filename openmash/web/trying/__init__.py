"""Trying: a case put to the threshold, and versions of it compared, replayed over past decisions, and varied.

Owns the pages, what is counted on them, and which counts are too small to be shown. Nothing is stored here.
"""
