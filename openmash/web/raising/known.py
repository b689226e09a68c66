"""Whether the person on a page may be known already: searched from what is typed, and put into words.

Nobody who is not signed in is searched for: their page is made without reading any record.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from openmash.apps.concerns.queries.as_told import as_described
from openmash.apps.concerns.queries.chronology import age_on
from openmash.apps.concerns.queries.known_while_typing import Known, KnownWhileTyping, known_while_typing
from openmash.apps.concerns.queries.on_registers import OnRegisters
from openmash.apps.families.told import PersonDescribed
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, Sureness
from openmash.web.layout.registers import name_in_register, stands
from openmash.web.layout.templatetags.gds import day
from openmash.web.raising.forms.people import ChildForm, PersonForm
from openmash.web.raising.journey import TOLD_BEFORE, Journey
from openmash.web.raising.searching import may_search
from openmash.web.raising.typed import Values, first

TELLING = 1.0
"""Bits. Evidence that less than doubles or halves the odds is left out of so small a panel."""

BROUGHT_UP_BY = frozenset(
    {"mother", "father", "parent", "step_parent", "adoptive_parent", "foster_carer", "carer"}
)
SURENESS = {
    Sureness.VERY_LIKELY: "Very likely the same",
    Sureness.POSSIBLE: "Possibly the same",
    Sureness.SIBLING_OR_TWIN: "Perhaps a brother, sister or twin",
}


@dataclass(frozen=True)
class KnownLine:
    """One record: who was described, where, and what speaks for and against its being the same person."""

    name: str
    age: str
    told: str
    sureness: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    use: str = ""
    """For whoever told it: what the button sends that takes the details over."""
    href: str = ""
    """For the front door: the record itself."""


@dataclass(frozen=True)
class KnownShown:
    """The panel. Nothing is shown when `lines`, `ask_in` and `note` are empty."""

    heading: str = ""
    lines: tuple[KnownLine, ...] = ()
    ask_in: tuple[str, ...] = ()
    note: str = ""
    whom: str = "person"
    """ "child" on the page of a child."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.ask_in or self.note)


NOTHING = KnownShown()
MORE = (
    "There are records that may fit, but too little is written to tell. "
    "A date of birth, an address or the other name would help."
)
PAUSED = (
    "The search has stopped for some minutes: there were many searches from your account. Go on writing. "
    "When you send this, everything is searched."
)


def known_on(request: HttpRequest, journey: Journey, page: str, values: Values | None = None) -> KnownShown:
    """What may be known of the person on a page, as typed there (`values`) or as kept in the draft."""
    if not request.user.is_authenticated:
        return NOTHING
    person = typed_person(journey, page, journey.values(page) if values is None else values)
    if person is None or not is_enough(person):
        return NOTHING
    if not may_search(request.user.pk, journey.now):
        return KnownShown(note=PAUSED)
    found = known_while_typing(person, by=request.user, now=journey.now, leaving_out=_told_already(journey))
    return _shown(found, page, journey.today)


def _told_already(journey: Journey) -> frozenset[UUID]:
    """Contacts whose child or question is on the page already, by the word of whoever types."""
    chosen = first(journey.values(TOLD_BEFORE), "contact")
    return frozenset([*([UUID(chosen)] if chosen else []), *filter(None, [journey.draft.arose_from_id])])


# --- what is searched for ---


def typed_person(journey: Journey, page: str, values: Values) -> DescribedPerson | None:
    """The person as far as what is typed holds; None where there is no such page."""
    form = journey.form_of(page, values) if journey.is_about_a_person(page) else None
    if form is not None:
        form.is_valid()
    if isinstance(form, ChildForm):
        told = form.described()
    elif isinstance(form, PersonForm):
        told = form.described(_first_child(journey))
    else:
        return None
    parents, siblings = _family(journey, page)
    return as_described(told, said_on=journey.today, parents=parents, siblings=siblings)


def is_enough(person: DescribedPerson) -> bool:
    """Whether a search could find one person rather than a crowd: a name and something else, or a number."""
    words = {word for name in person.names for word in f"{name.given} {name.family}".split() if len(word) > 1}
    else_known = (
        person.born.on or person.born.age_years is not None or any(each.postcode for each in person.addresses)
    )
    if person.identifiers or (person.is_unborn and person.parents):
        return True
    return len(words) > 1 or bool(words and else_known)


def _first_child(journey: Journey) -> PersonDescribed | None:
    numbers = journey.numbers("child")
    if not numbers:
        return None
    form = cast(ChildForm, journey.form(f"child-{numbers[0]}"))
    form.is_valid()
    return form.described()


def _family(journey: Journey, page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of parents, and of other children, told about so far; only for a child the concern is about."""
    if not page.startswith("child-"):
        return (), ()
    parents = []
    for number in journey.numbers("person"):
        values = journey.values(f"person-{number}")
        related = {first(values, name) for name in values if name.startswith("related_")}
        if first(values, "role") == "parent" or related & BROUGHT_UP_BY:
            parents.append(first(values, "name"))
    others = [f"child-{number}" for number in journey.numbers("child") if f"child-{number}" != page]
    return tuple(parents), tuple(first(journey.values(other), "name") for other in others)


# --- how it is said ---


def _shown(found: KnownWhileTyping, page: str, today: date) -> KnownShown:
    whom = "child" if page.startswith("child-") else "person"
    if not found.is_front_door:
        heading = f"You may have told us about this {whom} before"
    else:
        heading = f"This {whom} may already be known"
    return KnownShown(
        heading=heading,
        lines=(
            *(_line(known, found.is_front_door, today) for known in found.known),
            *(_on_register(each, today) for each in found.on_registers),
        ),
        ask_in=found.ask_in,
        note=MORE if found.more_is_needed else "",
        whom=whom,
    )


def _line(known: Known, is_front_door: bool, today: date) -> KnownLine:
    contact, described = known.part.contact, known.part.description
    is_the_same = known.match.sureness is not Sureness.SIBLING_OR_TWIN
    when = day(contact.received_at)
    told = f"Told on {when}: {contact.reference}"
    if is_front_door:
        others = f", and {known.others} more" if known.others else ""
        told = f"{contact.locality.name}, {when}: {contact.reference}{others}"
    return KnownLine(
        name=described.name or "Name not known",
        age=_age(described, today),
        told=told,
        sureness=SURENESS[known.match.sureness],
        use="" if is_front_door or not is_the_same else f"{contact.pk}:{known.part.pk}",
        href=reverse("screening:contact", args=[contact.pk]) if is_front_door else "",
        speaks_for=_speak(known.match, 1),
        speaks_against=_speak(known.match, -1),
    )


def _on_register(found: OnRegisters, today: date) -> KnownLine:
    born = found.person.born.on
    return KnownLine(
        name=name_in_register(found.person),
        age=f"born {day(born)}" if born else "date of birth not known",
        told=stands(found.standings),
        sureness=SURENESS[found.match.sureness],
        speaks_for=_speak(found.match, 1),
        speaks_against=_speak(found.match, -1),
    )


def _speak(match: Match, sign: int) -> tuple[str, ...]:
    """What speaks for (1) or against (-1) its being the same person, the most telling first."""
    evidence = sorted(match.evidence, key=lambda each: -abs(each.same_bits))
    telling = tuple(each.words for each in evidence if sign * each.same_bits >= TELLING)
    return telling[: 4 if sign > 0 else 3]


def _age(described: Any, today: date) -> str:
    if described.born_on is not None:
        return f"born {day(described.born_on)}"
    return age_on(described, today)
