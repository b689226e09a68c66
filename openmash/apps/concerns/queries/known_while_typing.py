"""Whether somebody being typed in may be known already: to whoever types, and to nobody else.

Two ways that never meet:

* Somebody who raises a concern is shown only what they told before, or what their agency told where they lead
  its safeguarding. Nothing but those records is read, so that neither the answer, nor how sure it is, nor how
  long it takes depends on what other agencies told. They are never told that somebody else must be asked: that
  alone would say that a child is known.
* The front door, taking a concern by telephone, is shown every record it has a ground for, rows of registers
  too, and of the others only whom to ask.

Every record shown is a look, written down on its ground; so is being told to ask.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from openmash.apps.access.grounds import Viewer, ground_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import lately_about
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Answer, Contact, Part
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.concerns.queries.already_known import may_see
from openmash.apps.concerns.queries.as_told import as_described, people_as_told
from openmash.apps.concerns.queries.on_registers import OnRegisters, found_on_registers
from openmash.apps.concerns.states import Kind
from openmash.apps.directory.models import Person
from openmash.apps.families.models import IndexedPerson
from openmash.apps.families.queries import judged, rows_found
from openmash.apps.registers.standings import note_standings
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, Sureness, judge_all
from openmash.engines.matching.weights import current

MOST_SHOWN = 5
MOST_OF_THEIR_OWN = 1_000
"""Of what an agency told, the newest records that are searched while somebody types. Sending searches all."""

CHILDREN_OF_AN_AGENCY = 2_000
"""About as many children as one agency works with: a name that fits is more likely to be the same child there."""

THE_SAME_LOOK = timedelta(minutes=10)
"""A record shown again to the same person within this time, while they go on typing, is one look."""

SHOWN_VERB, ASK_VERB = "see_known_while_typing", "see_somebody_must_be_asked"
FRONT_DOOR = frozenset({"screening_practitioner", "manager"})
WORTH_ASKING = frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE})
WORTH_SHOWING = WORTH_ASKING | {Sureness.SIBLING_OR_TWIN}


@dataclass(frozen=True)
class Known:
    """Somebody described before, on a contact that whoever types may see."""

    part: Part
    match: Match
    others: int = 0
    """How many more descriptions they may see that people have linked to the same person."""


@dataclass(frozen=True)
class KnownWhileTyping:
    """What may be shown beside the form. `ask_in` names the localities whose front door must be asked."""

    is_front_door: bool
    known: tuple[Known, ...] = ()
    ask_in: tuple[str, ...] = ()
    on_registers: tuple[OnRegisters, ...] = ()
    more_is_needed: bool = False
    """Somebody may fit, and too little is typed to tell."""

    def __bool__(self) -> bool:
        return bool(self.known or self.ask_in or self.on_registers or self.more_is_needed)


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
@transaction.atomic
def known_while_typing(
    person: DescribedPerson, *, by: Person, now: datetime, leaving_out: Collection[UUID] = ()
) -> KnownWhileTyping:
    """Who may be this person, as far as `by` may know. `leaving_out` are contacts they need not be told of."""
    viewer = viewer_of(by, day_of(now))
    if {role for role, _locality in viewer.roles} & FRONT_DOOR:
        return _for_the_front_door(person, by, viewer, now, leaving_out)
    return _for_whoever_raises(person, by, viewer, now, leaving_out)


def _for_whoever_raises(
    person: DescribedPerson, by: Person, viewer: Viewer, now: datetime, leaving_out: Collection[UUID]
) -> KnownWhileTyping:
    parts = list(_told_before(viewer, leaving_out))
    told = people_as_told([part.description for part in parts])
    people = {
        place: as_described(person_told, said_on=day_of(part.description.described_at))
        for place, (part, person_told) in enumerate(zip(parts, told, strict=True))
    }
    # Each record by itself: which of them are of one child is what the front door has found out.
    results = judge_all(person, people, weights=current(), population=CHILDREN_OF_AN_AGENCY, on=day_of(now))
    found = [Known(parts[place], match) for place, match in results if match.sureness in WORTH_SHOWING]
    known = tuple(_each_once(found))[:MOST_SHOWN]
    _note_looks(known, "see_as_raiser", viewer, by, now)
    return KnownWhileTyping(is_front_door=False, known=known)


def _told_before(viewer: Viewer, leaving_out: Collection[UUID]) -> Iterable[Part]:
    """Everybody on what the viewer raised, or their agency where they lead its safeguarding; newest first.

    Where an answer in writing would have been unsafe, somebody else may be at the keyboard: that is left out.
    """
    leads = any(role == "safeguarding_lead" for role, _locality in viewer.roles)
    agency = Q(raised_agency_id=viewer.agency_id) & ~Q(pk__in=viewer.kept_out)
    own = Q(raised_by_id=viewer.id) | (agency if leads else Q(pk__in=[]))
    last_answer = Answer.objects.filter(contact=OuterRef("pk")).order_by("-id").values("text")[:1]
    contacts = Contact.objects.filter(own).exclude(pk__in=leaving_out)
    safe = contacts.annotate(last_answer=Subquery(last_answer)).filter(
        Q(last_answer__isnull=True) | ~Q(last_answer="")
    )
    return (
        Part.objects.filter(contact__in=safe.values("pk"))
        .select_related("contact__locality", "description")
        .order_by("-contact__received_at", "id")[:MOST_OF_THEIR_OWN]
    )


def _each_once(found: Iterable[Known]) -> Iterable[Known]:
    """The newest of several records that say the same name and date of birth on different contacts.

    These are the words of whoever types, not a link. Without a date of birth a name says too little: two twins both
    called "Baby Smith" are two, and so are two on one contact whatever is said of them.
    """
    shown_from: dict[object, UUID] = {}
    for known in found:
        told = known.part.description
        same = (told.name.casefold(), told.born_on) if told.name and told.born_on else told.pk
        if shown_from.setdefault(same, known.part.contact_id) == known.part.contact_id:
            yield known


def _for_the_front_door(
    person: DescribedPerson, by: Person, viewer: Viewer, now: datetime, leaving_out: Collection[UUID]
) -> KnownWhileTyping:
    everybody = rows_found(person, now=now)
    registered = found_on_registers(person, everybody, by=by, now=now)
    note_standings(registered.standings, by=by, now=now)
    rows = [row for row in everybody if row.source == IndexedPerson.Source.DESCRIPTION]

    parts: dict[UUID, Part] = {}

    def among(records: Collection[UUID], *, seen: bool) -> set[UUID]:
        parts.update(_parts_of(set(records) - parts.keys()))
        found = {each: parts[each] for each in records if each in parts}
        return {
            description
            for description, part in found.items()
            if part.contact_id not in leaving_out and may_see(viewer, part.contact) is seen
        }

    # What they may see competes with nothing else: somebody hidden would show in how sure the rest is.
    found = judged(person, rows, now=now, only=partial(among, seen=True))
    hidden = judged(person, rows, now=now, only=partial(among, seen=False))
    wanted = [each for each in found if each.match.sureness in WORTH_SHOWING][:MOST_SHOWN]
    known = []
    for each in wanted:
        newest = max((parts[one] for one in each.descriptions), key=lambda part: part.contact.received_at)
        known.append(Known(newest, each.match, others=len(each.descriptions) - 1))
    _note_looks(known, "see_as_hub", viewer, by, now)
    alike = {one for each in hidden if each.match.sureness in WORTH_ASKING for one in each.descriptions}
    return KnownWhileTyping(
        is_front_door=True,
        known=tuple(known),
        ask_in=tuple(
            sorted(
                {
                    *_whom_to_ask([parts[one].contact for one in alike], by, now),
                    *(each.name for each in registered.ask),
                }
            )
        ),
        on_registers=registered.told,
        more_is_needed=not wanted and any(each.match.sureness is Sureness.TOO_LITTLE for each in found),
    )


def _parts_of(descriptions: Collection[UUID]) -> dict[UUID, Part]:
    found = Part.objects.filter(description__in=descriptions).select_related(
        "contact__locality", "description"
    )
    return {part.description_id: part for part in found}


def _note_looks(known: Collection[Known], verb: str, viewer: Viewer, by: Person, now: datetime) -> None:
    """Write down a look at every contact shown, on the ground on which it may be opened.

    Raises:
        Refused: there is none for one of them; nothing is shown then.
    """
    grounds = {}
    for contact in (each.part.contact for each in known):
        needed = "see_advice" if verb == "see_as_hub" and contact.kind == Kind.ADVICE else verb
        grounds[contact.pk] = str(ground_for(viewer, needed, facts_for_access(contact)))
    _note(SHOWN_VERB, grounds, by, now)


def _whom_to_ask(contacts: Collection[Contact], by: Person, now: datetime) -> tuple[str, ...]:
    grounds = {each.pk: f"told only to ask the front door of {each.locality.name}" for each in contacts}
    _note(ASK_VERB, grounds, by, now)
    return tuple(sorted({each.locality.name for each in contacts}))


def _note(verb: str, grounds: dict[UUID, str], by: Person, now: datetime) -> None:
    """Write down a look at each of these contacts, unless it is still the same look."""
    ids = {str(pk) for pk in grounds}
    already = (
        lately_about("contact", ids, verb=verb, by_id=by.pk, since=now - THE_SAME_LOOK) if ids else set()
    )
    for contact_id, ground in grounds.items():
        if str(contact_id) not in already:
            record(by=by, verb=verb, subject_kind="contact", subject_id=contact_id, ground=ground, now=now)
