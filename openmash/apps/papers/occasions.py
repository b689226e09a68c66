"""On what occasions a letter is written, and what the record says for each. Every value is from the record."""

from datetime import datetime

from openmash.apps.casework.actions.meetings import decision_standing
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import Case, Clock, Closure, Meeting, StageOpen
from openmash.apps.casework.practice import practice_of
from openmash.apps.casework.stages import CONFERENCE, MEANINGS, Stage
from openmash.apps.casework.standing import worker_of
from openmash.apps.casework.unborn import loss_of, name_of
from openmash.apps.directory.models import Person
from openmash.apps.papers.births_and_moves import births_and_moves
from openmash.apps.papers.contents import DECIDED, day, moment, somebody, views_at
from openmash.apps.papers.occasion import LABELS, Occasion, Values
from openmash.engines.letters import Block

CONFERENCES = ("initial_conference", "transfer_in_conference", "review_conference")


def occasions_of(case: Case) -> list[Occasion]:
    """Everything of which letters can be written now, latest of each kind.

    None of a pregnancy that has ended: somebody whom the parents know speaks with them.
    """
    if loss_of(case) is not None:
        return []
    found = [_assessment(case), *births_and_moves(case), *_meetings(case), _closure(case)]
    return [each for each in found if each is not None]


def about_everybody(case: Case, *, addressee: str, writer: Person, now: datetime) -> Values:
    """What any letter may say."""
    worker = worker_of(case)
    return {
        "child": name_of(case),
        "addressee": addressee,
        "writer": somebody(writer),
        "worker": somebody(worker) if worker else "",
        "worker_name": worker.name if worker else "",
        "worker_email": worker.email if worker else "",
        "area": case.locality.name,
        "today": day(now),
    }


def _assessment(case: Case) -> Occasion | None:
    stage = (
        StageOpen.objects.filter(case=case, stage=Stage.ASSESSMENT, ended__isnull=True)
        .select_related("practice")
        .order_by("-id")
        .first()
    )
    if stage is None:
        return None
    limit = Clock.objects.filter(stage=stage, definition="assessment_finished").first()
    named = practice_of(stage.practice).stage(stage.stage)
    values: Values = {
        "began_on": day(stage.at),
        "told": named.told,
        "limit": day(limit.due_at) if limit else "",
    }
    return Occasion("assessment_begins", f"stage:{stage.pk}", LABELS["assessment_begins"], values)


def _meetings(case: Case) -> list[Occasion]:
    """Conferences alone: the family is not at a strategy discussion, and hears of it when and as it is safe."""
    found = []
    meetings = Meeting.objects.filter(meetingabout__case=case, kind__in=CONFERENCES)
    for meeting in meetings.select_related("called_by__agency").order_by("planned_for"):
        label, key = f"{MEETINGS[meeting.kind].label}, {day(meeting.planned_for)}", f"meeting:{meeting.pk}"
        if not meeting.meetingheld_set.exists():
            said = f"{LABELS['conference_invitation']}: {label}"
            found.append(Occasion("conference_invitation", key, said, _invitation(case, meeting)))
        elif meeting.meetingended_set.exists():
            found.append(Occasion("outcome", key, f"{LABELS['outcome']}: {label}", _outcome(case, meeting)))
    return found


def _invitation(case: Case, meeting: Meeting) -> Values:
    stage = (
        StageOpen.objects.filter(case=case, ended__isnull=True, stage__in=CONFERENCE)
        .select_related("practice")
        .order_by("-id")
        .first()
    )
    return {
        "meeting": MEETINGS[meeting.kind].label,
        "when": moment(meeting.planned_for),
        "why": meeting.purpose,
        "told": practice_of(stage.practice).stage(stage.stage).told if stage else "",
        "invited": [
            somebody(each.person) for each in meeting.invitation_set.select_related("person__agency")
        ],
    }


def _outcome(case: Case, meeting: Meeting) -> Values:
    decision = decision_standing(meeting, case)
    held = meeting.meetingheld_set.first()
    if decision is None or held is None:
        return {}
    words = DECIDED.get(f"{MEETINGS[meeting.kind].decide}:{decision.outcome}", decision.outcome)
    goes_on = f": {MEANINGS[Stage(decision.goes_on)].label}" if decision.goes_on else ""
    said = {view.whose: view.text for view in views_at(meeting, case)}
    due = case.clocks.filter(
        stopped_at__isnull=True, started_at__gte=meeting.called_at, stage__stage=Stage.PROTECTION_PLAN
    )
    review = due.filter(definition__contains="review_conference").order_by("due_at").first()
    return {
        "meeting": MEETINGS[meeting.kind].label,
        "held_on": day(held.held_at),
        "decision": f"{words}{goes_on}",
        "reasons": decision.rationale,
        "category": decision.get_category_display() if decision.category else "",
        "actions": [f"{a.what}: {a.owner}, by {day(a.due_on)}" for a in meeting.actions.filter(case=case)],
        "child_said": said.get("child", ""),
        "parents_said": said.get("parents", ""),
        "review_by": day(review.due_at) if review else "",
    }


def _closure(case: Case) -> Occasion | None:
    closed = StageOpen.objects.filter(case=case, stage=Stage.CLOSED, ended__isnull=True).first()
    closure: Closure | None = closed.closure if closed else None
    if closure is None:
        return None
    values: Values = {
        "ended_on": day(closure.at),
        "why": closure.reason,
        "offer": closure.offer,
        "way_back": closure.way_back,
    }
    return Occasion("closure", f"closure:{closure.pk}", LABELS["closure"], values)


def as_json(blocks: tuple[Block, ...]) -> list[dict[str, object]]:
    """Blocks as they are kept."""
    return [{"text": block.text, "items": list(block.items)} for block in blocks]
