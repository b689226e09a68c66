"""What stands in a published table where there is no number. None of them is nought.

Source: the symbols of the Government Statistical Service, as the Department's tables use them; `low`, `:` are
older or of the workforce tables.
"""

from decimal import Decimal
from enum import Enum


class Marker(Enum):
    """Why there is no number. The value is what is printed in the table; NO_ROW says that there is no such row."""

    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    UNRELIABLE = "u"
    LOW = "low"
    ROUNDS_TO_NOUGHT = "k"
    NOT_COLLECTED = ":"
    NO_ROW = ""

    @property
    def says(self) -> str:
        return _SAYS[self]


_SAYS = {
    Marker.SUPPRESSED: "not shown: it is, or would give away, a count of 1 to 5",
    Marker.NOT_AVAILABLE: "not available: nothing was sent in that could be used",
    Marker.NOT_APPLICABLE: "does not apply: there was nothing to work it out from",
    Marker.UNRELIABLE: "not published: too unreliable",
    Marker.LOW: "not published: too low to be told from none",
    Marker.ROUNDS_TO_NOUGHT: "not published: it would be rounded to none, and is not none",
    Marker.NOT_COLLECTED: "not available: nothing was sent in that could be used",
    Marker.NO_ROW: "nothing was published for this area and year",
}

Cell = Decimal | Marker


def cell(text: str) -> Cell:
    """A cell as published.

    Raises:
        ValueError: it is neither a number nor a marker that is known.
    """
    text = text.strip()
    if text and text.replace(".", "", 1).isdigit() and text.isascii():
        return Decimal(text)
    return Marker(text)
