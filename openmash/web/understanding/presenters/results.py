"""What a round showed, in words and figures that a busy person can read."""

from dataclasses import dataclass

from openmash.apps.policy.agreement import Agreement, AtGate, Groups, Spread
from openmash.apps.policy.queries.calibration import RoundResults, VignetteRead
from openmash.apps.policy.rules import FEWEST_PEOPLE, MISREAD_BELOW
from openmash.engines.statistics import Alpha, NotEnough, Share
from openmash.engines.thresholds import Policy
from openmash.web.understanding.presenters.acknowledging import level_words
from openmash.web.understanding.presenters.marks import Bar, Mark, bars, mark
from openmash.web.understanding.presenters.own import RuleShown, rules_shown

READ_ALIKE, PARTLY_ALIKE = 0.8, 2 / 3
"""Krippendorff's own marks (2018, chapter 12): above the first one may rely on it, below the second not."""


@dataclass(frozen=True)
class Figure:
    """A figure with its interval in words; `lacking` says why there is none. `mark` places it on a chart."""

    value: str = ""
    interval: str = ""
    reading: str = ""
    mark: Mark | None = None
    lacking: str = ""


@dataclass(frozen=True)
class Row:
    """A group: who, how many, and their two figures."""

    group: str
    people: int
    answers: int
    with_policy: Figure
    among: Figure
    lower: int
    higher: int


@dataclass(frozen=True)
class Table:
    """A table of groups. `left_out` says in words which groups are not shown, empty if all are."""

    title: str
    about: str
    first_column: str
    rows: tuple[Row, ...]
    left_out: str


@dataclass(frozen=True)
class GateShown:
    """One decision. `slug` makes addresses on the page."""

    slug: str
    name: str
    question: str
    everybody: tuple[Row, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class VignetteShown:
    """One vignette with all its answers. `direction` says which way people went who did not agree."""

    number: int
    story: str
    gate: str
    threshold: str
    rules: tuple[RuleShown, ...]
    signs: tuple[str, ...]
    people: int
    agrees: Figure
    direction: str
    bars: tuple[Bar, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ResultsShown:
    people: int
    fewest: int
    below: str
    overall: Figure | None
    gates: tuple[GateShown, ...]
    misread: tuple[VignetteShown, ...]
    others: tuple[VignetteShown, ...]
    hidden: int
    repeated_by: int
    self_agreement: Figure | None


def results_shown(found: RoundResults) -> ResultsShown:
    """The whole page."""
    results = found.results
    seen = [each for each in results.spreads if each.by_rank is not None]
    # The worst read comes first; these are sentences of a document, and not people, that are put in order.
    misread = sorted((each for each in seen if each.is_misread), key=_agreeing)
    return ResultsShown(
        people=results.people,
        fewest=FEWEST_PEOPLE,
        below=f"{MISREAD_BELOW:.0%}",
        overall=_share(results.overall) if results.overall is not None else None,
        gates=tuple(_gate(each, found.policy) for each in results.gates),
        misread=tuple(_vignette(each, found) for each in misread),
        others=tuple(_vignette(each, found) for each in seen if not each.is_misread),
        hidden=len(found.vignettes) - len(seen),
        repeated_by=results.repeated_by,
        self_agreement=_share(results.self_agreement) if results.self_agreement is not None else None,
    )


def _agreeing(spread: Spread) -> float:
    return spread.with_policy.value if isinstance(spread.with_policy, Share) else 1.0


def _share(share: Share | NotEnough) -> Figure:
    if isinstance(share, NotEnough):
        return Figure(lacking=share.value)
    return Figure(
        value=f"{share.value:.0%}",
        interval=f"{share.interval.low:.0%} to {share.interval.high:.0%}",
        reading=f"{share.count} of {share.of}",
        mark=mark(share.value, share.interval),
    )


def _alpha(alpha: Alpha | NotEnough) -> Figure:
    """Without an interval a few vignettes would look as telling as many: then there is no figure either."""
    if alpha is NotEnough.NO_VARIATION:
        return Figure(lacking=alpha.value)
    if isinstance(alpha, NotEnough) or alpha.interval is None:
        return Figure(lacking="Too few vignettes to say.")
    return Figure(
        value=_decimal(alpha.value),
        interval=f"{_decimal(alpha.interval.low)} to {_decimal(alpha.interval.high)}",
        reading=reading_of(alpha.value, alpha.interval.low),
    )


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def reading_of(value: float, low: float) -> str:
    """What an alpha means, in words; `low` is the lower end of its interval, which may be far from it."""
    if value >= READ_ALIKE:
        return "Read alike" if low >= PARTLY_ALIKE else "Perhaps read alike"
    return "Partly read alike" if value >= PARTLY_ALIKE else "Read differently"


def _row(agreement: Agreement, group: str) -> Row:
    return Row(
        group=group,
        people=agreement.people,
        answers=agreement.answers,
        with_policy=_share(agreement.with_policy),
        among=_alpha(agreement.among),
        lower=agreement.lower,
        higher=agreement.higher,
    )


def _gate(at_gate: AtGate, policy: Policy) -> GateShown:
    gate = policy.gate(at_gate.gate)
    words = {level.rank: level_words(level, policy) for level in gate.levels}
    levels = tuple(_row(agreement, words[rank]) for rank, agreement in at_gate.by_level)
    return GateShown(
        slug=f"decision-{policy.gates.index(gate) + 1}",
        name=gate.name,
        question=gate.question,
        everybody=(_row(at_gate.overall, "Everybody"),),
        tables=(
            _table("By agency", "Kind of agency", at_gate.by_agency_kind),
            _table("By profession", "Job title", at_gate.by_job),
            Table(
                title="By level",
                about="What the threshold itself says of the vignette. Agreement with one another is measured "
                "against the differences among all vignettes of this decision.",
                first_column="The threshold says",
                rows=levels,
                left_out="",
            ),
        ),
    )


def _table(title: str, first_column: str, groups: Groups) -> Table:
    rows = tuple(_row(each, each.group) for each in groups.shown)
    return Table(title, "", first_column, rows, _left_out(groups.left_out))


def _left_out(count: int) -> str:
    if not count:
        return ""
    few = f"fewer than {FEWEST_PEOPLE} people"
    if count == 1:
        return f"One group is not shown, because figures about {few} could be worked out from it."
    return f"{count} groups are not shown, because figures about {few} could be worked out from them."


def _vignette(spread: Spread, found: RoundResults) -> VignetteShown:
    read: VignetteRead = found.vignettes[spread.vignette]
    finding, policy = read.finding, found.policy
    gate = policy.gate(finding.gate)
    return VignetteShown(
        number=read.number,
        story=read.story,
        gate=gate.name,
        threshold=level_words(finding.level, policy),
        rules=rules_shown(finding),
        signs=tuple(f"{sign} {words}" for sign, words in finding.chosen),
        people=spread.people,
        agrees=_share(spread.with_policy),
        direction=_direction(spread.lower, spread.higher),
        bars=bars(gate, spread.by_rank or {}, finding.level, policy),
        reasons=found.reasons.get(read.number, ()) if spread.is_misread else (),
    )


def _direction(lower: int, higher: int) -> str:
    if not lower and not higher:
        return "Nobody chose another level."
    if lower and higher:
        return f"{lower} chose a lower level than the threshold, and {higher} a higher one."
    count, way = (lower, "lower") if lower else (higher, "higher")
    return (
        f"{count} chose a {way} level than the threshold, and nobody a {'higher' if lower else 'lower'} one."
    )
