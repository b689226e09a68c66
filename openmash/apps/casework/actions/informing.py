"""Deciding on something new about a child. The decision that was taken before stays as it was (rule C18)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.bringing import about
from openmash.apps.casework.actions.moves import Around, Taken, check_move, locked, take
from openmash.apps.casework.actions.opening import join
from openmash.apps.casework.actions.proposing import EFFECTS, propose
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import InformationDecided, NewInformation, Proposal
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import PROTECTING
from openmash.apps.casework.standing import stages_of
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted

LOWER_THAN_PROTECTION = frozenset({"goes_on", "stays_closed", "assessment"})


@acting
@transaction.atomic
def decide_on_information(
    *,
    case_id: UUID,
    new_id: int,
    seen_version: int | None,
    outcome: str,
    written: Written,
    by: Person,
    now: datetime,
) -> InformationDecided | Proposal:
    """Decide what follows from something new. Changing nothing may take a second person: then it is proposed.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: as every move.
    """
    case = locked(case_id, seen_version)
    new = NewInformation.objects.select_related("contact").get(pk=new_id, case=case)
    taken = check_move(case, "decide_on_information", outcome, written, by=by, now=now)
    if InformationDecided.objects.filter(new=new).exists():
        raise NotPossibleNow("This has been decided on already.")
    because = why_two(new, outcome, stages_of(case))
    if because:
        return propose(taken, because, information=new)
    return _decided(taken, new)


@acting
def why_two(new: NewInformation, outcome: str, stages: frozenset[str]) -> list[str]:
    """Why changing nothing takes a second person: the threshold puts what was told at protection, and none runs."""
    rank = highest_rank(new)
    policy = adopted(new.contact.policy_id).policy
    guarded = policy.level(policy.second_person_from).rank
    if outcome not in LOWER_THAN_PROTECTION or rank < guarded or stages & PROTECTING:
        return []
    level = next(each for each in policy.levels if each.rank == rank)
    return [
        f"The published threshold says level {level.code} ({level.name}) of what was told, and no enquiry, "
        "conference or protection plan is open (rules C18 and C19)."
    ]


@acting
def highest_rank(new: NewInformation) -> int:
    """The highest level the threshold ever found for the contact on which it was told."""
    return max(new.contact.findings.values_list("level_rank", flat=True), default=0)


def _decided(taken: Taken, new: NewInformation) -> InformationDecided:
    case = taken.case
    decided = InformationDecided.objects.create(
        case=case,
        new=new,
        outcome=taken.move.outcome,
        reason=taken.written.reason,
        by=taken.by,
        at=taken.now,
    )
    join(case, new.contact, new.contact.decision, taken.by, taken.now)
    detail = {"new": new.pk, "contact": str(new.contact_id)}
    moments = {"received": new.received_at}
    take(taken, Around(moments=moments, about=about(new), detail=detail))
    return decided


def _agreed(taken: Taken, proposal: Proposal) -> None:
    if proposal.information is None:
        raise NotPossibleNow("It is not known what this was decided on.")
    _decided(taken, proposal.information)


EFFECTS["decide_on_information"] = _agreed
