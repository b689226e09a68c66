"""A pregnancy that ended without a birth: all that was asked for this child ends at once, and nothing else does.

Brothers and sisters keep their own work, clocks and meetings. Nothing is sent to anybody: who speaks with the parents,
and how, is written down by a person. If it was wrong, it is put back with the clocks as they ran.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.meetings.noting import cases_of, locked_meeting, note_meeting
from openmash.apps.casework.actions.moves import Around, Taken, check_move, locked, take
from openmash.apps.casework.actions.timing import run_on, stop_every_clock, today
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Case, Clock, Meeting, MeetingEnded, PregnancyEnded, ToldOfLoss
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import Stage
from openmash.apps.casework.standing import worker_of
from openmash.apps.casework.unborn import loss_of
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person

ENDED = "record_pregnancy_ended"
NOT_HELD = "The pregnancy has ended. This meeting is not held."


@dataclass(frozen=True)
class Loss:
    """What is written, and no more than is needed. An empty day is "not known"; an empty name is none, or not asked.

    `known`: what, and from whom. `care`: who is with the family. `contact`: by whom and how the parents want to be
    spoken to from now on.
    """

    known: str
    care: str
    contact: str
    ended_on: date | None = None
    name: str = ""


@acting
@transaction.atomic
def record_pregnancy_ended(
    *,
    case_id: UUID,
    seen_version: int | None,
    loss: Loss,
    tell: Sequence[Person],
    by: Person,
    now: datetime,
) -> PregnancyEnded:
    """Write down that the pregnancy has ended, or that there was none.

    `tell`: people of agencies who read it. Whoever led the work is told in any case, unless they wrote it: they would
    find the work gone, and might ring the parents to ask.

    Raises:
        Refused: this person does not manage the team.
        Incomplete: what is lacking, by field.
        NotPossibleNow: the child has been born, or it is on record already.
    """
    # Meetings first, each in the same order: whoever decides at one locks it before the child.
    open_now = Meeting.objects.filter(meetingabout__case=case_id, meetingended__isnull=True)
    for each in open_now.order_by("pk").values_list("pk", flat=True):
        locked_meeting(each)
    case = locked(case_id, seen_version)
    taken = check_move(case, ENDED, "", Written(reason=loss.known), by=by, now=now)
    lacking = list(_lacking(loss, today(now)))
    if lacking:
        raise Incomplete(lacking)
    worker = worker_of(case)
    stop_every_clock(case, ENDED, now)
    (opened,) = take(taken, moving_to=None)
    kept = PregnancyEnded.objects.create(
        case=case,
        opened=opened,
        ended_on=loss.ended_on,
        name=loss.name.strip(),
        known=loss.known,
        care=loss.care,
        contact=loss.contact,
        by=by,
        at=now,
    )
    for person in {*tell, *([worker] if worker is not None else [])} - {by}:
        ToldOfLoss.objects.create(case=case, loss=kept, person=person, by=by, at=now)
    _end_meetings_about_nobody_else(case, taken)
    return kept


def _lacking(loss: Loss, day: date) -> list[Reason]:
    lacking = []
    if loss.ended_on is not None and loss.ended_on > day:
        lacking.append(Reason("ended_on", "This day is still to come. Leave it empty if you do not know it."))
    if not loss.care.strip():
        lacking.append(Reason("care", "Write who is with the family, or who finds out."))
    if not loss.contact.strip():
        said = "Write how the parents want to be spoken to. If nobody has asked them, write who will."
        lacking.append(Reason("contact", said))
    return lacking


def _end_meetings_about_nobody_else(case: Case, taken: Taken) -> None:
    """A meeting that was for this child alone is off; one about brothers and sisters too goes on for them."""
    about = Meeting.objects.filter(meetingabout__case=case, meetingended__isnull=True)
    for found in about.distinct():
        meeting = locked_meeting(found.pk)
        if all(loss_of(each) is not None for each in cases_of(meeting)):
            MeetingEnded.objects.create(meeting=meeting, summary=NOT_HELD, by=taken.by, at=taken.now)
            note_meeting(meeting, ENDED, by=taken.by, ground=taken.ground, now=taken.now)


@acting
@transaction.atomic
def record_pregnancy_goes_on(
    *, case_id: UUID, seen_version: int | None, written: Written, by: Person, now: datetime
) -> Case:
    """It was written down by mistake: what was open is put back, and its clocks run as they ran before.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: as every move.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "record_pregnancy_goes_on", "", written, by=by, now=now)
    lost = loss_of(case)
    if lost is None:
        raise NotPossibleNow("It is not on record that this pregnancy has ended.")
    stopped = Clock.objects.filter(case=case, stopped_by=ENDED, stopped_at=lost.at).select_related("stage")
    was_open = case.stageended_set.filter(verb=ENDED, at=lost.at, opened__stage=written.goes_on).exists()
    (stage,) = take(taken, Around(clocks_run_on=was_open, detail={"loss": lost.pk}))
    # What is for one thing alone, such as an answer that an agency waits for, runs on whichever stage goes on.
    # So does that of the conference: it began with the enquiry that led to it.
    on = {written.goes_on} if was_open else set()
    mine = [
        each
        for each in stopped
        if each.about
        or each.stage.stage in on
        or (each.definition == "conference_held" and Stage.INITIAL_CONFERENCE in on)
    ]
    run_on(mine, stage, taken.move.verb)
    return case


@acting
def open_before(case: Case) -> list[str]:
    """The stages that ended when it was written down, for whoever takes it back; in the order in which they began."""
    lost = loss_of(case)
    if lost is None:
        return []
    ended = case.stageended_set.filter(verb=ENDED, at=lost.at).order_by("opened_id")
    return list(ended.values_list("opened__stage", flat=True))
