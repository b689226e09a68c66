"""Rounds of calibration: beginning one, judging a vignette, closing it early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.policy.errors import RoundIncomplete, RoundNotOpen
from openmash.apps.policy.models import Judgement, Round, RoundClosed, Vignette
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries.calibration import finding_of, round_seen, to_judge
from openmash.apps.policy.queries.versions import in_force
from openmash.apps.policy.rules import Reason, why_not_begin
from openmash.engines.thresholds import Example, Policy

NO_STORY, NO_GATE, NO_SOURCE = (
    "Write the story.",
    "Choose the decision it is about.",
    "Choose who raised it.",
)


@dataclass(frozen=True)
class VignetteTold:
    """A vignette to be put to people: its story, and its case in the notation of examples.csv.

    `example` is the id of the agreed example it is, empty for one typed for this round.
    """

    story: str
    gate: str
    age: str
    signs: str = ""
    facts: str = ""
    past: str = ""
    raised_by: str = "public"
    example: str = ""

    @classmethod
    def of_example(cls, example: Example) -> "VignetteTold":
        """An example that was agreed with the policy."""
        return cls(
            story=example.story,
            gate=example.gate,
            age=example.age,
            signs=example.signs,
            facts=example.facts,
            past=example.past,
            raised_by=example.raised_by,
            example=example.id,
        )


@acting
def why_not_vignettes(vignettes: Sequence[VignetteTold], policy: Policy) -> list[Reason]:
    """What is wrong with each vignette, in the field `vignette_0`, `vignette_1` and so on."""
    reasons = []
    for place, told in enumerate(vignettes):
        if not told.story.strip():
            reasons.append(Reason(f"vignette_{place}", NO_STORY))
        if told.gate not in policy.gates_by_id:
            reasons.append(Reason(f"vignette_{place}", NO_GATE))
            continue
        if told.raised_by and told.raised_by not in policy.agency_kinds:
            reasons.append(Reason(f"vignette_{place}", NO_SOURCE))
        try:
            finding_of(told, policy)
        except (ValueError, KeyError) as wrong:
            reasons.append(Reason(f"vignette_{place}", str(wrong.args[0])))
    return reasons


@acting
@transaction.atomic
def begin_round(
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    vignettes: Sequence[VignetteTold],
    by: Person,
    now: datetime,
) -> Round:
    """Put vignettes to practitioners under the version in force.

    Raises:
        Refused: `by` does not lead on the threshold.
        RoundIncomplete: what is lacking, by field.
        NoPolicyInForce: there is nothing to judge by.
    """
    ground = permitted("begin_round", "calibration_round", "", by=by, now=now)
    under = in_force(now)
    reasons = why_not_begin(title, opens_at, closes_at, len(vignettes))
    reasons += why_not_vignettes(vignettes, under.policy)
    if reasons:
        raise RoundIncomplete(reasons)
    made = Round.objects.create(
        title=title.strip(),
        policy_id=under.pk,
        opens_at=opens_at,
        closes_at=closes_at,
        made_by=by,
        made_at=now,
    )
    Vignette.objects.bulk_create(
        Vignette(
            round=made,
            number=number,
            example=told.example,
            gate=told.gate,
            story=told.story,
            age=told.age,
            signs=told.signs,
            facts=told.facts,
            past=told.past,
            raised_by=told.raised_by,
        )
        for number, told in enumerate(vignettes, 1)
    )
    _record(made.pk, "begin_round", by, ground, now, {"vignettes": len(vignettes)})
    return made


@acting
@transaction.atomic
def judge(
    *,
    round_id: int,
    position: int,
    level: str,
    by: Person,
    now: datetime,
    sureness: str = "",
    reason: str = "",
) -> Judgement:
    """Answer the vignette that stands at `position` of this person's own order.

    Raises:
        RoundNotOpen: it has not opened, has closed, or is not for this person; or another comes first.
        AlreadyJudged: it was answered before, and an answer is never changed.
        RoundIncomplete: no level of its gate was chosen.
    """
    ground = permitted("judge", "calibration_round", round_id, by=by, now=now)
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at once: the second waits
    shown = to_judge(round_id, position, by=by, now=now)
    if shown is None or shown.place.position != position:
        raise RoundNotOpen("Answer the vignettes in the order in which they are shown.")
    if level not in {each.code for each in shown.gate.levels}:
        raise RoundIncomplete([Reason("level", "Choose the level that fits best.")])
    if sureness and sureness not in Judgement.Sureness.values:
        raise RoundIncomplete([Reason("sureness", "Choose one of the answers, or none.")])
    made = Judgement.objects.create(
        round_id=round_id,
        vignette_id=shown.vignette_id,
        person=by,
        position=position,
        showing=shown.place.showing,
        level=level,
        sureness=sureness,
        reason=reason,
        agency_kind=by.agency.kind,
        job_title=by.job_title,
        at=now,
    )
    # What was chosen is not written to the log: the log is read by people who must not see it.
    _record(round_id, "judge", by, ground, now, {"position": position})
    return made


@acting
@transaction.atomic
def close_round(*, round_id: int, by: Person, now: datetime) -> RoundClosed:
    """End a round before its time. Nobody can answer any more, and its results can be seen.

    Raises:
        Refused: `by` does not lead on the threshold.
        RoundNotOpen: it is over already.
    """
    ground = permitted("close_round", "calibration_round", round_id, by=by, now=now)
    Round.objects.select_for_update(no_key=True).get(pk=round_id)
    if round_seen(round_id, by=by, now=now).is_over:
        raise RoundNotOpen("This round has closed already.")
    made = RoundClosed.objects.create(round_id=round_id, by=by, at=now)
    _record(round_id, "close_round", by, ground, now, {})
    return made


def _record(
    round_id: int, verb: str, by: Person, ground: str, now: datetime, detail: dict[str, object]
) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="calibration_round",
        subject_id=round_id,
        ground=ground,
        now=now,
        detail=detail,
    )
