"""Nobody can work out a small count: every one of them could be another number, all that is shown being as it is.

The tests look for the other number by trying every table there is, and so share nothing with what is tested.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.engines.statistics.disclosure import FEWEST
from openmash.web.trying.small_numbers import (
    Count,
    How,
    Table,
    are_close,
    is_small,
    parts_shown,
    steps_shown,
    table_shown,
    together,
)

MOST = 8
cells = st.one_of(st.integers(0, 2), st.integers(0, MOST))


def may_be(count: Count, most: int) -> Sequence[int]:
    """Every number that a count can be, for whoever reads it."""
    if count.number is not None:
        return [count.number]
    if count.how is How.CLOSE:
        return range(max(0, count.near - FEWEST + 1), count.near + FEWEST)
    return range(1, FEWEST) if count.how is How.FEW else range(most + 1)


def fits(count: Count, number: int) -> bool:
    return number in may_be(count, max(number, 1000))


def every_table(shown: Table) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of counts that says what this one says."""
    total = shown.total.number
    assert total is not None
    across = range(len(shown.column_totals))

    def rows(count: Sequence[Count]) -> list[tuple[int, ...]]:
        return [row for row in product(*(may_be(each, total) for each in count)) if sum(row) <= total]

    possible = [
        [row for row in rows(cells) if fits(said, sum(row))]
        for cells, said in zip(shown.cells, shown.row_totals, strict=True)
    ]
    for table in product(*possible):
        columns = [sum(row[column] for row in table) for column in across]
        if sum(columns) == total and all(map(fits, shown.column_totals, columns)):
            yield table


def with_totals(table: Sequence[Sequence[int]]) -> list[int]:
    columns = [sum(column) for column in zip(*table, strict=True)]
    return [*(n for row in table for n in row), *(sum(row) for row in table), *columns]


def counts_of(shown: Table) -> list[Count]:
    return [*(each for row in shown.cells for each in row), *shown.row_totals, *shown.column_totals]


def assert_gives_nothing_away(
    shown: Table, table: Sequence[Sequence[int]], beside: Table | None = None
) -> None:
    counts, numbers = counts_of(shown), with_totals(table)
    assert all(each.number in (None, number) for each, number in zip(counts, numbers, strict=True))
    assert not any(is_small(number) for each in counts if (number := each.number or 0))
    known = counts_of(beside) if beside else [None] * len(counts)
    hidden = [
        place
        for place, (number, other) in enumerate(zip(numbers, known, strict=True))
        if is_small(number) or are_close(number, other)
    ]
    seen: dict[int, set[int]] = {place: set() for place in hidden}
    for other_table in every_table(shown):
        for place in hidden:
            seen[place].add(with_totals(other_table)[place])
        if all(len(values) > 1 for values in seen.values()):
            return
    assert not hidden, (shown, table, seen)


def of_shape(shape: tuple[int, int]) -> st.SearchStrategy[list[list[int]]]:
    down, across = shape
    return st.lists(st.lists(cells, min_size=across, max_size=across), min_size=down, max_size=down)


tables = (
    st.sampled_from([(1, 3), (3, 1), (2, 2), (2, 3), (3, 2)])
    .flatmap(of_shape)
    .filter(lambda table: sum(map(sum, table)) >= 2 * FEWEST)
)


@settings(max_examples=100, deadline=None)
@given(tables)
def test_no_hidden_count_of_a_table_can_be_worked_out_from_what_is_shown(table: list[list[int]]) -> None:
    assert_gives_nothing_away(table_shown(table), table)


@settings(max_examples=100, deadline=None)
@given(tables)
def test_nor_beside_totals_that_are_on_the_page_already(table: list[list[int]]) -> None:
    columns = parts_shown([sum(column) for column in zip(*table, strict=True)])
    shown = table_shown(table, column_totals=columns)
    assert shown.column_totals == columns
    assert_gives_nothing_away(shown, table)


@settings(max_examples=100, deadline=None)
@given(tables)
def test_nor_between_the_totals_of_rows_and_of_columns(table: list[list[int]]) -> None:
    columns = parts_shown([sum(column) for column in zip(*table, strict=True)])
    rows = parts_shown([sum(row) for row in table])
    shown = table_shown(table, column_totals=columns, row_totals=rows)
    assert (shown.row_totals, shown.column_totals) == (rows, columns)
    assert_gives_nothing_away(shown, table)


@settings(max_examples=100, deadline=None)
@given(tables, st.data())
def test_nor_how_few_cases_a_draft_would_move(before: list[list[int]], data: st.DataObject) -> None:
    """The same cases in the same rows, each at whatever level another version gives."""
    after = [list(data.draw(st.permutations(row))) for row in before]
    one = table_shown(before, column_totals=parts_shown([sum(c) for c in zip(*before, strict=True)]))
    totals = parts_shown([sum(c) for c in zip(*after, strict=True)], beside=one.column_totals)
    other = table_shown(after, column_totals=totals, row_totals=one.row_totals, beside=one)
    assert_gives_nothing_away(other, after, one)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(lambda parts: sum(parts) >= FEWEST))
def test_no_hidden_part_of_a_known_whole_can_be_worked_out(parts: list[int]) -> None:
    shown = parts_shown(parts)
    hidden = [n for n, each in enumerate(shown) if each.number is None]
    assert not any(is_small(each.number or 0) for each in shown)
    whole = sum(parts[n] for n in hidden)
    for place in (n for n in hidden if is_small(parts[n])):
        others = [shown[n] for n in hidden if n != place]
        least = sum(min(may_be(each, whole)) for each in others)
        most = sum(max(may_be(each, whole)) for each in others)
        free = [n for n in may_be(shown[place], whole) if least <= whole - n <= most]
        assert len(free) > 1


def test_what_is_large_enough_is_shown_rounded_to_fives() -> None:
    shown = table_shown([[10, 0, 7], [6, 12, 8]])
    assert [[str(each) for each in row] for row in shown.cells] == [["10", "0", "5"], ["5", "10", "10"]]
    assert not shown.hides


def test_a_small_count_takes_others_with_it() -> None:
    shown = table_shown([[40, 3], [20, 30]])
    assert str(shown.cells[0][1]) == "fewer than 6"
    assert sum(count.number is None for count in counts_of(shown)) >= 4


@given(st.integers(0, 60), st.data())
def test_the_difference_of_two_steps_is_never_small(whole: int, data: st.DataObject) -> None:
    fires = data.draw(st.integers(0, whole))
    decides = data.draw(st.integers(0, fires))
    shown = steps_shown(whole, fires, decides)
    known = [whole, *(each.number for each in shown if each.number is not None)]
    assert not any(is_small(one - other) for one, other in pairwise(known))
    assert not any(is_small(number) for number in known[1:])


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 12), min_size=1, max_size=8))
def test_groups_of_few_are_counted_together(totals: dict[str, int]) -> None:
    joined = together(totals)
    counted: dict[str, int] = {}
    for name, total in totals.items():
        counted[joined[name]] = counted.get(joined[name], 0) + total
    assert sum(counted.values()) == sum(totals.values())
    if len(counted) > 1:
        assert not any(map(is_small, counted.values()))
