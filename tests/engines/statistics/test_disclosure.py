"""No count of one to five can be worked out: from one report, from all its tables together, or from two months."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from openmash.engines.statistics import disclosure
from openmash.engines.statistics.disclosure import (
    Grid,
    Hidden,
    between,
    bounds_shown,
    disclose,
    percent,
    published,
    roughly,
    share_shown,
    shown,
    steps_shown,
)

COLUMNS = ("lower", "same", "higher")


def invented(seed: int, months: int) -> list[Grid]:
    """Two tables of the same decisions, by agency and by team, and one by sign: as many months' decisions as asked."""
    random = np.random.default_rng(seed)
    count = 40 * months
    agency, team = (
        random.integers(4, size=200)[:count],
        random.choice(3, size=200, p=[0.8, 0.15, 0.05])[:count],
    )
    stands, sign = (
        random.choice(3, size=200, p=[0.12, 0.8, 0.08])[:count],
        random.integers(6, size=200)[:count],
    )
    grids = []
    for by, groups, number, parts in (
        ("agency", agency, 4, True),
        ("team", team, 3, True),
        ("sign", sign, 6, False),
    ):
        cells = tuple(
            tuple(int(((groups == g) & (stands == s)).sum()) for s in range(3)) for g in range(number)
        )
        grids.append(
            Grid("decided", by, tuple(f"{by} {g}" for g in range(number)), COLUMNS, cells, parts=parts)
        )
    return grids


def sums_of(grids: list[Grid], month: str) -> list[tuple[str, list[str]]]:
    """Which published counts are sums of which others, as anybody can tell from the tables."""
    found = []
    for grid in grids:
        name = f"{month}{grid.of}"
        for row in grid.rows:
            found.append(
                (f"{name}/{grid.by}/{row}", [f"{name}/{grid.by}/{row}/{column}" for column in COLUMNS])
            )
        if grid.parts:
            for column in COLUMNS:
                found.append((f"{name}//{column}", [f"{name}/{grid.by}/{row}/{column}" for row in grid.rows]))
            found.append((name, [f"{name}//{column}" for column in COLUMNS]))
    return found


class Attacker:
    """Knows every table, how counts are rounded and hidden, and what adds up to what; solves it in whole numbers."""

    def __init__(self, *reports: list[Grid]) -> None:
        self.bounds: dict[str, tuple[float, float]] = {}
        sums: list[tuple[str, list[str]]] = []
        for number, grids in enumerate(reports):
            month = f"{number}:"
            self.bounds |= {month + name: between(value) for name, value in published(disclose(grids))}
            sums += sums_of(grids, month)
        if len(reports) == 2:  # what came new is what there is now, less what there was
            for name in [name for name in self.bounds if name.startswith("0:")]:
                self.bounds["new:" + name[2:]] = (0, 1e7)
                sums.append(("1:" + name[2:], [name, "new:" + name[2:]]))
        self.place = {name: place for place, name in enumerate(self.bounds)}
        self.sums = np.zeros((len(sums), len(self.place)))
        for number, (whole, parts) in enumerate(sums):
            self.sums[number, self.place[whole]] = -1
            for part in parts:
                self.sums[number, self.place[part]] = 1

    def finds(self, name: str) -> tuple[int, int]:
        """The least and the most a count can be."""
        low, high = zip(*self.bounds.values(), strict=True)
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.place))
            goal[self.place[name]] = sign
            rules = [LinearConstraint(self.sums, 0, 0)]
            solved = milp(goal, constraints=rules, bounds=Bounds(low, high), integrality=np.ones(len(goal)))
            assert solved.status in (0, 3), solved.message
            found.append(round(sign * solved.fun) if solved.status == 0 else 10**7)
        return found[0], found[1]


def truth_of(grids: list[Grid]) -> dict[str, int]:
    found: dict[str, int] = {}
    for grid in grids:
        for row, cells in zip(grid.rows, grid.cells, strict=True):
            found |= {
                f"{grid.of}/{grid.by}/{row}/{column}": n for column, n in zip(COLUMNS, cells, strict=True)
            }
            found[f"{grid.of}/{grid.by}/{row}"] = sum(cells)
        if grid.parts:
            totals = [sum(cells[place] for cells in grid.cells) for place in range(3)]
            found |= {f"{grid.of}//{column}": n for column, n in zip(COLUMNS, totals, strict=True)}
            found[grid.of] = sum(totals)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_can_be_worked_out_from_all_the_tables_together(seed: int) -> None:
    grids = invented(seed, months=3)
    attacker, small = Attacker(grids), 0
    for name, count in truth_of(grids).items():
        if 0 < count < 6:
            small += 1
            low, high = attacker.finds("0:" + name)
            assert high - low >= 2, f"{name} is {count} and can be told to be {low} to {high}"
    assert small > 5


@pytest.mark.parametrize("seed", range(3))
def test_two_months_reports_tell_of_nobody_who_came_between(seed: int) -> None:
    before, after = invented(seed, months=3), invented(seed, months=4)
    attacker, small = Attacker(before, after), 0
    now = truth_of(after)
    for name, count in truth_of(before).items():
        came = now[name] - count
        if 0 < came < 6:
            small += 1
            low, high = attacker.finds("new:" + name)
            assert low < high, f"{name}: {came} came, and that can be told"
    assert small > 10


def test_more_is_hidden_where_a_total_would_give_a_count_away() -> None:
    crowd = Grid("x", "row", ("a",), ("c", "d", "e", "f"), ((1, 1, 1, 1),))
    assert disclose([crowd])[0].row_totals == (Hidden.MORE,)  # “1 to 5” would say that each is 1 or 2


def test_totals_that_do_not_agree_are_a_fault_of_ours() -> None:
    one = Grid("x", "row", ("a",), ("c", "d"), ((10, 10),))
    other = Grid("x", "place", ("b",), ("c", "d"), ((10, 11),))
    with pytest.raises(ValueError, match="is 10 in one grid and 11 in another"):
        disclose([one, other])


def test_counts_percentages_and_shares_are_rounded_the_same_everywhere() -> None:
    assert [shown(n) for n in (0, 1, 5, 6, 7, 8, 12, 13)] == [0, Hidden.FEW, Hidden.FEW, 5, 5, 10, 10, 15]
    assert percent(25, 50) == 50 and percent(25, 45) is None and percent(Hidden.FEW, 500) is None
    assert (share_shown(0.234, 49), share_shown(0.234, 299), share_shown(0.234, 300)) == (None, 25, 23)
    assert steps_shown([0, 3, 6, 8, 12, 12, 14]) == [True, False, True, False, True, True, False]
    assert disclosure.rounded(2) == 0


@pytest.mark.parametrize("entries", [50, 299, 300, 5_000])
def test_bounds_as_they_are_shown_never_say_more_than_was_worked_out(entries: int) -> None:
    for low, high in ((0.0, 0.0), (0.004, 0.074), (0.05, 0.25), (0.333, 0.334), (0.96, 1.0)):
        least, most = bounds_shown(low, high, entries)
        assert least is not None and most is not None
        assert least / 100 <= low + 1e-9 and high <= most / 100 + 1e-9 and 0 <= least <= most <= 100
    assert bounds_shown(0.1, 0.2, 49) == (None, None)


def test_how_many_is_said_in_steps_wider_than_any_small_count() -> None:
    """Wherever two numbers are said otherwise, many numbers on either side are said as they are."""
    said = [roughly(count) for count in range(12_000)]
    assert said[0] == said[49] == "fewer than 50" and said[50] == said[99] == "50 or more"
    assert len(set(said)) == 9 and min(said.count(each) for each in set(said)) >= 50
