"""The whole chronology as its page shows it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from openmash.apps.concerns.queries.adding_up import AddsUp
from openmash.apps.concerns.queries.events import Event, What
from openmash.apps.concerns.queries.whole_chronology import ChildThen, Told, WholeChronology
from openmash.apps.concerns.states import ENDS, MEANINGS, State
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from openmash.web.chronology.presenters.events import said
from openmash.web.chronology.words import (
    SHORT,
    VERY_SHORT,
    day,
    in_short,
    level_words,
    listed,
    name_of,
    sign_words,
    source_of,
    told_by,
)
from openmash.web.layout.templatetags.gds import clock_time

TELLING = frozenset({What.RAISE, What.ASK})
BY_ITSELF = {What.FOLLOW_UP: "Set by the threshold", What.ASKED: "The system"}
WORTH_READING = TELLING | {What.INFORMATION, What.DECISION, What.DISAGREEMENT}
"""Events that stand out on the page; the others are a line each between them."""


@dataclass(frozen=True)
class EntryShown:
    """One event. `anchor` is its place on the page; `marks` the rules it counts towards; `adults` those who are also in
    the family that the chronology is of.
    """

    anchor: str
    when: str
    time: str
    ages: tuple[str, ...]
    by: str
    agency: str
    what: str
    words: str
    signs: tuple[str, ...]
    contact_id: str
    reference: str
    is_telling: bool
    stands_out: bool
    marks: tuple[str, ...]
    adults: str


@dataclass(frozen=True)
class RowShown:
    """A row of the table: one event that stands out, or small ones of one contact that follow one another."""

    entry: EntryShown | None
    small: tuple[EntryShown, ...]

    @property
    def first(self) -> EntryShown:
        return self.entry or self.small[0]


@dataclass(frozen=True)
class CountedShown:
    anchor: str
    words: str


@dataclass(frozen=True)
class AddsUpShown:
    """A rule that held because contacts added up, and which contacts it counted."""

    rule: str
    name: str
    rule_because: str
    because: tuple[str, ...]
    leads_to: str
    held: str
    version: str
    counted: tuple[CountedShown, ...]
    ask: str
    no_longer_linked: int
    before: tuple[str, ...]


@dataclass(frozen=True)
class ChronologyShown:
    """The page. `whom` names whom it is of; `facts` is what a person needs who has a minute."""

    whom: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    rows: tuple[RowShown, ...]
    adds_up: tuple[AddsUpShown, ...]
    ask: str
    left_out: int
    ground: str


def chronology_shown(whole: WholeChronology, *, newest_first: bool) -> ChronologyShown:
    policies = _Policies()
    marks = _marks(whole.adds_up)
    entries = [
        _entry(number, event, whole.told[event.contact.pk], policies.of(event), marks)
        for number, event in enumerate(whole.events)
    ]
    return ChronologyShown(
        whom=tuple(whom(child) for child in whole.of),
        facts=tuple(_facts(whole)),
        rows=tuple(_rows(list(reversed(entries) if newest_first else entries))),
        adds_up=tuple(_adding_up(whole.adds_up, policies)),
        ask=listed(list(whole.ask)) if whole.ask else "",
        left_out=whole.left_out,
        ground=whole.ground.value,
    )


def _rows(entries: list[EntryShown]) -> Iterator[RowShown]:
    """Those that stand out each in a row of their own, the small ones between them put together."""
    for (stands_out, _contact, _entry), several in groupby(entries, key=_alike):
        small = tuple(several)
        yield RowShown(small[0], ()) if stands_out else RowShown(None, small)


def _alike(entry: EntryShown) -> tuple[bool, str, str]:
    return entry.stands_out, entry.contact_id, entry.anchor if entry.stands_out else ""


def whom(child: ChildThen) -> str:
    """`Alex Winter, 8 years`."""
    return f"{name_of(child.description)}, {child.age}"


class _Policies:
    """Versions of the threshold, each read once."""

    def __init__(self) -> None:
        self.read: dict[int, Policy] = {}

    def of(self, event: Event) -> Policy:
        return self.by_key(event.contact.policy_id)

    def by_key(self, key: int) -> Policy:
        if key not in self.read:
            self.read[key] = adopted(key).policy
        return self.read[key]


def _marks(adds_up: Iterable[AddsUp]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for each in adds_up:
        for contact in each.counted:
            found[contact.pk][each.rule] = None
    return {contact: tuple(rules) for contact, rules in found.items()}


def _entry(
    number: int, event: Event, told: Told, policy: Policy, marks: Mapping[UUID, tuple[str, ...]]
) -> EntryShown:
    what, words = said(event, policy)
    telling = event.what in TELLING
    by, agency = _by(event)
    return EntryShown(
        anchor=f"contact-{event.contact.reference}" if telling else f"entry-{number}",
        when=day(event.at),
        time=clock_time(event.at),
        ages=tuple(whom(child) for child in told.children) if telling else (),
        by=by,
        agency=agency,
        what=what,
        words=in_short(words, SHORT if event.what in WORTH_READING else VERY_SHORT),
        signs=tuple(_signs(told, policy)) if telling else (),
        contact_id=str(event.contact.pk),
        reference=event.contact.reference,
        is_telling=telling,
        stands_out=event.what in WORTH_READING,
        marks=marks.get(event.contact.pk, ()) if telling else (),
        adults=listed([name_of(each) for each in told.adults]) if telling and told.adults else "",
    )


def _by(event: Event) -> tuple[str, str]:
    """Who did it, and their agency."""
    if event.what in TELLING:
        return told_by(event.contact), source_of(event.contact)
    if event.what in BY_ITSELF:
        return "", BY_ITSELF[event.what]
    if event.by is None:
        return "", "The person who raised it"
    return f"{event.by.name}, {event.by.job_title}", event.by.agency.name


def _signs(told: Told, policy: Policy) -> Iterator[str]:
    for sign in told.signs:
        withdrawn = " (withdrawn since)" if hasattr(sign, "withdrawn") else ""
        yield f"{sign_words(sign.sign, policy)}{withdrawn}"


def _facts(whole: WholeChronology) -> Iterator[tuple[str, str]]:
    contacts = [told.contact for told in whole.told.values()]
    if not contacts:
        return
    contacts.sort(key=lambda contact: contact.received_at)
    kinds = Counter("advice" if each.kind == "advice" else "concern" for each in contacts)
    yield "Told", listed([_many(kinds[kind], words) for kind, words in MANY.items() if kinds[kind]])
    sources = list(dict.fromkeys(source_of(each) for each in contacts))
    yield f"By {len(sources)} agenc{'y' if len(sources) == 1 else 'ies'} or people", listed(sources)
    last = contacts[-1]
    yield "First told", f"{day(contacts[0].received_at)}, {source_of(contacts[0])}"
    yield "Last told", f"{day(last.received_at)}, {source_of(last)}"
    still = Counter(MEANINGS[State(each.state)].label.lower() for each in contacts if each.state not in ENDS)
    words = [f"{number} {label}" for label, number in still.items()]
    yield "Open now", listed(words) if words else "Nothing"


MANY = {"concern": ("concern", "concerns"), "advice": ("request for advice", "requests for advice")}


def _many(number: int, words: tuple[str, str]) -> str:
    return f"{number} {words[0] if number == 1 else words[1]}"


def _adding_up(adds_up: Iterable[AddsUp], policies: _Policies) -> Iterator[AddsUpShown]:
    """Each rule once, as it held last, with the days on which it held before. Most recent first."""
    by_rule: dict[str, list[AddsUp]] = defaultdict(list)
    for each in adds_up:
        by_rule[each.rule].append(each)
    latest = sorted(by_rule.values(), key=lambda held: held[-1].contact.received_at, reverse=True)
    for held in latest:
        yield _adds_up(held[-1], held[:-1], policies.by_key(held[-1].contact.policy_id))


def _adds_up(last: AddsUp, before: list[AddsUp], policy: Policy) -> AddsUpShown:
    return AddsUpShown(
        rule=last.rule,
        name=last.name,
        rule_because=last.rule_because,
        because=last.because,
        leads_to=_leads_to(last, policy),
        held=_held(last.contact.received_at, last.at),
        version=last.version,
        counted=tuple(
            CountedShown(f"contact-{each.reference}", f"{day(each.received_at)}, {source_of(each)}")
            for each in last.counted
        ),
        ask=listed(list(last.ask)) if last.ask else "",
        no_longer_linked=last.no_longer_linked,
        before=tuple(day(each.contact.received_at) for each in before),
    )


def _held(received: datetime, found: datetime) -> str:
    """On which contact, and when that was found if later (a link made afterwards can bring it about)."""
    first, later = day(received), day(found)
    return f"the contact of {first}" if first == later else f"the contact of {first}, found on {later}"


def _leads_to(last: AddsUp, policy: Policy) -> str:
    parts = [f"at least {level_words(last.level, policy)}"] if last.level else []
    if last.consider:
        parts.append(f"a manager must consider {level_words(last.consider, policy)}")
    duties = {duty.id: duty.label for duty in policy.duties}
    rule = policy.rules_by_id.get(last.rule)
    parts += [duties[each] for each in (rule.duties if rule else ()) if each in duties]
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]
