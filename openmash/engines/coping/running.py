"""One run: children come, wait for a slot, keep it for as long as the work lasts, and some come back.

SimPy keeps the clock and the queue (first come, first served). A person who is away asks for as many slots as they
hold, ahead of every child: so nothing new is taken on until the team has become that much smaller.
"""

from bisect import insort
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.resources.resource import SortedQueue

from openmash.engines.coping.inputs import DAYS_IN_WEEK, DAYS_IN_YEAR, Floats, Scenario

_AHEAD, _IN_TURN = -1, 0
_DRAWN_AT_ONCE = 512
_LONGEST_AFTER = 52 * 20
"""So many weeks after the last one that is looked at, whoever still waits is taken as having waited until then."""


@dataclass(frozen=True)
class Run:
    """`waits` in days, and in which week each child came; then, at the end of each week, how many waited and how many
    were held. Children who came back are among them, each time for themselves.
    """

    waits: Floats
    weeks: NDArray[np.int64]
    waiting: NDArray[np.int64]
    held: NDArray[np.int64]


def run(scenario: Scenario, seed: np.random.SeedSequence) -> Run:
    """What becomes of one run; the same seed gives the same run."""
    return _Running(scenario, seed).run()


class _InOrder(SortedQueue):
    """A queue kept in order by putting each where it belongs. SimPy's own sorts all of it again for each that comes."""

    def append(self, request: Any) -> None:
        insort(self, request, key=lambda each: each.key)


class _Slots(simpy.PriorityResource):
    PutQueue = _InOrder


class _Running:
    def __init__(self, scenario: Scenario, seed: np.random.SeedSequence) -> None:
        self.scenario, self.demand = scenario, scenario.demand
        # A stream for each, so that a scenario with more posts meets the very same children.
        self.coming, self.lasting, self.returning, self.being_away = (
            np.random.default_rng(each) for each in seed.spawn(4)
        )
        self.clock = simpy.Environment()
        self.slots = _Slots(self.clock, capacity=scenario.team.slots)
        self.stays = self._stays()
        self.first_day = scenario.warm_up * DAYS_IN_WEEK
        self.last_day = self.first_day + scenario.weeks * DAYS_IN_WEEK
        self.waits: list[tuple[float, int]] = []
        self.queue = self.held = 0
        self.still_to_begin = 0
        self.by_week: list[tuple[int, int]] = []
        self.all_begun = self.clock.event()

    def run(self) -> Run:
        for stay in self._met_under_way():
            self._ask(stay)
        for _ in range(self.scenario.waiting):
            self._ask(None)
        self.clock.process(self._weeks())
        for size in self._people():
            self.clock.process(self._in_and_out(size))
        self.clock.run(until=self.last_day)
        self.by_week.append((self.queue, self.held))
        self._let_the_last_begin()
        waits = np.array([wait for wait, _ in self.waits], dtype=np.float64)
        weeks = np.array([week for _, week in self.waits], dtype=np.int64)
        counted = np.array(self.by_week[self.scenario.warm_up :], dtype=np.int64).reshape(-1, 2)
        return Run(waits, weeks, counted[:, 0], counted[:, 1])

    def _let_the_last_begin(self) -> None:
        """Whoever came in the last week may wait long after it, and counts with the whole of that wait.

        Nobody comes after the last day: first come, first served, so it would make no difference to these.
        """
        if self.still_to_begin:
            limit = self.clock.timeout(_LONGEST_AFTER * DAYS_IN_WEEK)
            self.clock.run(until=self.all_begun | limit)
        for came in (each for each in self._unbegun() if self._is_looked_at(each)):
            self.waits.append((self.clock.now - came, self._week(came)))

    def _unbegun(self) -> Iterator[float]:
        return (request.came for request in self.slots.put_queue if hasattr(request, "came"))

    # --- children ---

    def _met_under_way(self) -> Floats:
        """How much longer the work lasts that is under way at the beginning."""
        count = self.scenario.held_at_first
        return self.demand.stay.draw_met(self.lasting, count) * self.lasting.random(count)

    def _stays(self) -> Iterator[float]:
        while True:
            yield from self.demand.stay.draw(self.lasting, _DRAWN_AT_ONCE).tolist()

    def _ask(self, stay: float | None) -> None:
        """A child comes; `stay` where it is known already, of those whose work is under way."""
        came = self.clock.now
        looked_at = self._is_looked_at(came) and stay is None
        self.queue += 1
        self.still_to_begin += looked_at
        request = self.slots.request(priority=_IN_TURN)
        request.came = came  # type: ignore[attr-defined]
        self._when(request, lambda: self._begin(request, came, stay, looked_at=looked_at))

    def _begin(self, request: Any, came: float, stay: float | None, *, looked_at: bool) -> None:
        self.queue -= 1
        self.held += 1
        if looked_at:
            self.waits.append((self.clock.now - came, self._week(came)))
            self.still_to_begin -= 1
            if not self.still_to_begin and self.clock.now >= self.last_day and not self.all_begun.triggered:
                self.all_begun.succeed()
        lasts = next(self.stays) if stay is None else stay
        self._when(self.clock.timeout(lasts), lambda: self._end(request))

    def _end(self, request: Any) -> None:
        self.held -= 1
        self.slots.release(request)
        comes_back, after = self.returning.random(2)
        in_time = self.clock.now + after * DAYS_IN_YEAR < self.last_day
        if comes_back < self.demand.returns and in_time:
            self._when(self.clock.timeout(after * DAYS_IN_YEAR), lambda: self._ask(None))

    def _when(self, event: Any, then: Callable[[], None]) -> None:
        event.callbacks.append(lambda _: then())

    def _is_looked_at(self, came: float) -> bool:
        return self.first_day <= came < self.last_day

    def _week(self, came: float) -> int:
        return int((came - self.first_day) // DAYS_IN_WEEK)

    # --- weeks ---

    def _weeks(self) -> Generator[Any, Any, None]:
        """Each week, those who come for the first time, and those who come back from before the beginning."""
        while self.clock.now < self.last_day:
            for day in self._days_of_coming():
                self._when(self.clock.timeout(day), lambda: self._ask(None))
            yield self.clock.timeout(DAYS_IN_WEEK)
            if self.clock.now < self.last_day:
                self.by_week.append((self.queue, self.held))

    def _days_of_coming(self) -> Floats:
        demand, middle = self.demand, self.clock.now + DAYS_IN_WEEK / 2
        from_before = demand.returns * max(0.0, 1 - middle / DAYS_IN_YEAR)
        month = (self.scenario.first_month - 1 + int(middle / DAYS_IN_YEAR * 12)) % 12
        expected = demand.weekly * (1 - demand.returns + from_before) * demand.season[month]
        if demand.spread > 1 and expected > 0:
            expected = self.coming.gamma(expected / (demand.spread - 1), demand.spread - 1)
        return self.coming.random(self.coming.poisson(expected)) * DAYS_IN_WEEK

    # --- people ---

    def _people(self) -> list[int]:
        """How many slots each person has; the last one fewer where a post is not full time."""
        if not self.scenario.team.away:
            return []
        full, rest = divmod(self.scenario.team.slots, self.scenario.team.caseload)
        return [self.scenario.team.caseload] * full + ([rest] if rest else [])

    def _in_and_out(self, size: int) -> Generator[Any, Any, None]:
        team = self.scenario.team
        present = team.spell * (1 - team.away) / team.away
        is_away = self.being_away.random() < team.away
        while True:
            if is_away:
                requests = [self.slots.request(priority=_AHEAD) for _ in range(size)]
                yield self.clock.timeout(self.being_away.exponential(team.spell))
                for request in requests:
                    if request.triggered:
                        self.slots.release(request)
                    else:
                        request.cancel()
            else:
                yield self.clock.timeout(self.being_away.exponential(present))
            is_away = not is_away
