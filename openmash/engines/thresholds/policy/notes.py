"""Reading the note of a sign: the parts that begin "Level 4 if …" say what would raise it."""

import re

_RAISES = re.compile(r"Level (?P<code>[A-Za-z0-9]+) (?P<rest>(?:if|when|with|for|in) .+)")


def raise_notes(note: str) -> tuple[tuple[str, str], ...]:
    """The level and the words of each part that says what would raise the sign; parts are parted by ";"."""
    found = (_RAISES.fullmatch(part.strip().rstrip(".")) for part in note.split(";"))
    return tuple((match["code"], match["rest"]) for match in found if match)
