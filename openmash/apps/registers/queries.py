"""Reads of registers and runs, each for somebody who may, or for other apps that decide who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.registers.keeping import day_of, kept_on
from openmash.apps.registers.looking import looks_wanted, note_look
from openmash.apps.registers.models import LinkingRun, Pair, PairSaid, Register, RegisterRow, RowToMend
from openmash.apps.registers.permission import ground_on, permitted
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, judge
from openmash.engines.matching.record import from_text
from openmash.engines.matching.weights import version
from openmash.engines.statistics import Alpha, NotEnough, alpha

KINDS = tuple((str(kind.value), str(kind.label)) for kind in Register.Kind)
VERDICTS = tuple((str(verdict.value), str(verdict.label)) for verdict in PairSaid.Verdict)


def registers_visible_to(by: Person, *, now: datetime) -> list[Register]:
    """Registers of one's own agency, or of the locality whose front door one manages; the newest first.

    Those that were to be kept until a day that has gone by are not among them.
    """
    today = day_of(now)
    kept = Register.objects.filter(keep_until__gte=today).select_related("agency", "by")
    return [each for each in kept if ground_on("see_register", each.agency, by=by, now=now)]


def runs_visible_to(by: Person, *, now: datetime) -> list[LinkingRun]:
    """Runs over registers of the locality one works for, as long as both may be kept; the newest first."""
    runs = kept_on(day_of(now)).select_related("one__agency", "other__agency", "by", "progress", "result")
    return [
        each
        for each in runs
        if all(ground_on("see_run", one.agency, by=by, now=now) for one in (each.one, each.other))
    ]


def may_hand_over(by: Person, *, now: datetime) -> bool:
    """Whether somebody may hand over a register of their own agency."""
    return bool(ground_on("hand_over", by.agency, by=by, now=now))


def may_link(by: Person, *, now: datetime) -> bool:
    """Whether somebody may link registers of any agency."""
    return bool(ground_on("link_registers", by.agency, by=by, now=now))


def registers_to_link(by: Person, *, now: datetime) -> list[Register]:
    """Registers that this person may link.

    Raises:
        Refused: they manage no front door.
    """
    permitted("link_registers", by.agency, by=by, now=now, subject=("agency", by.agency_id))
    visible = registers_visible_to(by, now=now)
    return [each for each in visible if ground_on("link_registers", each.agency, by=by, now=now)]


def register_if_any(pk: UUID, by: Person, *, now: datetime) -> Register | None:
    """One register; None when there is none, or when it was to be kept until a day that has gone by.

    Raises:
        Refused: `by` may not see it.
    """
    today = day_of(now)
    register = Register.objects.filter(pk=pk, keep_until__gte=today).select_related("agency", "by").first()
    if register:
        permitted("see_register", register.agency, by=by, now=now, subject=("register", pk))
    return register


def may_mend(register: Register, by: Person, *, now: datetime) -> bool:
    """Whether somebody may see the rows to mend: they hold what the register said of people."""
    return bool(ground_on("see_rows_to_mend", register.agency, by=by, now=now))


@transaction.atomic
def rows_to_mend(register: Register, by: Person, *, now: datetime) -> list[RowToMend]:
    """The rows to mend, for the agency whose register it is. The look is written down.

    Raises:
        Refused: `by` does not lead safeguarding there.
    """
    verb = "see_rows_to_mend"
    ground = permitted(verb, register.agency, by=by, now=now, subject=("register", register.pk))
    record(by=by, verb=verb, subject_kind="register", subject_id=register.pk, ground=ground, now=now)
    return list(register.rows_to_mend.all())


def run_if_any(pk: UUID, by: Person, *, now: datetime) -> LinkingRun | None:
    """One run; None when there is none, or when a register of it may not be kept any more.

    Raises:
        Refused: `by` may not see it.
    """
    runs = kept_on(day_of(now)).select_related("one__agency", "other__agency", "by", "progress", "result")
    run = runs.filter(pk=pk).first()
    if run:
        permitted("see_run", run.one.agency, run.other.agency, by=by, now=now, subject=("linking_run", pk))
    return run


@dataclass(frozen=True)
class Reviewed:
    """How far clerical review is.

    differ: pairs of which two people say different things. agreement: among those that two have looked at, or
    why there is none.
    """

    pairs: int
    left: int
    same: int
    not_same: int
    cannot_tell: int
    looked_at_twice: int
    differ: int
    agreement: Alpha | NotEnough


def reviewed(run: LinkingRun) -> Reviewed:
    """Counts over a run's pairs, of words that stand."""
    standing = PairSaid.objects.filter(run=run, taken_back__isnull=True).order_by("id")
    verdicts: dict[int, dict[int, str]] = {}
    for pair, by, verdict in standing.values_list("pair_id", "by_id", "verdict"):
        verdicts.setdefault(pair, {})[by] = verdict
    agreed = [next(iter(said.values())) for said in verdicts.values() if len(set(said.values())) == 1]
    twice = {str(pair): _numbered(said) for pair, said in verdicts.items() if len(said) > 1}
    return Reviewed(
        pairs=run.pairs.count(),
        left=looks_wanted(run).count(),
        same=agreed.count(PairSaid.Verdict.SAME),
        not_same=agreed.count(PairSaid.Verdict.NOT_SAME),
        cannot_tell=agreed.count(PairSaid.Verdict.CANNOT_TELL),
        looked_at_twice=len(twice),
        differ=len(verdicts) - len(agreed),
        agreement=alpha(twice, "nominal"),
    )


def _numbered(said: Mapping[int, str]) -> dict[str, str]:
    return {str(by): verdict for by, verdict in said.items()}


@dataclass(frozen=True)
class OpenPair:
    """A pair as it is looked at: both people, and what the engine says of them."""

    pair: Pair
    one: DescribedPerson
    other: DescribedPerson
    match: Match
    weights: str


def opened(pair: Pair, *, on: date) -> OpenPair:
    """Both sides of a pair, and the evidence by the weights of its run. For whoever holds the pair."""
    one, other = from_text(pair.one.described), from_text(pair.other.described)
    result = pair.run.result
    larger = max(pair.run.one.people, pair.run.other.people)
    match = judge(one, other, weights=version(result.weights), population=max(larger, 100_000), on=on)
    return OpenPair(pair, one, other, match, result.weights)


def pair_of(run: LinkingRun, pk: int, by: Person, *, now: datetime) -> Pair | None:
    """One pair of a run, to say something of it. The look is written down.

    Raises:
        Refused: `by` may not look at pairs of these registers.
    """
    pair = run.pairs.select_related("one__register__agency", "other__register__agency").filter(pk=pk).first()
    if pair:
        note_look(run, "see_pair", {"pair": pk}, by=by, now=now)
    return pair


def person_of(row: RegisterRow) -> DescribedPerson:
    """The person a row describes, for whoever may see the pair it is in."""
    return from_text(row.described)


def said_by(run: LinkingRun, by: Person, *, now: datetime) -> list[PairSaid]:
    """What somebody has said of a run's pairs and not taken back, the latest first. The look is written down."""
    note_look(run, "see_said_of_pairs", {}, by=by, now=now)
    said = PairSaid.objects.filter(run=run, by=by, taken_back__isnull=True)
    return list(said.select_related("pair__one", "pair__other").order_by("-id"))


def said_if_any(run: LinkingRun, pk: int, by: Person, *, now: datetime) -> PairSaid | None:
    """One word on a pair of this run that stands, or None. The look is written down."""
    said = PairSaid.objects.filter(pk=pk, run=run, taken_back__isnull=True).select_related(
        "pair__one", "pair__other", "run__one__agency", "run__other__agency"
    )
    found = said.first()
    if found:
        note_look(run, "see_pair", {"pair": found.pair_id}, by=by, now=now)
    return found
