"""What every page of a family's story shares: whose it is, and what of it somebody asked to read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from openmash.apps.concerns.queries.events import Group
from openmash.apps.concerns.queries.whole_chronology import Start, Wanted

GROUPS: tuple[tuple[str, str], ...] = (
    ("", "Everything"),
    (Group.TOLD, "What we were told"),
    (Group.DECIDED, "Decisions and answers"),
    (Group.DISAGREED, "Disagreements"),
    (Group.FOLLOWED_UP, "Follow-ups"),
    (Group.LINKED, "Who said who is who"),
)
PERIODS: tuple[tuple[str, str], ...] = (
    ("", "All time"),
    ("91", "The last 3 months"),
    ("183", "The last 6 months"),
    ("366", "The last 12 months"),
    ("731", "The last 2 years"),
)
"""Days, and how they are called. What counts towards a rule is for the rule: this is only for reading."""
ORDERS: tuple[tuple[str, str], ...] = (("", "Oldest first"), ("newest", "Newest first"))


@dataclass(frozen=True)
class Asked:
    """The answers to "show" at the top of the page, as they came in the address of the page.

    What cannot be read is taken as not asked: a chronology that shows too much is safer than one with a gap that
    nobody sees.
    """

    child: str = ""
    agency: str = ""
    group: str = ""
    period: str = ""
    order: str = ""

    @property
    def newest_first(self) -> bool:
        return self.order == "newest"

    @property
    def is_everything(self) -> bool:
        return not (self.child or self.agency or self.group or self.period)

    def wanted(self, now: datetime) -> Wanted:
        return Wanted(
            child=UUID(self.child) if self.child else None,
            agency=self.agency,
            group=self.group,
            since=now - timedelta(days=int(self.period)) if self.period else None,
        )


def asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        child=_child(given.get("child", "")),
        agency=given.get("agency", "")[:40],
        group=_one_of(given.get("group", ""), GROUPS),
        period=_one_of(given.get("period", ""), PERIODS),
        order=_one_of(given.get("order", ""), ORDERS),
    )


def _one_of(given: str, offered: tuple[tuple[str, str], ...]) -> str:
    return given if given in dict(offered) else ""


def _child(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return ""


@dataclass(frozen=True)
class Story:
    """Whose story a page tells, and where its other pages are."""

    start: Start

    @property
    def chronology(self) -> str:
        if self.start.contact is not None:
            return reverse("chronology:of_contact", args=[self.start.contact])
        return reverse("chronology:of_person", args=[self.start.known_person])

    @property
    def genogram(self) -> str:
        if self.start.contact is not None:
            return reverse("chronology:genogram_of_contact", args=[self.start.contact])
        return reverse("chronology:genogram_of_person", args=[self.start.known_person])

    @property
    def back(self) -> tuple[str, str]:
        """The page to go back to, and its name."""
        if self.start.contact is not None:
            return reverse("screening:contact", args=[self.start.contact]), "Back to the record"
        return reverse("screening:worklist"), "Back to the worklist"
