"""Invented children and their families, and the errors that people make when they describe them.

Everything follows from a seed. The lists of names, spellings and nicknames are this package's own: were they
those of the matching engine, the engine would be measured by what it already knows.
"""
