"""An agency takes its disagreement up: four steps with clocks, the child kept at the higher level, always an answer.

Rule C20, at every stage of the work. The steps are those of a disagreement at the front door.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.casework.actions.moves import Around, Taken, check_move, is_disagreed_with, locked, take
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    Case,
    Clock,
    Closure,
    Escalation,
    EscalationAnswer,
    MeetingDecision,
    Proposal,
    StageEnded,
    StageOpen,
)
from openmash.apps.casework.models.escalation import DECIDE_AGAIN, STANDS
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import SERIOUS_LAST, Stage
from openmash.apps.casework.standing import facts_of, stages_of
from openmash.apps.casework.table.escalation import STEPS, WHO_ANSWERS
from openmash.apps.concerns.rules import Reason
from openmash.apps.concerns.steps import STEP_NAMES, step_after
from openmash.apps.directory.models import Person


@acting
@transaction.atomic
def escalate(
    *,
    case_id: UUID,
    about_id: int | None = None,
    follows_id: int | None = None,
    reason: str,
    by: Person,
    now: datetime,
) -> Escalation:
    """Disagree with what was decided, or with what is not being done, and have it answered at the next step.

    `about_id`: the end of the stage that is disagreed with, which is put back meanwhile. `follows_id`: one's own
    disagreement that was answered and is taken further.

    Raises:
        Refused: this person had no part in the work.
        Incomplete: no reason, or no decision named where the work has ended.
        NotPossibleNow: the last step has been answered, or this waits for an answer already.
    """
    case = locked(case_id)
    before = _before(case, follows_id, by)
    about = before.about if before else _about(case, about_id)
    step = _step(before)
    if before is not None and about is None and stages_of(case) == {Stage.CLOSED}:
        # What was not being done is not done at all now: the end of the work is what is disagreed with.
        about = _last_end(case)
    held = _to_put_back(case, about)
    if stages_of(case) == {Stage.CLOSED} and held is None:
        raise Incomplete([Reason("about", "Choose the decision you disagree with: the work has ended.")])
    written = Written(reason=reason, goes_on=held or "")
    taken = check_move(case, "escalate", STEPS[step], written, by=by, now=now)
    if Escalation.objects.filter(case=case, by=by, about=about, answer__isnull=True).exists():
        raise NotPossibleNow("Your disagreement with this waits for its answer already.")
    detail = {"step": step, "about": about.pk if about else None, "held": held}
    begun = take(taken, Around(about=_key(by, about), detail=detail))
    put_back = next((each for each in begun if each.stage == held), None)
    if put_back is None and before is not None and _is_open(before.held):
        put_back = before.held  # still held from the step before
    return Escalation.objects.create(
        case=case, step=step, about=about, held=put_back, follows=before, reason=reason, by=by, at=now
    )


def _key(by: Person, about: StageEnded | None) -> str:
    """What its clock is for: one person has one disagreement open with one decision."""
    return f"escalation:{by.pk}:{about.pk if about else 0}"


def _before(case: Case, follows_id: int | None, by: Person) -> Escalation | None:
    if follows_id is None:
        return None
    before = Escalation.objects.select_related("about", "held").get(pk=follows_id, case=case, by=by)
    if not hasattr(before, "answer"):
        raise NotPossibleNow("There is no answer to disagree with yet.")
    if Escalation.objects.filter(follows=before).exists():
        raise NotPossibleNow("You have taken this further already.")
    return before


def _about(case: Case, about_id: int | None) -> StageEnded | None:
    return StageEnded.objects.select_related("opened").get(pk=about_id, case=case) if about_id else None


def _last_end(case: Case) -> StageEnded | None:
    """One of the ends by which the work was closed last."""
    closed = StageOpen.objects.filter(case=case, stage=Stage.CLOSED).order_by("-id").first()
    if closed is None:
        return None
    ends = StageEnded.objects.filter(case=case, verb=closed.verb, at=closed.at)
    return ends.select_related("opened").first()


def _step(before: Escalation | None) -> int:
    if before is None:
        return 1
    # Also where it was to be decided again: whoever was promised that and never got it goes one step higher.
    step = step_after(before.step)
    if step is None:
        raise NotPossibleNow(
            "The partnership has answered, which is the last step. If anything is new, tell the front door."
        )
    return step


def _to_put_back(case: Case, about: StageEnded | None) -> Stage | None:
    """The most serious stage that the decision ended, if it is not open again already."""
    if about is None:
        return None
    together = StageEnded.objects.filter(case=case, verb=about.verb, at=about.at).select_related("opened")
    ended = {Stage(each.opened.stage) for each in together} - {Stage.CLOSED, Stage.TRANSFER}
    held = max(ended, key=SERIOUS_LAST.index) if ended else None
    return held if held is not None and held not in stages_of(case) else None


def _is_open(stage: StageOpen | None) -> bool:
    return stage is not None and not StageEnded.objects.filter(opened=stage).exists()


@acting
@transaction.atomic
def answer_escalation(
    *,
    case_id: UUID,
    escalation_id: int,
    seen_version: int | None,
    outcome: str,
    reason: str,
    by: Person,
    now: datetime,
) -> EscalationAnswer:
    """Answer a disagreement: the decision stands, or is taken again. What was put back ends only if it stands.

    Raises:
        Refused: this step is not this person's to answer.
        NotPossibleNow: it is answered, or above the first step this person decided or answered it before.
        Incomplete: no reason.
    """
    case = locked(case_id, seen_version)
    escalation = Escalation.objects.select_related("about", "held", "by__agency").get(
        pk=escalation_id, case=case
    )
    if EscalationAnswer.objects.filter(escalation=escalation).exists():
        raise NotPossibleNow("This disagreement has been answered.")
    if outcome not in (STANDS, DECIDE_AGAIN):
        raise Incomplete([Reason("outcome", "Choose whether the decision stands or is taken again.")])
    _must_be_theirs(case, escalation, by, now)
    taken = check_move(case, "answer_escalation", outcome, Written(reason=reason), by=by, now=now)
    answer = EscalationAnswer.objects.create(
        case=case, escalation=escalation, outcome=outcome, reason=reason, by=by, at=now
    )
    around = Around(about=_key(escalation.by, escalation.about), detail={"step": escalation.step})
    if outcome == STANDS and not is_disagreed_with(case):
        taken, around = _let_go(taken, around)
    take(taken, around)
    return answer


def _must_be_theirs(case: Case, escalation: Escalation, by: Person, now: datetime) -> None:
    """Each step has its own people, and above the first nobody answers for what they decided or answered."""
    viewer = viewer_of(by, timezone.localtime(now).date())
    if not grounds_on_case(viewer, facts_of(case, now)) & WHO_ANSWERS[escalation.step]:
        raise Refused(
            f"This disagreement is with {STEP_NAMES[escalation.step]} now.",
            verb="answer_escalation",
            subject_kind="case",
            subject_id=case.pk,
        )
    if by.pk == escalation.by_id:
        raise NotPossibleNow("This is your own disagreement, so somebody else must answer it.")
    if escalation.step > 1 and by.pk in _had_a_say(escalation):
        raise NotPossibleNow(
            "You decided this or answered for it before. Above the first step somebody else must answer."
        )


def _had_a_say(escalation: Escalation) -> set[int]:
    """Who decided, agreed as the second person, or answered for it before."""
    about, people = escalation.about, set()
    if about is not None:
        same = {"case_id": about.case_id, "outcome": about.outcome, "at__lte": about.at}
        decided = MeetingDecision.objects.filter(**same).order_by("-id").first()
        proposed = Proposal.objects.filter(verb=about.verb, **same).order_by("-id").first()
        people = {about.by_id, *(each.by_id for each in (decided, proposed) if each is not None)}
    before = escalation.follows
    while before is not None:
        people.add(before.answer.by_id)
        before = before.follows
    return people


def _let_go(taken: Taken, around: Around) -> tuple[Taken, Around]:
    """No disagreement is left: the stages put back for them end, as they had before."""
    held = {
        each.held
        for each in Escalation.objects.filter(case=taken.case, held__isnull=False).select_related(
            "held", "answer"
        )
        if each.answer.outcome == STANDS
        and each.held
        and _is_open(each.held)
        and each.held.verb == "escalate"
        # Somebody else was told that the same is decided again: for them it stays open until it has been.
        and not EscalationAnswer.objects.filter(
            escalation__about=each.about_id, outcome=DECIDE_AGAIN, at__gte=each.held.at
        ).exists()
    }
    # What was put back began its clocks; those that nothing else stops, such as that of a conference, end with it.
    running = Clock.objects.filter(stage__in=held, about="", stopped_at__isnull=True)
    running.update(stopped_at=taken.now, stopped_by=taken.move.event)
    ends = frozenset(Stage(each.stage) for each in held)
    move = replace(taken.move, closes=ends)
    if ends and not stages_of(taken.case) - ends:
        # Nothing else was open: the work ends as it had, with the offer and the way back that were given then.
        closure = Closure.objects.filter(case=taken.case).order_by("-id").first()
        move = replace(move, opens=Stage.CLOSED)
        around = replace(around, closure=closure)
    return replace(taken, move=move), around
