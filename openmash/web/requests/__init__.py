"""Asking another agency for information, answering it, and reading and writing the log of what was shared or not.

Owns the pages. What may be seen and done is decided in `apps.sharing`; “Can I share this?” is `web.sharing`.
"""
