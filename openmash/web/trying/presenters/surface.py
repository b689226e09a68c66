"""Two numbers of a draft moved at once, over past decisions: what each pair of values would have come to.

As with one number, counts are rounded to fives and small ones are kept back, so that no case can be told from two
pairs beside each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from openmash.apps.concerns.queries.history import DecidedCase
from openmash.engines.statistics.disclosure import rounded
from openmash.engines.thresholds import Policy, PolicyErrors
from openmash.engines.thresholds.plain.names import titled
from openmash.engines.thresholds.replay import Knob, Move, NoSuchKnob, sweep, with_moves
from openmash.web.trying.forms.sweep import in_words
from openmash.web.trying.looking_back import LeftOut, Span, population_of, span_of
from openmash.web.trying.presenters.swept import about, cell_words, value_words
from openmash.web.trying.small_numbers import is_small

Setting = int | str
Pair = tuple[Setting, Setting]
SHADES = 4
"""How many shades there are beside none at all. The number stands in every cell: the shade only helps to find it."""


@dataclass(frozen=True)
class CellShown:
    """What one pair of values would come to. `shade` is 0 for none to `SHADES` for the most of its table."""

    words: str
    shade: int
    is_now: bool


@dataclass(frozen=True)
class SurfaceRow:
    """One value of the first number, with a cell for each value of the second."""

    value: str
    is_now: bool
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class AnswerTable:
    """How many cases a week each pair of values would bring to one answer."""

    slug: str
    title: str
    rows: tuple[SurfaceRow, ...]


@dataclass(frozen=True)
class SurfaceShown:
    """The whole surface. `still` are the answers to which every pair brings as many, and so have no table."""

    down: str
    across: str
    columns: tuple[tuple[str, bool], ...]
    now: str
    tables: tuple[AnswerTable, ...]
    still: tuple[str, ...]
    cannot: tuple[str, ...]
    span: Span
    cases: str
    left_out: LeftOut


def surface_shown(
    decided: Sequence[DecidedCase],
    policy: Policy,
    first: tuple[Knob, Sequence[Setting]],
    second: tuple[Knob, Sequence[Setting]],
) -> SurfaceShown:
    """Every pair of values of two numbers, over at least one past decision."""
    (down, rows), (across, columns) = first, second
    fit, cannot = _possible(policy, down, across, list(product(rows, columns)))
    population, left_out = population_of(decided, policy, *fit.values())
    found = sweep(population, policy, [_moves(down, across, pair) for pair in fit])
    span = span_of(decided)
    levels = dict(zip(fit, (one.levels for one in found.variants), strict=True))
    clocks = dict(zip(fit, (one.clocks for one in found.variants), strict=True))
    answers = [
        *((f"level-{level.rank}", titled(level, policy), level.code, levels) for level in policy.levels),
        *(
            (f"time-{place}", f"Answer {clock.label}", clock.id, clocks)
            for place, clock in enumerate(policy.clocks)
            if clock.id in found.as_it_stands.clocks
        ),
    ]
    moving, still = [], []
    for slug, title, code, counts in answers:
        of_answer = {pair: counted[code] for pair, counted in counts.items()}
        if len({cell_words(count, span.weeks) for count in of_answer.values()}) > 1:
            table = _table(
                slug, title, of_answer, (rows, columns), (down.now, across.now), span.weeks, policy
            )
            moving.append(table)
        else:
            still.append(title)
    return SurfaceShown(
        down=in_words(down),
        across=in_words(across),
        columns=tuple((value_words(value, policy), value == across.now) for value in columns),
        now=f"{value_words(down.now, policy)} and {value_words(across.now, policy)}",
        tables=tuple(moving),
        still=tuple(still),
        cannot=tuple(dict.fromkeys(cannot)),
        span=span,
        cases=about(len(decided)),
        left_out=left_out,
    )


def _moves(down: Knob, across: Knob, pair: Pair) -> list[Move]:
    return [Move(down, pair[0]), Move(across, pair[1])]


def _possible(
    policy: Policy, down: Knob, across: Knob, pairs: Sequence[Pair]
) -> tuple[dict[Pair, Policy], list[str]]:
    """The version at every pair of values at which it still holds together, and why the others cannot be."""
    fit: dict[Pair, Policy] = {}
    cannot = []
    for pair in pairs:
        try:
            fit[pair] = with_moves(policy, _moves(down, across, pair))
        except NoSuchKnob as why:
            cannot.append(str(why))
        except PolicyErrors as why:
            cannot.append(f"At {pair[0]} and {pair[1]}: {next(iter(why)).message}")
    return fit, cannot


def _table(
    slug: str,
    title: str,
    counts: Mapping[Pair, int],
    values: tuple[Sequence[Setting], Sequence[Setting]],
    now: Pair,
    weeks: int,
    policy: Policy,
) -> AnswerTable:
    most = max(counts.values())

    def cell(pair: Pair) -> CellShown:
        if pair not in counts:
            return CellShown("cannot be", 0, pair == now)
        return CellShown(cell_words(counts[pair], weeks), _shade(counts[pair], most), pair == now)

    rows, columns = values
    return AnswerTable(
        slug,
        title,
        tuple(
            SurfaceRow(
                value_words(one, policy), one == now[0], tuple(cell((one, other)) for other in columns)
            )
            for one in rows
        ),
    )


def _shade(count: int, most: int) -> int:
    """By the rounded count, so that the shade tells no more than the number does."""
    if not count or is_small(count) or not rounded(most):
        return 0
    return -(-rounded(count) * SHADES // rounded(most))
