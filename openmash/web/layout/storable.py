"""Keeps text that the database cannot hold from being lost."""

import re

VISIBLE_NUL, REPLACEMENT = "\u2400", "\ufffd"
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def storable(text: str) -> tuple[str, bool]:
    """The text as the database can hold it, and whether anything had to be replaced.

    PostgreSQL holds every character but NUL, which becomes its visible sign. Half of a surrogate pair is
    no character, and becomes the replacement character. Nothing is left out.
    """
    kept = HALF_A_CHARACTER.sub(REPLACEMENT, text.replace("\x00", VISIBLE_NUL))
    return kept, kept != text
