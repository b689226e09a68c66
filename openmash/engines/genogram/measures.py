"""How large things are in the drawing, and how names are broken into lines that fit below a symbol."""

from unicodedata import east_asian_width

HALF_SLOT = 74.0
SYMBOL = 46.0
HALF_SYMBOL = SYMBOL / 2
TEXT_LINE = 18.0
LANE = 14.0
ABOVE_LANES = 14.0
BELOW_LANES = 34.0
"""Room between the lowest line that runs sideways and the symbols: for a household's name, and for marks."""
BELOW_LABEL = 12.0
EDGE = 14.0
INSET = 7.0
"""How far the line around a household keeps from the edge of a slot, where other lines run."""
PORTS_APART = 9.0
CLEAR = 3.5
"""Two lines that run side by side keep at least this far apart."""
ASIDE = (0.0, 7.0, -7.0, 14.0, -14.0, 3.5, -3.5, 10.5, -10.5)

CHARACTERS = 15
MOST_LINES = 4


def lines_of(name: str) -> tuple[str, ...]:
    """A name in lines of at most 15 characters (7 of a wide script), at most four: a longer one ends in "…"."""
    lines: list[str] = []
    for word in name.split():
        for piece in _pieces(word):
            if lines and _width(f"{lines[-1]} {piece}") <= CHARACTERS:
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: CHARACTERS - 1]}…"]
    return tuple(lines)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pieces(word: str) -> list[str]:
    """A word that is too long for a line, in pieces that are not: after a hyphen if it has one."""
    if _width(word) <= CHARACTERS:
        return [word]
    first, hyphen, rest = word.partition("-")
    if rest and _width(first) < CHARACTERS:
        return [first + hyphen, *_pieces(rest)]
    pieces = [""]
    for letter in word:
        if _width(pieces[-1] + letter) > CHARACTERS:
            pieces.append("")
        pieces[-1] += letter
    return pieces
