"""A team simulated a second time, without SimPy: a heap of the days on which places come free."""

import heapq
from datetime import date, timedelta

import numpy as np

from openmash.engines.coping import Allocation, LogNormal


def allocations(
    slots: int, weekly: float, stay: LogNormal, *, weeks: int, seed: int, first: date = date(2023, 1, 2)
) -> list[Allocation]:
    """Everybody who came in so many weeks, first come first served, with nobody held at the beginning."""
    random = np.random.default_rng(seed)
    came = sorted(random.random(random.poisson(weekly * weeks)) * 7 * weeks)
    free = [0.0] * slots
    listed = []
    for day in came:
        begins = max(day, heapq.heappop(free))
        ends = begins + float(stay.draw(random, 1)[0])
        heapq.heappush(free, ends)
        listed.append(Allocation(*(first + timedelta(days=int(each)) for each in (day, begins, ends))))
    return listed


def as_known_on(listed: list[Allocation], on: date) -> list[Allocation]:
    return [
        Allocation(
            each.accepted,
            each.begun if each.begun and each.begun <= on else None,
            each.ended if each.ended and each.ended <= on else None,
        )
        for each in listed
        if each.accepted <= on
    ]
