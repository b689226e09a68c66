"""Whatever people say of a family, it can be drawn and read."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from openmash.engines.genogram import Genogram, Household, NotAFamily, Person, Relationship, draw
from openmash.engines.genogram.generations import generations
from openmash.engines.genogram.measures import HALF_SLOT, HALF_SYMBOL
from openmash.engines.genogram.words import sentence
from tests.engines.genogram.families import JO, whole_families

Family = tuple[list[Person], list[Relationship], list[Household]]


@given(whole_families())
@settings(max_examples=40, deadline=None)
def test_everybody_is_drawn_once_and_nobody_overlaps(family: Family) -> None:
    people, relationships, households = family
    drawn = draw(people, relationships, households)
    assert sorted(symbol.key for symbol in drawn.symbols) == sorted(person.key for person in people)
    for one, other in combinations(drawn.symbols, 2):
        apart = abs(one.x - other.x) >= 2 * HALF_SLOT
        lower = max(one, other, key=lambda symbol: symbol.y)
        higher = one if lower is other else other
        below = lower.y - HALF_SYMBOL > higher.y + HALF_SYMBOL + 18 * len(higher.lines)
        assert apart or below, (one, other)


@given(whole_families())
@settings(max_examples=40, deadline=None)
def test_everything_said_is_in_the_text(family: Family) -> None:
    people, relationships, _households = family
    told = draw(people, relationships).told
    said = [each for person in told.people for each in person.sentences]
    assert len(told.people) == len(people)
    assert len(said) == len(relationships)
    by_key = {person.key: person for person in people}
    names = {person.key: person.line.split(", ")[0] for person in told.people}
    for each in relationships:
        under = next(person.sentences for person in told.people if person.key == each.one)
        starts = sentence(each, by_key, {**{k: p.name for k, p in by_key.items()}, **names})
        assert any(each_said.endswith(starts[-20:]) for each_said in under)
        assert all(who.who in starts for who in each.said)


@given(whole_families())
@settings(max_examples=40, deadline=None)
def test_everything_stays_inside_the_drawing(family: Family) -> None:
    drawn = draw(*family)
    points = [point for line in drawn.lines for point in line.points]
    points += [(s.x - HALF_SLOT, s.y - HALF_SYMBOL) for s in drawn.symbols]
    points += [(s.x + HALF_SLOT, s.y + HALF_SYMBOL + 18 * len(s.lines)) for s in drawn.symbols]
    for x, y in points:
        assert 0 <= x <= drawn.width and 0 <= y <= drawn.height


@given(whole_families(most=25))
@settings(max_examples=40, deadline=None)
def test_no_line_runs_through_a_symbol_or_a_name(family: Family) -> None:
    drawn = draw(*family)
    for line in drawn.lines:
        for (x, y), (to_x, to_y) in pairwise(line.points):
            for symbol in drawn.symbols:
                top, end = symbol.y - HALF_SYMBOL, symbol.y + HALF_SYMBOL + 18 * len(symbol.lines)
                if x == to_x:
                    meets = abs(x - symbol.x) < HALF_SYMBOL and min(y, to_y) < end and max(y, to_y) > top
                    assert not meets, (line, symbol)
                elif y == to_y:
                    sideways = min(x, to_x) < symbol.x + HALF_SYMBOL and max(x, to_x) > symbol.x - HALF_SYMBOL
                    assert not (sideways and top < y < end), (line, symbol)


@given(whole_families())
@settings(max_examples=40, deadline=None)
def test_no_row_is_empty(family: Family) -> None:
    people, relationships, _households = family
    rows = generations(people, relationships)
    assert set(rows.values()) == set(range(max(rows.values()) + 1))


@given(whole_families(most=12))
@settings(max_examples=40, deadline=None)
def test_a_household_holds_its_members_and_nobody_else(family: Family) -> None:
    people, relationships, households = family
    drawn = draw(people, relationships, households)
    shown = [each for each in households if each.members]
    assert len(drawn.outlines) == len(shown)
    for household, outline in zip(shown, drawn.outlines, strict=True):
        for symbol in drawn.symbols:
            assert inside(outline.path, symbol.x, symbol.y) == (symbol.key in household.members)


def inside(path: str, x: float, y: float) -> bool:
    """Whether a point is within a path, by how often a ray to the right crosses its edges."""
    crossings = 0
    for loop in path.split(" Z"):
        words = loop.replace("M ", "").replace(" L ", " ").split()
        corners = [(float(a), float(b)) for a, b in zip(words[::2], words[1::2], strict=True)]
        for (x1, y1), (_x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            crossings += (y1 > y) != (y2 > y) and x1 > x
    return crossings % 2 == 1


@given(whole_families(most=10))
@settings(max_examples=20, deadline=None)
def test_the_same_family_is_drawn_the_same(family: Family) -> None:
    assert draw(*family) == draw(*family)


@given(whole_families(most=12))
@settings(max_examples=60, deadline=None)
def test_what_nobody_was_sure_of_is_never_drawn_or_told_as_certain(family: Family) -> None:
    people, relationships, _households = family
    unsure = [replace(each, said=(replace(JO, unsure=True),)) for each in relationships]
    drawn = draw(people, unsure)
    assert all(line.doubtful for line in drawn.lines)
    for person in drawn.told.people:
        assert all(" may " in each and "who was not sure" in each for each in person.sentences)


@given(whole_families(most=12))
@settings(max_examples=60, deadline=None)
def test_what_is_only_denied_has_no_line_and_stands_beside_the_drawing(family: Family) -> None:
    people, relationships, _households = family
    denied = [replace(each, denied=True) for each in relationships]
    drawn = draw(people, denied)
    assert drawn.lines == () and len(drawn.told.not_so) == len(denied)


def test_what_cannot_be_a_family_is_refused() -> None:
    with pytest.raises(NotAFamily, match="same key"):
        draw([Person("a", "A"), Person("a", "B")], [])


def test_nobody_at_all_is_an_empty_drawing() -> None:
    drawn: Genogram = draw([], [])
    assert drawn.symbols == ()
