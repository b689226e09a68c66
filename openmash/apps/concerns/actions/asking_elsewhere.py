"""Telling another front door that it may know somebody, and its answer.

The front door that asks learns only that somebody there must be asked. The one that is asked is shown its own
record, and whom to ring; what the other has written down is not shown to it either.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.actions.refusing import reason_told
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import AskedElsewhere, AskedElsewhereAnswered, Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families import actions as families
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.models import Description
from openmash.apps.families.queries import proposals_for

FOLLOWS = "somebody on this contact may be known to another front door"


@acting
def ask_front_doors(contact: Contact, *, now: datetime) -> None:
    """Tell every other front door that may know somebody on this contact; each record there once.

    Nobody decides this: it follows from what is recorded, in the transaction that recorded it.
    """

    def of_this_front_door(contacts: Collection[UUID]) -> set[UUID]:
        # A restricted record is not open to whoever screens here: its owner is asked, as another front door would be.
        restricted = restrictions_on(day_of(now)).values("contact_id")
        here = Contact.objects.filter(pk__in=contacts, locality_id=contact.locality_id)
        here = here.exclude(pk__in=restricted)
        return set(here.values_list("pk", flat=True))

    for part in contact.parts.select_related("description"):
        found = proposals_for(part.description, may_see=of_this_front_door, now=now)
        for proposal in found.hidden:
            _ask(contact, part.description, proposal.earlier, now)


def _ask(contact: Contact, description: Description, theirs: Collection[Description], now: datetime) -> None:
    """Ask each front door about the newest of its own descriptions."""
    contacts = Contact.objects.in_bulk({each.contact_id for each in theirs})
    newest = {contacts[each.contact_id].locality_id: each for each in reversed(list(theirs))}
    asked_before = set(
        AskedElsewhere.objects.filter(description=description).values_list("locality_id", "theirs_id")
    )
    for locality_id, each in newest.items():
        if (locality_id, each.pk) not in asked_before:
            asked = AskedElsewhere.objects.create(
                contact=contact, description=description, locality_id=locality_id, theirs=each, at=now
            )
            note_down(contact, "ask_elsewhere", by=None, ground=FOLLOWS, now=now, detail={"asked": asked.pk})


@acting
@transaction.atomic
def answer_elsewhere(*, asked_id: int, outcome: str, reason: str, by: Person, now: datetime) -> None:
    """What the front door that was asked says: the same person (then they are linked), another, or cannot tell.

    Raises:
        Incomplete: no answer or no reason, or the link is not possible; says what to do.
        NotPossibleNow: somebody has answered already.
        Refused: the record asked about is not one this person may link.
    """
    asked = AskedElsewhere.objects.select_related("theirs", "description").get(pk=asked_id)
    contact = locked(asked.contact_id)
    their_contact = Contact.objects.get(pk=asked.theirs.contact_id)
    ground = permitted("link", their_contact, by, now)
    why_not = _why_not_answer(outcome, reason)
    if why_not:
        raise Incomplete(why_not)
    if AskedElsewhereAnswered.objects.filter(asked=asked).exists():
        raise NotPossibleNow("Somebody has already answered this.")
    AskedElsewhereAnswered.objects.create(
        asked=asked, contact=contact, outcome=outcome, reason=reason, by=by, at=now
    )
    try:
        _keep(asked, outcome, reason, by, ground, now)
    except LinkRefused as refused:
        raise Incomplete([Reason("reason", reason_told(refused, by=by, now=now))]) from refused
    touch(
        contact,
        "answer_elsewhere",
        by=by,
        ground=ground,
        now=now,
        detail={"outcome": outcome, "earlier": str(their_contact.pk)},
        evidence_changed=outcome == AskedElsewhereAnswered.Outcome.SAME,
    )


def _why_not_answer(outcome: str, reason: str) -> list[Reason]:
    reasons = []
    if outcome not in AskedElsewhereAnswered.Outcome.values:
        reasons.append(Reason("outcome", "Choose what you found when you spoke."))
    if not reason.strip():
        reasons.append(Reason("reason", "Write your reason, and whom you spoke to."))
    return reasons


def _keep(asked: AskedElsewhere, outcome: str, reason: str, by: Person, ground: str, now: datetime) -> None:
    if outcome == AskedElsewhereAnswered.Outcome.SAME:
        families.link_same(
            description=asked.description, earlier=asked.theirs, reason=reason, by=by, ground=ground, now=now
        )
    elif outcome == AskedElsewhereAnswered.Outcome.DIFFERENT:
        families.say_not_same(
            description=asked.description, earlier=asked.theirs, reason=reason, by=by, now=now
        )
