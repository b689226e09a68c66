"""Asking the published threshold at a later gate: what is answered and what it says are kept, whole."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, check_move, locked, take
from openmash.apps.casework.asking import STAGE_OF, AtGate, at_gate, case_told, contacts_of
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Case, ThresholdAsked
from openmash.apps.casework.rules import Written
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.engines.thresholds import as_record, case_as_record, evaluate

ANSWERS = ("yes", "no", "not_known")


@acting
@transaction.atomic
def ask_threshold(
    *, case_id: UUID, gate: str, facts: Mapping[str, str], by: Person, now: datetime
) -> ThresholdAsked:
    """Answer what a gate asks, and keep what the published threshold says of it all.

    Raises:
        NotPossibleNow: this gate is not decided at the stages that are open, or the policy has no such gate.
        Incomplete: an answer that is none.
    """
    case = locked(case_id)
    taken = check_move(case, "ask_threshold", "", Written(), by=by, now=now)
    standing = at_gate(case, gate, now) if gate in STAGE_OF and STAGE_OF[gate] in stages_of(case) else None
    if standing is None:
        raise NotPossibleNow("The published threshold has no question for this stage of the work.")
    known = {fact.id for fact in standing.facts}
    given = {fact: answer for fact, answer in facts.items() if fact in known and answer}
    wrong = [
        Reason(f"fact_{fact}", "Choose yes, no or not known.") for fact in given if given[fact] not in ANSWERS
    ]
    if wrong:
        raise Incomplete(wrong)
    kept = _kept(case, standing, {**standing.answers, **given}, by, now)
    take(taken, Around(detail={"asked": kept.pk, "gate": gate, "level": kept.level}))
    return kept


@acting
def keep_what_it_says(case: Case, standing: AtGate, by: Person, now: datetime) -> ThresholdAsked:
    """Keep what the threshold says at the moment of a decision. The caller writes the event."""
    return _kept(case, standing, dict(standing.answers), by, now)


def _kept(case: Case, standing: AtGate, answers: dict[str, str], by: Person, now: datetime) -> ThresholdAsked:
    policy = standing.policy.policy
    told = case_told(case, contacts_of(case), policy, answers, now)
    finding = evaluate(policy, told, standing.gate.id)
    return ThresholdAsked.objects.create(
        case=case,
        gate=standing.gate.id,
        policy_id=standing.policy.pk,
        facts=answers,
        level=finding.level.code,
        level_rank=finding.level.rank,
        guarded_from=standing.guarded_from,
        told=case_as_record(told),
        finding=as_record(finding),
        by=by,
        at=now,
    )
