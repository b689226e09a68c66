"""Requests by somebody for what is recorded about them: gathered whole, reviewed piece by piece, and given by a person.

Owns: the request, its pieces, what was decided of each, and that the answer left. Nothing leaves before every piece is
decided. Does not own: the record; `keeping` finds everything that is part of it, and holds it meanwhile.
"""
