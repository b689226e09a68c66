"""The dotted line around a household: exactly its members, even where others stand between them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Corner = tuple[float, float]

TURNS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def outline(rectangles: Iterable[Rectangle]) -> tuple[str, Corner]:
    """The edge of all rectangles together as the data of an SVG path, and its first corner (top left)."""
    given = list(rectangles)
    xs = sorted({x for left, _top, right, _bottom in given for x in (left, right)})
    ys = sorted({y for _left, top, _right, bottom in given for y in (top, bottom)})
    filled = {
        (column, row)
        for column, (left, right) in enumerate(pairwise(xs))
        for row, (top, bottom) in enumerate(pairwise(ys))
        if any(r[0] <= left and right <= r[2] and r[1] <= top and bottom <= r[3] for r in given)
    }
    loops = [[(xs[column], ys[row]) for column, row in loop] for loop in _loops(filled)]
    path = " ".join(f"M {' L '.join(f'{x:g} {y:g}' for x, y in loop)} Z" for loop in loops)
    first = min((corner for loop in loops for corner in loop), key=lambda corner: (corner[1], corner[0]))
    return path, first


def _loops(filled: set[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Every closed edge around filled cells, clockwise, its corners only."""
    edges = _edges(filled)
    while edges:
        start = min(edges)
        loop, at, way = [start], start, edges[start][0]
        while True:
            edges[at].remove(way)
            if not edges[at]:
                del edges[at]
            at = (at[0] + TURNS[way][0], at[1] + TURNS[way][1])
            if at == start:
                break
            onward = _onward(way, edges[at])
            if onward != way:
                loop.append(at)
            way = onward
        yield loop


def _onward(way: int, offered: list[int]) -> int:
    """Where two blocks touch at a corner the line turns right, and so keeps them apart."""
    return next(turn % 4 for turn in (way + 1, way, way + 3) if turn % 4 in offered)


def _edges(filled: set[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """Steps along the edge from each corner, filled cells to the right of the way."""
    found: dict[tuple[int, int], list[int]] = {}
    for column, row in filled:
        for way, (beyond, corner) in enumerate(
            (
                ((column, row - 1), (column, row)),
                ((column + 1, row), (column + 1, row)),
                ((column, row + 1), (column + 1, row + 1)),
                ((column - 1, row), (column, row + 1)),
            )
        ):
            if beyond not in filled:
                found.setdefault(corner, []).append(way)
    return found
