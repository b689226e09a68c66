"""What a question is for: chosen, never typed, so that nothing of the child can stand in a log."""

from enum import StrEnum


class Purpose(StrEnum):
    SCREENING = "screening"
    STRATEGY = "strategy"
    VISIT = "visit"
    WORRIED = "worried"

    @property
    def words(self) -> str:
        """As it stands on pages."""
        return _WORDS[self]


_WORDS = {
    Purpose.SCREENING: "To screen a concern about the child",
    Purpose.STRATEGY: "To know who belongs in a strategy discussion",
    Purpose.VISIT: "To prepare a visit or an assessment",
    Purpose.WORRIED: "We are worried and do not know who else works with the family",
}
