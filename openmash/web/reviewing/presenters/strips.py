"""One figure of every council on a single line: where the area stands, its neighbours, England."""

from dataclasses import dataclass

from openmash.apps.review import words
from openmash.apps.review.national import Seen
from openmash.web.reviewing.presenters.scales import Scale, most_of, plain, steps

WIDTH, HEIGHT, EDGE = 420, 54, 14
LINE = 20


@dataclass(frozen=True)
class Strip:
    """`others`, `neighbours`: places along the line. None where there is no figure."""

    slug: str
    title: str
    desc: str
    others: tuple[float, ...]
    neighbours: tuple[float, ...]
    england: float | None
    area: float | None
    low: str
    high: str
    width: int = WIDTH
    height: int = HEIGHT
    line: int = LINE
    left: int = EDGE
    right: int = WIDTH - EDGE


def strip(seen: Seen, area: str) -> Strip:
    """The strip of a figure."""
    values = [float(number) for dot in seen.dots if (number := dot.figure.number) is not None]
    near = [seen.figure.number, seen.england.number, *(each.figure.number for each in seen.neighbours)]
    high = steps(most_of(values, [float(each) for each in near if each is not None]), 8)[-1]
    beyond = sum(value > high for value in values)
    scale = Scale(0.0, high, EDGE, WIDTH - EDGE)
    around = {each.area.code for each in seen.neighbours} | {seen.figure.code}
    others = [
        scale.at(float(dot.figure.number))
        for dot in seen.dots
        if dot.figure.number is not None and dot.area.code not in around and dot.figure.number <= high
    ]
    alike = [
        scale.at(float(each.figure.number)) for each in seen.neighbours if each.figure.number is not None
    ]
    return Strip(
        slug=f"strip-{seen.measure.id}",
        title=f"{seen.measure.title}: {area} among all councils",
        desc=f"{area}: {words.shown(seen.figure)}. {words.beside(seen)} {_all(values)}",
        others=tuple(others),
        neighbours=tuple(alike),
        england=None if seen.england.number is None else scale.at(float(seen.england.number)),
        area=None if seen.figure.number is None else scale.at(float(seen.figure.number)),
        low="0",
        high=f"{plain(high)} ({beyond} further, up to {plain(max(values))})" if beyond else plain(high),
    )


def _all(values: list[float]) -> str:
    return (
        f"All {len(values)} councils: {min(values):,.1f} to {max(values):,.1f}."
        if values
        else "No council has a figure."
    )
