"""Rounds of calibration: what there is, what to judge next, one's own answers, and what a round shows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from openmash.apps.directory.models import AgencyKind, Person
from openmash.apps.policy.agreement import Results, Told, results_of
from openmash.apps.policy.blind import Place, how_many_repeated, places
from openmash.apps.policy.errors import AlreadyJudged, RoundNotOpen
from openmash.apps.policy.models import Judgement, Round, RoundClosed, Vignette
from openmash.apps.policy.permission import may, permitted
from openmash.apps.policy.queries.versions import adopted
from openmash.apps.policy.rules import others_to_show, why_not_judge
from openmash.engines.thresholds import Example, Finding, Gate, Policy, evaluate
from openmash.engines.thresholds.meaning.examples import case_of

SURENESS = tuple((str(value), str(label)) for value, label in Judgement.Sureness.choices)


@dataclass(frozen=True)
class RoundSeen:
    """A round, for one person: how far they are, and why they may not judge in it (empty: they may).

    `ended_at` is when it was closed, or will be. `may_lead` is whether they may close it and see its results.
    """

    pk: int
    title: str
    version: str
    opens_at: datetime
    ended_at: datetime
    is_to_come: bool
    is_over: bool
    vignettes: int
    answered: int
    to_answer: int
    why_not: str
    may_lead: bool

    @property
    def is_finished(self) -> bool:
        """This person has answered everything."""
        return 0 < self.to_answer == self.answered


@dataclass(frozen=True)
class ToJudge:
    """One vignette as it is judged: nothing here says what the policy, or anybody else, makes of it."""

    place: Place
    of: int
    vignette_id: int
    story: str
    gate: Gate
    policy: Policy


@dataclass(frozen=True)
class OwnAnswer:
    """One's own answer beside the policy's, and how many others chose each level (None: too few answered).

    `again` is the level chosen when it came back, empty if it did not. `others` counts level codes over
    `of_others` people.
    """

    vignette: int
    story: str
    gate: Gate
    level: str
    reason: str
    again: str
    finding: Finding
    others: Mapping[str, int] | None
    of_others: int


@dataclass(frozen=True)
class VignetteRead:
    """A vignette with what the policy says of it."""

    number: int
    story: str
    example: str
    finding: Finding


@dataclass(frozen=True)
class RoundResults:
    """What a closed round shows."""

    round: RoundSeen
    policy: Policy
    results: Results
    vignettes: Mapping[int, VignetteRead]
    reasons: Mapping[int, tuple[str, ...]]
    """What people wrote who chose another level than the policy, by vignette, where enough answered it."""


def _rows(by: Person) -> QuerySet[Round]:
    """Rounds with their size, and how many vignettes this person has answered."""
    size = Vignette.objects.filter(round=OuterRef("pk")).values("round").annotate(n=Count("pk")).values("n")
    own = Judgement.objects.filter(round=OuterRef("pk"), person=by)
    answered = own.order_by().values("round").annotate(n=Count("pk")).values("n")
    return (
        Round.objects.select_related("policy", "closed")
        .defer("policy__texts")
        .annotate(size=Coalesce(Subquery(size.order_by()), 0), answered=Coalesce(Subquery(answered), 0))
    )


def rounds(*, by: Person, now: datetime) -> list[RoundSeen]:
    """Every round, the latest first."""
    leads = may("see_round_results", by, now)
    return [_seen(row, leads, by, now) for row in _rows(by)]


def round_seen(pk: int, *, by: Person, now: datetime) -> RoundSeen:
    """One round.

    Raises:
        Round.DoesNotExist: there is none.
    """
    return _seen(_rows(by).get(pk=pk), may("see_round_results", by, now), by, now)


def _seen(row: Any, leads: bool, by: Person, now: datetime) -> RoundSeen:
    ended_at = _ended_at(row)
    is_to_come, is_over = now < row.opens_at, ended_at <= now
    return RoundSeen(
        pk=row.pk,
        title=row.title,
        version=row.policy.version,
        opens_at=row.opens_at,
        ended_at=ended_at,
        is_to_come=is_to_come,
        is_over=is_over,
        vignettes=row.size,
        answered=row.answered,
        to_answer=row.size + how_many_repeated(row.size),
        why_not=why_not_judge(is_to_come=is_to_come, is_over=is_over, made_it=row.made_by_id == by.pk),
        may_lead=leads,
    )


def _ended_at(row: Round) -> datetime:
    try:
        return min(row.closes_at, row.closed.at)
    except RoundClosed.DoesNotExist:
        return row.closes_at


def policy_of(pk: int) -> Policy:
    """The version that a round is about.

    Raises:
        Round.DoesNotExist: there is no such round.
    """
    return adopted(Round.objects.get(pk=pk).policy_id).policy


def taking_part(pk: int, *, by: Person, now: datetime) -> tuple[int, int]:
    """How many people have begun to answer, and how many of them have finished.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    permitted("close_round", "calibration_round", pk, by=by, now=now)
    answers = Counter(Judgement.objects.filter(round_id=pk).values_list("person_id", flat=True))
    size = Vignette.objects.filter(round_id=pk).count()
    everything = size + how_many_repeated(size)
    return len(answers), sum(count == everything for count in answers.values())


def to_judge(pk: int, position: int | None, *, by: Person, now: datetime) -> ToJudge | None:
    """What this person judges next, or at `position`; None when they have answered everything.

    Raises:
        Round.DoesNotExist: there is no such round.
        RoundNotOpen: they may not judge in it now.
        AlreadyJudged: they have answered what stands at that position.
    """
    permitted("judge", "calibration_round", pk, by=by, now=now)
    row = _rows(by).get(pk=pk)
    seen = _seen(row, leads=False, by=by, now=now)
    if seen.why_not:
        raise RoundNotOpen(seen.why_not)
    if position is not None and position <= seen.answered:
        raise AlreadyJudged
    if seen.answered >= seen.to_answer:
        return None
    place = places(pk, by.pk, seen.vignettes)[seen.answered]  # whatever was asked for, the next comes next
    vignette = Vignette.objects.get(round_id=pk, number=place.vignette)
    policy = adopted(row.policy_id).policy
    return ToJudge(place, seen.to_answer, vignette.pk, vignette.story, policy.gate(vignette.gate), policy)


def own_answers(pk: int, *, by: Person, now: datetime) -> list[OwnAnswer]:
    """One's own answers beside the policy's and those of others, once one has finished, or the round is over.

    Raises:
        Round.DoesNotExist: there is no such round.
        RoundNotOpen: one has not finished yet, and so must not know.
    """
    seen = round_seen(pk, by=by, now=now)
    if not (seen.is_finished or (seen.is_over and seen.answered)):
        raise RoundNotOpen("You see what the threshold says once you have answered every vignette.")
    own = list(
        Judgement.objects.filter(round_id=pk, person=by).select_related("vignette").order_by("position")
    )
    again = {each.vignette_id: each.level for each in own if each.showing == 2}
    shown_of, others = _others(pk, seen, by)
    policy = policy_of(pk)
    return [
        OwnAnswer(
            vignette=each.vignette.number,
            story=each.vignette.story,
            gate=policy.gate(each.vignette.gate),
            level=each.level,
            reason=each.reason,
            again=again.get(each.vignette_id, ""),
            finding=finding_of(each.vignette, policy),
            others=others[each.vignette_id] if shown_of else None,
            of_others=shown_of,
        )
        for each in own
        if each.showing == 1
    ]


def _others(pk: int, seen: RoundSeen, by: Person) -> tuple[int, dict[int, Counter[str]]]:
    """How many others' answers may be shown, and for each vignette how many of them chose each level."""
    judged = Judgement.objects.filter(round_id=pk).exclude(person=by)
    finished = (
        judged.filter(position=seen.to_answer).order_by("at", "person_id").values_list("person_id", flat=True)
    )
    whose = list(finished)
    whose = whose[: others_to_show(len(whose), sees_results=seen.may_lead)]
    counted: dict[int, Counter[str]] = {}
    answers = judged.filter(person__in=whose, showing=1).values_list("vignette_id", "level")
    for vignette, level in answers:
        counted.setdefault(vignette, Counter())[level] += 1
    return len(whose), counted


def round_results(pk: int, *, by: Person, now: datetime) -> RoundResults:
    """What a round shows, once it is over: while it is open, one more answer would give one person away.

    Raises:
        Round.DoesNotExist: there is no such round.
        Refused: this person does not lead on the threshold.
        RoundNotOpen: it is not over yet.
    """
    permitted("see_round_results", "calibration_round", pk, by=by, now=now)
    seen = round_seen(pk, by=by, now=now)
    if not seen.is_over:
        raise RoundNotOpen("Results are shown when the round has closed.")
    vignettes = list(Vignette.objects.filter(round_id=pk))
    policy = policy_of(pk)
    read = {
        each.number: VignetteRead(each.number, each.story, each.example, finding_of(each, policy))
        for each in vignettes
    }
    judged = list(Judgement.objects.filter(round_id=pk).select_related("vignette"))
    results = results_of([_told(each, read, policy) for each in judged], [gate.id for gate in policy.gates])
    reasons = _reasons(judged, read, {each.vignette for each in results.spreads if each.by_rank is not None})
    return RoundResults(round=seen, policy=policy, results=results, vignettes=read, reasons=reasons)


def _told(judged: Judgement, read: Mapping[int, VignetteRead], policy: Policy) -> Told:
    finding = read[judged.vignette.number].finding
    return Told(
        person=judged.person_id,
        vignette=judged.vignette.number,
        showing=judged.showing,
        gate=finding.gate,
        rank=policy.level(judged.level).rank,
        policy=finding.level.rank,
        agency_kind=str(AgencyKind(judged.agency_kind).label),
        job=_same_job(judged.job_title),
    )


def _reasons(
    judged: Sequence[Judgement], read: Mapping[int, VignetteRead], shown: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """In alphabetical order, and each once: neither the order nor the number says who wrote what."""
    found: dict[int, set[str]] = {}
    for each in judged:
        number = each.vignette.number
        if each.reason and number in shown and each.level != read[number].finding.level.code:
            found.setdefault(number, set()).add(each.reason.strip())
    return {number: tuple(sorted(written)) for number, written in found.items()}


def _same_job(title: str) -> str:
    """Job titles are typed by hand: the same one counts once, however it is spaced or capitalised."""
    words = " ".join(title.split())
    return words[:1].upper() + words[1:].lower()


class CaseWritten(Protocol):
    """A case in the notation of the policy's table of examples."""

    @property
    def gate(self) -> str: ...
    @property
    def age(self) -> str: ...
    @property
    def signs(self) -> str: ...
    @property
    def facts(self) -> str: ...
    @property
    def past(self) -> str: ...
    @property
    def raised_by(self) -> str: ...


def finding_of(case: CaseWritten, policy: Policy) -> Finding:
    """What the policy says of a case.

    Raises:
        KeyError: the policy has no such gate.
        ValueError: the case cannot be read, or names something that the policy does not have.
    """
    return _worked_out(policy, case.gate, case.age, case.signs, case.facts, case.past, case.raised_by)


@lru_cache(maxsize=1024)
def _worked_out(
    policy: Policy, gate: str, age: str, signs: str, facts: str, past: str, raised_by: str
) -> Finding:
    # Neither a version nor a vignette ever changes, so what was worked out once stays right.
    example = Example(
        id="",
        gate=gate,
        story="",
        age=age,
        signs=signs,
        facts=facts,
        past=past,
        raised_by=raised_by,
        level="",
        consider="",
        rules=(),
        duties=(),
    )
    return evaluate(policy, case_of(example), gate)
