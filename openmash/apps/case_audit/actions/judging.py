"""Judging a concern blind; opening the outcome; keeping what was said of the differences."""

from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.case_audit.errors import NotNow, SampleIncomplete
from openmash.apps.case_audit.models import Auditor, Discussed, Opened, Sample, Sampled, Verdict
from openmash.apps.case_audit.permission import note_down, permitted_on
from openmash.apps.case_audit.queries.standing import at_position, progress
from openmash.apps.directory.models import Person
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.rules import Reason


@acting
@transaction.atomic
def judge(*, sample_id: int, position: int, level: str, reasons: str, by: Person, now: datetime) -> Verdict:
    """Say which level the threshold of the day asked for, on what was known then. It is never changed.

    Raises:
        Sampled.DoesNotExist: there is no such place in this person's order.
        Refused: this concern is not open to this person for audit.
        SampleIncomplete: no level of that threshold, or no reasons.
        NotNow: it was judged before.
    """
    Sample.objects.select_for_update(no_key=True).get(pk=sample_id)  # nobody judges while another opens
    concern = at_position(sample_id, position, by)
    ground = permitted_on("judge_sampled", concern, by, now)
    levels = {each.code: each for each in adopted(concern.decision.finding.policy_id).policy.levels}
    lacking = []
    if level not in levels:
        lacking.append(Reason("level", "Choose the level that the threshold asked for."))
    if not reasons.strip():
        lacking.append(Reason("reasons", "Say what decided it for you."))
    if lacking:
        raise SampleIncomplete(lacking)
    auditor = Auditor.objects.get(sample_id=sample_id, person=by)
    if Verdict.objects.filter(concern=concern, auditor=auditor).exists():
        raise NotNow("You have judged that one already, and it is not changed afterwards.")
    made = Verdict.objects.create(
        sample_id=sample_id,
        concern=concern,
        contact_id=concern.contact_id,
        auditor=auditor,
        level=level,
        level_rank=levels[level].rank,
        reasons=reasons.strip(),
        at=now,
    )
    # What was chosen is not written to the log: it is read by people who must not see it yet.
    note_down(sample_id, "judge_sampled", by=by, ground=ground, now=now, detail={"position": position})
    return made


@acting
@transaction.atomic
def open_outcome(*, sample_id: int, why_early: str = "", by: Person, now: datetime) -> Opened:
    """Open the outcome. Nobody judges afterwards.

    Raises:
        Refused: this person does not lead on the threshold.
        NotNow: it is open already.
        SampleIncomplete: not everybody has judged everything, and no reason is given for not waiting.
    """
    ground = permitted("open_sample", "case_audit", sample_id, by=by, now=now)
    Sample.objects.select_for_update(no_key=True).get(pk=sample_id)
    if Opened.objects.filter(sample_id=sample_id).exists():
        raise NotNow("The outcome is open already.")
    if not progress(sample_id, now).is_complete and not why_early.strip():
        raise SampleIncomplete(
            [Reason("why_early", "Not everybody has judged everything. Say why you do not wait.")]
        )
    made = Opened.objects.create(sample_id=sample_id, why_early=why_early.strip(), by=by, at=now)
    note_down(sample_id, "open_sample", by=by, ground=ground, now=now)
    return made


@acting
@transaction.atomic
def discuss(*, sample_id: int, number: int, text: str, by: Person, now: datetime) -> Discussed:
    """Keep what was said of one concern once its outcome was open.

    Raises:
        Refused: this person does not lead on the threshold.
        NotNow: the outcome is not open.
        SampleIncomplete: nothing was said, or there is no such concern.
    """
    ground = permitted("discuss_sample", "case_audit", sample_id, by=by, now=now)
    if not Opened.objects.filter(sample_id=sample_id).exists():
        raise NotNow("The outcome is not open yet.")
    concern = Sampled.objects.filter(sample_id=sample_id, number=number).first()
    if concern is None:
        raise SampleIncomplete([Reason("number", "Write the number of a concern on this page.")])
    if not text.strip():
        raise SampleIncomplete([Reason("text", "Write what was said.")])
    made = Discussed.objects.create(
        sample_id=sample_id, concern=concern, contact_id=concern.contact_id, text=text.strip(), by=by, at=now
    )
    note_down(sample_id, "discuss_sample", by=by, ground=ground, now=now, detail={"number": number})
    return made
