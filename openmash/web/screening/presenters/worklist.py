"""The worklist: what waits, soonest due first, with the words a busy person looks for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from openmash.apps.concerns.queries.lists import Worklist
from openmash.apps.concerns.queries.wanted import INFORMATION_REQUEST
from openmash.apps.concerns.states import MEANINGS, Kind, State
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.apps.policy.queries import PolicyInForce, adopted
from openmash.web.layout.times import Due, due_in_words, moment
from openmash.web.screening.presenters.elsewhere import AskedShown, asked_line
from openmash.web.screening.presenters.findings import is_immediate, level_words
from openmash.web.screening.presenters.people import FIRST, child_line, raised_by, source_of

NOBODY = "Nobody yet"


@dataclass(frozen=True)
class Row:
    """One contact in a list. `level` is what the threshold said when it was raised."""

    id: str
    reference: str
    kind: str
    children: tuple[str, ...]
    raised_by: str
    source: str
    locality: str
    level: str
    is_immediate: bool
    state: str
    colour: str
    due: Due
    received: str
    holder: str


@dataclass(frozen=True)
class Filter:
    """One way to look at the list: a plain link with the number it would show."""

    key: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Owed:
    """A follow-up still to be done."""

    id: int
    text: str
    owner: str
    asks_an_agency: bool
    due: Due


@dataclass(frozen=True)
class OwedOn:
    """All that is owed on one contact. `due` is that of the first."""

    id: str
    reference: str
    children: tuple[str, ...]
    due: Due
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class WorklistShown:
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    owed: tuple[OwedOn, ...]
    count_owed: int
    asked: tuple[AskedShown, ...]
    several_places: bool


@dataclass
class Policies:
    """Versions by key, each looked up once for a whole list."""

    known: dict[int, PolicyInForce] = field(default_factory=dict)

    def __call__(self, pk: int) -> PolicyInForce:
        if pk not in self.known:
            self.known[pk] = adopted(pk)
        return self.known[pk]


Test = Callable[[Any, int], bool]
FILTERS: tuple[tuple[str, str, Test], ...] = (
    ("all", "All", lambda contact, me: True),
    ("mine", "Mine", lambda contact, me: contact.screener_id == me),
    ("untaken", "Nobody has yet", lambda contact, me: contact.screener_id is None),
    ("advice", "Advice", lambda contact, me: contact.kind == Kind.ADVICE),
    ("second", "Waiting for a second person", lambda contact, me: contact.state == State.SECOND_PERSON),
    ("disagreements", "Disagreements", lambda contact, me: contact.state == State.DISAGREED),
)


def worklist_shown(found: Worklist, *, show: str, me: int, now: datetime) -> WorklistShown:
    """The list under one of the filters; a filter nobody knows shows everything."""
    current = show if show in {key for key, _label, _test in FILTERS} else "all"
    tests = {key: test for key, _label, test in FILTERS}
    shown = [contact for contact in found.contacts if tests[current](contact, me)]
    return WorklistShown(
        filters=tuple(
            Filter(key, label, sum(test(contact, me) for contact in found.contacts), key == current)
            for key, label, test in FILTERS
        ),
        rows=tuple(rows(shown, now)),
        owed=tuple(_owed(found.follow_ups, now)),
        count_owed=len(found.follow_ups),
        asked=tuple(asked_line(each) for each in found.asked),
        several_places=len({contact.locality_id for contact in found.contacts}) > 1,
    )


def rows(contacts: Iterable[Any], now: datetime) -> list[Row]:
    """A line for each contact, in the order given."""
    policies, today = Policies(), timezone.localtime(now).date()
    return [_row(contact, policies, today, now) for contact in contacts]


def _row(contact: Any, policies: Policies, today: date, now: datetime) -> Row:
    policy = policies(contact.policy_id).policy
    level = policy.level(contact.as_found[0].level) if contact.as_found else None
    meaning = MEANINGS[State(contact.state)]
    return Row(
        id=str(contact.pk),
        reference=contact.reference,
        kind="Advice" if contact.kind == Kind.ADVICE else "Concern",
        children=_children(contact, today),
        raised_by=raised_by(contact),
        source=source_of(contact),
        locality=contact.locality.name,
        level=level_words(level, policy) if level else "Not worked out",
        is_immediate=level is not None and is_immediate(level, policy),
        state=meaning.label,
        colour=meaning.colour,
        due=due_in_words(contact.due_at, now),
        received=moment(contact.received_at),
        holder=holder_of(contact, contact.disagreed[-1].step if contact.disagreed else 1),
    )


def holder_of(contact: Any, step: int) -> str:
    """Who has a contact now, in words."""
    if contact.state == State.DISAGREED:
        words = STEP_NAMES[step]
        return words[:1].upper() + words[1:]
    name = contact.screener.name if contact.screener is not None else ""
    if contact.state == State.SECOND_PERSON:
        return f"A second person, not {name}" if name else "A second person"
    return name or NOBODY


def _owed(follow_ups: Iterable[Any], now: datetime) -> Iterator[OwedOn]:
    """By contact, in the order of what is due first on each."""
    by_contact: dict[Any, list[Any]] = {}
    for each in follow_ups:
        by_contact.setdefault(each.contact, []).append(each)
    today = timezone.localtime(now).date()
    for contact, owed in by_contact.items():
        yield OwedOn(
            id=str(contact.pk),
            reference=contact.reference,
            children=_children(contact, today),
            due=due_in_words(owed[0].due_at, now),
            owed=tuple(_owed_shown(each, now) for each in owed),
        )


def _owed_shown(each: Any, now: datetime) -> Owed:
    asks_an_agency = each.duty == INFORMATION_REQUEST
    return Owed(each.pk, each.text, each.owner, asks_an_agency, due_in_words(each.due_at, now))


def _children(contact: Any, today: date) -> tuple[str, ...]:
    subjects = [part.description for part in contact.people if part.role == FIRST]
    return tuple(child_line(each, today) for each in subjects) or ("No child named",)
