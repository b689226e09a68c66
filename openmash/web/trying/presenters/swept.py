"""One number of a draft moved, over past decisions: the curve, its table, and every number one step either way.

Two values of a number differ by few cases, sometimes by one. So counts are rounded to fives here, and so is every
difference: no case can be told from two of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from openmash.apps.concerns.queries.history import DecidedCase
from openmash.engines.statistics.disclosure import FEWEST, rounded
from openmash.engines.thresholds import Clock, Policy, PolicyErrors
from openmash.engines.thresholds.plain.names import titled
from openmash.engines.thresholds.replay import (
    Knob,
    Move,
    NoSuchKnob,
    Population,
    Swept,
    knobs,
    sweep,
    varied,
)
from openmash.web.trying.forms.sweep import in_words
from openmash.web.trying.looking_back import LeftOut, Span, population_of, span_of
from openmash.web.trying.presenters.charts import Chart, chart
from openmash.web.trying.small_numbers import is_small

Setting = int | str


@dataclass(frozen=True)
class ValueRow:
    """One value of the number, and for each answer how many cases a week come to it."""

    value: str
    is_now: bool
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Curves:
    """How many cases a week come to each of some answers: as drawings, and as a table of the same figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[ValueRow, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class SweepShown:
    """A number over its values. `moves` are the other values, each with the query under which it is replayed."""

    words: str
    now: str
    curves: tuple[Curves, ...]
    cannot: tuple[str, ...]
    span: Span
    cases: str
    left_out: LeftOut
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class KnobRow:
    """One number, with what one step down and one step up would do, in words."""

    rule: str
    knob: str
    words: str
    now: str
    down: str
    down_does: tuple[str, ...]
    up: str
    up_does: tuple[str, ...]


@dataclass(frozen=True)
class AllShown:
    rows: tuple[KnobRow, ...]
    span: Span
    cases: str


def possible(policy: Policy, knob: Knob, values: Sequence[Setting]) -> tuple[list[Setting], list[str]]:
    """The values at which the version still holds together, and why the others cannot be."""
    fit: list[Setting] = []
    cannot = []
    for value in values:
        try:
            varied(policy, knob, value)
        except NoSuchKnob as why:
            cannot.append(str(why))
        except PolicyErrors as why:
            cannot.append(f"At {value}: {next(iter(why)).message}")
        else:
            fit.append(value)
    return fit, cannot


def sweep_shown(
    decided: Sequence[DecidedCase], policy: Policy, knob: Knob, values: Sequence[Setting]
) -> SweepShown:
    """The curve over at least one past decision."""
    fit, cannot = possible(policy, knob, values)
    others = [varied(policy, knob, value) for value in fit]
    population, left_out = population_of(decided, policy, *others)
    found = sweep(population, policy, [[Move(knob, value)] for value in fit])
    span = span_of(decided)
    names = [value_words(value, policy) for value in fit]
    levels = [(level.code, titled(level, policy)) for level in policy.levels]
    used = [clock for clock in policy.clocks if any(one.clocks.get(clock.id) for one in found.variants)]
    times = [(clock.id, clock.label.capitalize()) for clock in used]
    now = fit.index(knob.now)
    return SweepShown(
        words=in_words(knob),
        now=value_words(knob.now, policy),
        curves=(
            _curves("Level", levels, [one.levels for one in found.variants], names, now, span.weeks),
            _curves("Time to respond", times, [one.clocks for one in found.variants], names, now, span.weeks),
        ),
        cannot=tuple(dict.fromkeys(cannot)),
        span=span,
        cases=about(len(decided)),
        left_out=left_out,
        moves=tuple(
            (value_words(value, policy), urlencode({"number": knob.name, "at": value}))
            for value in fit
            if value != knob.now
        ),
    )


def _curves(
    title: str,
    answers: Sequence[tuple[str, str]],
    found: Sequence[Mapping[str, int]],
    names: Sequence[str],
    now: int,
    weeks: int,
) -> Curves:
    return Curves(
        title,
        tuple(words for _, words in answers),
        tuple(
            ValueRow(name, place == now, tuple(cell_words(counts[code], weeks) for code, _ in answers))
            for place, (name, counts) in enumerate(zip(names, found, strict=True))
        ),
        tuple(
            chart(
                f"{title.lower().replace(' ', '-')}-{number}",
                words,
                names,
                [("after", "Cases a week", [rounded(counts[code]) / weeks for counts in found])],
                unit="Cases a week, counts rounded to fives",
                marked=now,
            )
            for number, (code, words) in enumerate(answers)
        ),
    )


def cell_words(count: int, weeks: int) -> str:
    """How many cases a week, rounded before it is divided."""
    if is_small(count):
        return f"fewer than {FEWEST} in all"
    return f"{rounded(count) / weeks:,.2f}".rstrip("0").rstrip(".")


def about(count: int) -> str:
    """A number of cases in words, rounded."""
    return f"fewer than {FEWEST}" if is_small(count) else f"about {rounded(count):,}"


def value_words(value: Setting, policy: Policy) -> str:
    """A value of a number as people read it."""
    return policy.evidence_grade(value).label if isinstance(value, str) else str(value)


# --- every number, one step either way ---


def all_shown(decided: Sequence[DecidedCase], policy: Policy) -> AllShown:
    """What one step down and one step up of every number would have done."""
    every = knobs(policy)
    steps = {knob: _steps(policy, knob) for knob in every}
    moves = [Move(knob, value) for knob in every for value in steps[knob] if value is not None]
    population = _population(decided, policy, moves)
    found = sweep(population, policy, [[move] for move in moves])
    does = {
        (move.knob, move.to): _difference(found.as_it_stands, one, policy)
        for move, one in zip(moves, found.variants, strict=True)
    }
    rows = [_knob_row(knob, steps[knob], does, policy) for knob in every]
    return AllShown(tuple(rows), span_of(decided), about(len(decided)))


def _steps(policy: Policy, knob: Knob) -> tuple[Setting | None, Setting | None]:
    """One step down and one step up, None where the number cannot be moved there."""
    if isinstance(knob.now, str):
        ranks = {grade.rank: grade.id for grade in reversed(policy.evidence)}
        here = policy.evidence_grade(knob.now).rank
        wanted: list[Setting | None] = [
            next((ranks[rank] for rank in sorted(ranks, reverse=True) if rank < here), None),
            next((ranks[rank] for rank in sorted(ranks) if rank > here), None),
        ]
    else:
        wanted = [knob.now - 1, knob.now + 1]
    down, up = (
        value if value is not None and possible(policy, knob, [value])[0] else None for value in wanted
    )
    return down, up


def _population(decided: Sequence[DecidedCase], policy: Policy, moves: Sequence[Move]) -> Population:
    """The cases with every column that any of the moves looks at.

    Moves of different numbers are put together into as few versions as there are moves in one rule: what a
    version looks at is all that has to be known here.
    """
    waiting: dict[str, list[Move]] = {}
    for move in moves:
        waiting.setdefault(move.knob.rule, []).append(move)
    others = []
    while any(waiting.values()):
        version = policy
        for of_rule in waiting.values():
            if of_rule:
                move = of_rule.pop()
                version = varied(version, move.knob, move.to)
        others.append(version)
    return population_of(decided, policy, *others)[0]


def _difference(now: Swept, then: Swept, policy: Policy) -> tuple[str, ...]:
    """What moves, level by level and then time by time."""
    levels = [(titled(level, policy), level.code) for level in policy.levels]
    times = [(f"Answer {_by(clock)}", clock.id) for clock in policy.clocks if clock.id in then.clocks]
    said = [
        f"{words}: {_more(then.levels[code] - now.levels[code])}"
        for words, code in levels
        if then.levels[code] != now.levels[code]
    ]
    said += [
        f"{words}: {_more(then.clocks[id] - now.clocks[id])}"
        for words, id in times
        if then.clocks[id] != now.clocks[id]
    ]
    return tuple(said) or ("No past case would move.",)


def _by(clock: Clock) -> str:
    return clock.label if clock.kind in ("at_once", "same_day") else f"within {clock.label}"


def _more(more: int) -> str:
    count = f"fewer than {FEWEST}" if is_small(abs(more)) else f"about {rounded(abs(more)):,}"
    return f"{count} {'more' if more > 0 else 'less'}"


def _knob_row(
    knob: Knob,
    steps: tuple[Setting | None, Setting | None],
    does: Mapping[tuple[Knob, Setting], tuple[str, ...]],
    policy: Policy,
) -> KnobRow:
    down, up = steps
    return KnobRow(
        rule=f"{knob.rule} {policy.rule(knob.rule).name}",
        knob=knob.name,
        words=in_words(knob).partition(": ")[2].rpartition(": ")[0],
        now=value_words(knob.now, policy),
        down="" if down is None else value_words(down, policy),
        down_does=() if down is None else does[knob, down],
        up="" if up is None else value_words(up, policy),
        up_does=() if up is None else does[knob, up],
    )
