"""What a sample shows once its outcome is open: how far auditors agree, with one another and with what was decided.

About the sample and the threshold. Who decided is nowhere in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openmash.apps.access.grounds import ALLOWED, grounds_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.case_audit.errors import NotNow
from openmash.apps.case_audit.models import Opened, Sample, Sampled, Verdict
from openmash.apps.case_audit.permission import note_down, viewer_at
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.concerns.queries.history import DecidedCase
from openmash.apps.directory.models import Person
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.apps.review.aftermath import aftermath
from openmash.engines.review.what_if import NONE_KNOWN, Found
from openmash.engines.statistics import Alpha, NotEnough, Share, alpha, clustered_share
from openmash.engines.thresholds import case_from_record

AFTER = {
    Found.NOT_KNOWN: "Nothing more is known",
    Found.NOTHING_MORE: "An assessment found nothing more to do",
    Found.HELP: "A plan of help followed",
    Found.PROTECTION: "A section 47 enquiry or a protection plan followed",
}


@dataclass(frozen=True)
class Judged:
    """What one auditor said, by the kind of agency they work for."""

    agency_kind: str
    level: str
    reasons: str


@dataclass(frozen=True)
class Outcome:
    """One concern with what had been hidden. `contact` is there only for whoever may open the record.

    To somebody kept out of it, it `is_closed`: no words about it, neither then nor since, are there.
    """

    number: int
    decided: str
    threshold: str
    first_answer: str
    rationale: str
    after: str
    verdicts: tuple[Judged, ...]
    discussed: tuple[str, ...]
    contact: str
    is_closed: bool

    @property
    def differs(self) -> bool:
        return any(each.level != self.decided for each in self.verdicts)


@dataclass(frozen=True)
class SampleOpened:
    """Alpha is ordinal, over concerns judged by two or more; shares are clustered by concern."""

    sample: Sample
    why_early: str
    outcomes: tuple[Outcome, ...]
    judgements: int
    among: Alpha | NotEnough
    with_decision: Share | NotEnough
    with_threshold: Share | NotEnough
    lower: int
    """Judgements of a lower level than was decided; `higher` of a higher one."""
    higher: int


@seeing_everything("a sampled concern opens by its own gate")
@transaction.atomic
def sample_opened(sample_id: int, *, by: Person, now: datetime) -> SampleOpened:
    """Everything of an opened sample. The look is recorded.

    Raises:
        Refused: this person does not lead on the threshold.
        Sample.DoesNotExist: there is none.
        NotNow: the outcome is not open yet.
    """
    ground = permitted("see_sample_opened", "case_audit", sample_id, by=by, now=now)
    sample = Sample.objects.get(pk=sample_id)
    opened = Opened.objects.filter(sample=sample).first()
    if opened is None:
        raise NotNow("The outcome is not open yet.")
    concerns = list(
        Sampled.objects.filter(sample=sample)
        .select_related("contact", "decision__finding")
        .prefetch_related("verdicts__auditor", "discussed")
    )
    verdicts = [each for concern in concerns for each in concern.verdicts.all()]
    note_down(
        sample_id, "see_sample_opened", by=by, ground=ground, now=now, detail={"concerns": len(concerns)}
    )
    return SampleOpened(
        sample=sample,
        why_early=opened.why_early,
        outcomes=tuple(_outcomes(concerns, by, now)),
        judgements=len(verdicts),
        among=alpha(
            {each.pk: {one.auditor_id: one.level_rank for one in each.verdicts.all()} for each in concerns},
            "ordinal",
        ),
        with_decision=_agreeing(concerns, lambda concern: concern.decision.level_rank),
        with_threshold=_agreeing(concerns, lambda concern: concern.decision.finding.level_rank),
        lower=sum(each.level_rank < each.concern.decision.level_rank for each in verdicts),
        higher=sum(each.level_rank > each.concern.decision.level_rank for each in verdicts),
    )


def _agreeing(concerns: Sequence[Sampled], rank_of: Callable[[Sampled], int]) -> Share | NotEnough:
    return clustered_share(
        (sum(one.level_rank == rank_of(each) for one in each.verdicts.all()), len(each.verdicts.all()))
        for each in concerns
    )


def _outcomes(concerns: Sequence[Sampled], by: Person, now: datetime) -> list[Outcome]:
    came = aftermath([_as_decided(each) for each in concerns], by=by, now=now)
    viewer = viewer_at(by, now)
    found = []
    for place, each in enumerate(concerns):
        decision = each.decision
        reads = bool(grounds_of(viewer, facts_for_access(each.contact)) & ALLOWED["see_as_hub"])
        is_closed = str(each.contact_id) in viewer.kept_out
        days = int(came.serious_after[place])
        after = AFTER[Found(int(came.found[place]))]
        if days != NONE_KNOWN:
            after = f"{after}, {days} days after"
        found.append(
            Outcome(
                number=each.number,
                decided=decision.level,
                threshold=decision.finding.level,
                first_answer=adopted(decision.finding.policy_id).policy.pathway(decision.pathway).label,
                rationale=decision.rationale if reads else "",
                after="" if is_closed else after,
                verdicts=tuple(_judged(one, is_closed=is_closed) for one in each.verdicts.all()),
                discussed=() if is_closed else tuple(one.text for one in each.discussed.all()),
                contact=str(each.contact_id) if reads else "",
                is_closed=is_closed,
            )
        )
    return found


def _judged(one: Verdict, *, is_closed: bool) -> Judged:
    return Judged(str(one.auditor.get_agency_kind_display()), one.level, "" if is_closed else one.reasons)


def _as_decided(each: Sampled) -> DecidedCase:
    decision = each.decision
    return DecidedCase(
        case=case_from_record(decision.finding.case),
        decided_on=day_of(decision.at),
        level=decision.level,
        agency="",
        locality="",
        age="",
        sex="",
        contact=each.contact_id,
    )
