"""After the door closed: what came of children whose concern ended at the front door, as it may be shown."""

from dataclasses import dataclass

import numpy as np

from openmash.apps.review.local.counted import name_of
from openmash.apps.review.sheets import Sheet, Value
from openmash.engines.review.local import after as closed_at_door
from openmash.engines.review.local.after import COMES, MEANS, Asked
from openmash.engines.review.local.history import Source
from openmash.engines.review.local.store import Store
from openmash.engines.statistics.cumulative_incidence import Followed, Incidence, Whole, incidence
from openmash.engines.statistics.disclosure import PERCENT_OF, bounds_shown, roughly, share_shown, steps_shown

HORIZONS = {91: "3 months", 183: "6 months", 365: "1 year", 730: "2 years", 1096: "3 years", 1826: "5 years"}
MONTHLY = np.array([0, *(round(month * 30.4375) for month in range(1, 121))])
HEAD = ("Followed", "Still followed", "In 100", "At least", "At most")
BY = {
    "level": ("Level the threshold gave", "policy_level"),
    "agency_kind": ("Who raised it", "agency_kind"),
    "first_answer": ("First answer", "first_answer"),
    "sign": ("Sign", "signs"),
}
MIND = (
    "Where a child moved away, turned 18 or died first, nothing more can come. That nothing came is no proof "
    "that all is well, and that something came no proof that the decision was wrong. No line goes on past what has "
    "been followed."
)
LARGE = 100_000
SERIOUS_KEPT = frozenset(f"{kind}_on" for kind in COMES[Asked.SERIOUS])


@dataclass(frozen=True)
class Curve:
    """The share to which it had happened by each day, as it may be drawn: day, share, low, high in 100."""

    asked: Asked
    points: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class After:
    """Tables and drawings."""

    parts: tuple[tuple[Sheet, str, str], ...]
    curves: tuple[Curve, ...]


def after(store: Store, history: Source, replications: int) -> After:
    """Both questions, of everybody and by each group. Nothing where the history does not say what was closed."""
    if not {"closed_at_door", "child"} <= history.has:
        return After((), ())
    parts, curves = [], []
    for asked in Asked:
        if asked is Asked.SERIOUS and not SERIOUS_KEPT & history.has:
            continue  # what nobody writes down is not known, and never none
        found = closed_at_door.closed(store, asked)
        followed = Followed(found.days, found.cause, found.cluster)
        times = replications if len(found.days) <= LARGE else min(replications, 100)
        everybody = incidence(
            followed, np.zeros(len(found.days), dtype=np.int64), 1, MONTHLY, replications=times
        )[0]
        curves.append(Curve(asked, _points(everybody, _households(followed))))
        parts.append(_everybody(asked, followed, found.not_followed, times))
        for by, (title, column) in BY.items():
            if column in history.has:
                parts.append(_grouped(store, asked, followed, by, title, times))
    return After(tuple(parts), tuple(curves))


def _everybody(asked: Asked, followed: Followed, not_followed: int, times: int) -> tuple[Sheet, str, str]:
    group = np.zeros(len(followed.days), dtype=np.int64)
    found = incidence(followed, group, 1, np.array(list(HORIZONS)), replications=times)[0]
    rows = tuple(
        (HORIZONS[int(day)], *row)
        for day, row in zip(found.days, _shown(found, _households(followed)), strict=False)
    )
    sheet = Sheet(f"after-{asked}", f"After the door closed: {MEANS[asked]}", ("By", *HEAD), rows)
    said = " Concerns about children nobody knows cannot be followed." if not_followed else ""
    return (
        sheet,
        f"Of every 100 concerns closed at the front door, after how many there was {MEANS[asked]}.{said}",
        MIND,
    )


def _grouped(
    store: Store, asked: Asked, followed: Followed, by: str, title: str, times: int
) -> tuple[Sheet, str, str]:
    if by == "sign":
        row, group, names = closed_at_door.signs_of(store)
        followed = Followed(followed.days[row], followed.cause[row], followed.cluster[row])
    else:
        group, names = closed_at_door.groups_by(store, by)
    households = _households(followed)
    rows = tuple(
        (name_of(by, name), HORIZONS[int(day)], *shown_row)
        for name, found in zip(names, _of_groups(followed, group, len(names), times), strict=True)
        for day, shown_row in zip(found.days, _shown(found, households), strict=False)
    )
    sheet = Sheet(
        f"after-{asked}-{by.replace('_', '-')}",
        f"{MEANS[asked].capitalize()}: {title.lower()}",
        (title, "By", *HEAD),
        rows,
    )
    return (
        sheet,
        f"The same, by {title.lower()}. Groups are of different children: this describes, and advises nothing.",
        "",
    )


def _of_groups(followed: Followed, group: Whole, groups: int, times: int) -> tuple[Incidence, ...]:
    return incidence(followed, group, groups, np.array(list(HORIZONS)), replications=times)


def _shown(found: Incidence, households: float) -> list[tuple[Value, ...]]:
    """A row for each horizon, as far as anybody is still followed; without a figure where it would tell of a few."""
    return [
        (
            roughly(found.entries),
            roughly(int(found.at_risk[place])),
            *(_figures(found, place, households, may)),
        )
        for place, may in enumerate(steps_shown([int(each) for each in found.came]))
    ]


Figures = tuple[int, int, int]


def _figures(found: Incidence, place: int, households: float, may: bool) -> Figures | tuple[None, None, None]:
    """The share and its bounds in 100; nothing where one of them would tell of a few children.

    Where nothing came at all, drawing households again finds nothing either: the most is then what as many households
    would leave open, with a chance of 1 in 40 (Hanley and Lippman-Hand 1983).
    """
    share, low, high = (float(each[place]) for each in (found.share, found.low, found.high))
    left = int(found.at_risk[place])
    if not found.came[place] and left:
        high = 1 - 0.025 ** (1 / max(1.0, left * households))
    said = share_shown(share, found.entries)
    least, most = bounds_shown(low, high, found.entries)
    if not may or said is None or least is None or most is None or (said == 0 and found.came[place]):
        return None, None, None
    return said, min(least, said), max(most, said)


def _points(found: Incidence, households: float) -> tuple[tuple[int, int, int, int], ...]:
    points = []
    for place, may in enumerate(steps_shown([int(each) for each in found.came])):
        share, low, high = _figures(found, place, households, may)
        if found.at_risk[place] >= PERCENT_OF and share is not None and low is not None and high is not None:
            points.append((int(found.days[place]), share, low, high))
    return tuple(points)


def _households(followed: Followed) -> float:
    """How many households there are for each concern that is followed."""
    return len(np.unique(followed.cluster)) / max(1, len(followed.cluster))
