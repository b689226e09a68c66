"""What a team's own list of allocations says: how many come, when in the year, and how long work lasts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from openmash.engines.coping.inputs import DAYS_IN_WEEK, LEVEL_SEASON, Demand, Measured, NotPossible

FEWEST_WEEKS = 12
YEARS_FOR_A_SEASON = 2


@dataclass(frozen=True)
class Allocation:
    """One child's turn: the day accepted, the day somebody took the work, the day it ended. None: not yet."""

    accepted: date
    begun: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Learned:
    """Demand as it was from `first` to `last`, both Mondays to Sundays; how many were held and waiting at the end;
    the average wait in days of those who came in that time and whose work has begun.
    """

    demand: Demand
    first: date
    last: date
    held: int
    waiting: int
    wait: float


def learn(allocations: Sequence[Allocation], *, first: date, last: date, returns: float = 0.0) -> Learned:
    """What whole weeks from `first` to `last` say. Nothing after `last` is looked at: what ended later had not ended.

    Children who came back stand in the list once for each time; `returns` is how many of those whose work ends do.

    Raises:
        NotPossible: fewer than twelve whole weeks, nobody came, or no work ended.
    """
    monday = first + timedelta(days=-first.weekday() % DAYS_IN_WEEK)
    weeks = ((last - monday).days + 1) // DAYS_IN_WEEK
    if weeks < FEWEST_WEEKS:
        raise NotPossible(f"At least {FEWEST_WEEKS} whole weeks are needed to learn from.")
    end = monday + timedelta(days=DAYS_IN_WEEK * weeks - 1)
    known = [_as_known(each, end) for each in allocations if each.accepted <= end]
    came = [each for each in known if each.accepted >= monday]
    by_week = Counter((each.accepted - monday).days // DAYS_IN_WEEK for each in came)
    counts = [by_week[week] for week in range(weeks)]
    if not sum(counts):
        raise NotPossible("Nobody came in that time.")
    waits = [(each.begun - each.accepted).days for each in came if each.begun]
    season = _season(came, weeks)
    return Learned(
        Demand(sum(counts) / weeks, lengths(known, end), returns, season, _spread(counts)),
        monday,
        end,
        held=sum(each.begun is not None and each.ended is None for each in known),
        waiting=sum(each.begun is None for each in known),
        wait=sum(waits) / len(waits) if waits else 0.0,
    )


def _as_known(each: Allocation, on: date) -> Allocation:
    return Allocation(
        each.accepted,
        each.begun if each.begun and each.begun <= on else None,
        each.ended if each.ended and each.ended <= on else None,
    )


def lengths(known: Sequence[Allocation], on: date) -> Measured:
    """How long work lasts, allowing for what has not ended yet (product limit; Kaplan and Meier 1958).

    Taking only what has ended would leave out most long work. What outlasts everything seen is taken to end with the
    longest, so the average is, if anything, too short.
    """
    begun = [each for each in known if each.begun]
    seen = [((each.ended or on) - each.begun, each.ended is not None) for each in begun if each.begun]
    ends = Counter(length.days for length, ended in seen if ended)
    if not ends:
        raise NotPossible("No work ended in that time, so nothing says how long it lasts.")
    all_lengths = Counter(length.days for length, _ in seen)
    left, at_risk = 1.0, len(seen)
    shares: dict[int, float] = {}
    for day in sorted(all_lengths):
        share = left * ends[day] / at_risk
        if share:
            shares[day] = share
        left -= share
        at_risk -= all_lengths[day]
    longest = max(all_lengths)
    shares[longest] = shares.get(longest, 0.0) + max(left, 0.0)
    total = sum(shares.values())
    return Measured(tuple(map(float, shares)), tuple(share / total for share in shares.values()))


def _season(came: Sequence[Allocation], weeks: int) -> tuple[float, ...]:
    """Only from two whole years on; before that one month cannot be told from one busy spell."""
    if weeks < 52 * YEARS_FOR_A_SEASON:
        return LEVEL_SEASON
    start = min(each.accepted for each in came)
    days = Counter((start + timedelta(days=day)).month for day in range(weeks * DAYS_IN_WEEK))
    counts = Counter(each.accepted.month for each in came)
    daily = [counts[month] / days[month] for month in range(1, 13)]
    average = sum(daily) / 12
    return tuple(each / average for each in daily)


def _spread(counts: Sequence[int]) -> float:
    """How much weeks differ from one to the next, so that a season or a trend is not taken for restlessness."""
    mean = sum(counts) / len(counts)
    steps = [(after - before) ** 2 for before, after in pairwise(counts)]
    return max(1.0, sum(steps) / len(steps) / 2 / mean)
