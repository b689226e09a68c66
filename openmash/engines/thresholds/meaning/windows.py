"""Which earlier contacts a condition counts, as of the day of the decision."""

from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import PastContact, View, months_before
from openmash.engines.thresholds.policy.conditions import Contacts


@dataclass(frozen=True)
class Window:
    """Which earlier contacts are counted: those of the last `months`, of a kind, from a kind of agency."""

    months: int
    kind: str = ""
    agency_kind: str = ""
    unassessed: bool = False

    @property
    def name(self) -> str:
        about = f"_{self.kind}" if self.kind else ""
        by = f"_from_{self.agency_kind}" if self.agency_kind else ""
        return f"{self.months}m{about}{by}{'_unassessed' if self.unassessed else ''}"

    def contacts(self, case: View) -> list[PastContact]:
        """The earlier contacts of a case that fall in the window, as of the case's own day."""
        # What came after the day of the decision cannot have been known, and is not counted.
        start = months_before(case.as_of, self.months)
        return [c for c in case.past if start <= c.at <= case.as_of and self.counts(c)]

    def counts(self, contact: PastContact) -> bool:
        """Whether a contact is of the kind. An agency whose kind is not known is not ruled out."""
        if self.kind and self.kind not in contact.accumulates:
            return False
        if self.agency_kind and contact.agency_kind not in ("", self.agency_kind):
            return False
        return not (self.unassessed and contact.assessed)


def window_of(condition: Contacts) -> Window:
    """The window a condition counts in."""
    return Window(condition.months, condition.kind, condition.agency_kind, condition.unassessed)
