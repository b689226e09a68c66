"""Moves that need no more than what is written: up, down, the end of an assessment or enquiry, the end."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.asking import keep_what_it_says
from openmash.apps.casework.actions.moves import Around, Taken, check_move, locked, take
from openmash.apps.casework.actions.proposing import EFFECTS, STEP_UP_REFUSED, propose
from openmash.apps.casework.asking import GATE_OF, LOWER_AT, at_gate
from openmash.apps.casework.errors import Incomplete
from openmash.apps.casework.models import Case, Closure, OfferRefused, Plan, Proposal, Review, Told
from openmash.apps.casework.rules import Written, day_needed
from openmash.apps.casework.standing import told_as
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person

PLAIN = ("step_up", "step_down", "finish_assessment", "finish_enquiry", "offer_refused", "reopen")
"""Verbs for which `move_case` does all there is to do."""


@acting
@transaction.atomic
def move_case(
    *,
    case_id: UUID,
    seen_version: int | None,
    verb: str,
    outcome: str,
    written: Written,
    by: Person,
    now: datetime,
) -> Case:
    """Make one of the moves in `PLAIN`; one that takes two people is proposed, and waits for the second.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: as every move.
    """
    if verb not in PLAIN:
        raise ValueError(f"{verb} has an action of its own")
    case = locked(case_id, seen_version)
    taken = check_move(case, verb, outcome, written, by=by, now=now)
    if taken.move.two:
        propose(taken, [STEP_UP_REFUSED])
    elif verb in GATE_OF:
        _at_a_gate(taken)
    elif verb == "offer_refused":
        _offer_refused(taken)
    else:
        take(taken)
    return case


def _at_a_gate(taken: Taken) -> None:
    """What the published threshold says is kept with the decision; lower than it is for two people (rule C19)."""
    case, move = taken.case, taken.move
    standing = at_gate(case, GATE_OF[move.verb], taken.now)
    if standing is None:
        take(taken)
        return
    asked = keep_what_it_says(case, standing, taken.by, taken.now)
    if (move.verb, move.outcome) not in LOWER_AT or not standing.guards_lower:
        take(taken, Around(detail={"asked": asked.pk}))
        return
    if not taken.written.lower_because.strip():
        raise Incomplete([Reason("lower_because", LOWER)])
    propose(taken, ["It is lower than the published threshold says (rule C19)."], asked=asked)


LOWER = "The published threshold says more than you decide. Write what makes you decide lower."


def _agreed(taken: Taken, proposal: Proposal) -> None:
    take(taken, Around(detail={"proposal": proposal.pk}))


def _offer_refused(taken: Taken, proposal: Proposal | None = None) -> None:
    written = taken.written
    refused = OfferRefused.objects.create(
        case=taken.case,
        outcome=taken.move.outcome,
        reason=written.reason,
        way_back=written.way_back,
        by=taken.by,
        at=taken.now,
    )
    detail = {"refused": refused.pk, "proposal": proposal.pk if proposal else None}
    take(taken, Around(detail=detail))


EFFECTS |= {"finish_enquiry": _agreed, "offer_refused": _offer_refused}


@acting
@transaction.atomic
def review_plan(
    *, case_id: UUID, seen_version: int | None, outcome: str, written: Written, by: Person, now: datetime
) -> Review | Proposal:
    """Look at a plan again. One that is not working steps up by rule, or a manager says why not (rule C5)."""
    case = locked(case_id, seen_version)
    taken = check_move(case, "review_plan", outcome, written, by=by, now=now)
    if taken.move.two:
        return propose(taken, [STEP_UP_REFUSED])
    return _reviewed(taken)


def _reviewed(taken: Taken) -> Review:
    case, written = taken.case, taken.written
    review = Review.objects.create(
        case=case,
        plan=Plan.objects.filter(case=case).order_by("-id").first(),
        outcome=taken.move.outcome,
        reason=written.reason,
        review_on=day_needed(written),
        by=taken.by,
        at=taken.now,
    )
    take(taken, Around(detail={"review": review.pk}))
    return review


def _review_agreed(taken: Taken, proposal: Proposal) -> None:
    _reviewed(taken)


EFFECTS["review_plan"] = _review_agreed


@acting
@transaction.atomic
def close(
    *,
    case_id: UUID,
    seen_version: int | None,
    written: Written,
    tell: Sequence[Person],
    by: Person,
    now: datetime,
) -> Closure:
    """End the work: why, what is offered instead, how to come back, and who is told.

    `written.told` names them in words; `tell` are people of agencies who find it among what they were told, each of
    them named as `told_as` says.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "close", "", written, by=by, now=now)
    closure = keep_closure(taken, tell)
    take(taken, Around(closure=closure, detail={"closure": closure.pk}))
    return closure


@acting
def keep_closure(taken: Taken, tell: Sequence[Person]) -> Closure:
    """Keep why the work ends, what is offered, the way back and who is told."""
    case, written, by, now = taken.case, taken.written, taken.by, taken.now
    closure = Closure.objects.create(
        case=case, reason=written.reason, offer=written.offer, way_back=written.way_back, by=by, at=now
    )
    people = {told_as(person): person for person in tell}
    for who in written.told:
        Told.objects.create(case=case, closure=closure, who=who, person=people.get(who), by=by, at=now)
    return closure
