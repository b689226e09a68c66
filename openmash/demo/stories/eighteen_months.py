"""What came in eighteen months: families told of again and again, single contacts, requests for advice."""

from datetime import date, datetime, timedelta
from random import Random

from openmash.demo.people.families import Family, make_family
from openmash.demo.people.situations import Situation, situations
from openmash.demo.stories.asking import ask
from openmash.demo.stories.moments import later, when_it_is_told
from openmash.demo.stories.screening import from_receipt
from openmash.demo.stories.seeing import Circumstances, what_is_seen
from openmash.demo.stories.telling import tell
from openmash.demo.stories.timeline import Story
from openmash.demo.words.phrases import BABY_MONTHS
from openmash.demo.world import World, invented

SPAN = timedelta(days=548)
"""Eighteen months."""
CONTACTS = (1, 2, 3, 4, 5, 6, 8)
HOW_OFTEN = (10, 19, 23, 20, 14, 9, 5)
"""How many families of a hundred come up so many times."""
NO_SIGN = 0.12


def a_family(world: World, key: str, locality: str, rng: Random, *, may_move: bool = True) -> Family:
    """A family of a locality as it was eighteen months ago; one in six has moved since if it may."""
    kinds = list(situations().values())
    situation = rng.choices(kinds, [kind.weight for kind in kinds])[0]
    start = (world.now - SPAN).date()
    moves = None
    if may_move and rng.random() < 0.17:
        elsewhere = rng.choice([code for code in world.county.localities if code != locality])
        moves = (elsewhere, start + timedelta(days=rng.randint(120, 480)))
    return make_family(
        key,
        situation=situation.name,
        months=situation.months,
        locality=locality,
        start=start,
        rng=rng,
        moves_to=moves,
    )


def told_again_and_again(world: World, family: Family, rng: Random) -> Story:
    """A family's eighteen months. Each contact goes its own way through the front door."""
    kind = situations()[family.situation]
    days = _days(world, rng.choices(CONTACTS, HOW_OFTEN)[0], rng)
    last = world.now - SPAN
    for number, day in enumerate(days):
        how = Circumstances(signs=_signs(kind, number / max(len(days), 3), rng))
        sight = what_is_seen(world, family, day, how, rng) or what_is_seen(
            world, family, day, Circumstances(), rng
        )
        if sight is None:
            continue
        at = when_it_is_told(day, sight.source, rng)
        if at <= last:  # a school waited for term, and somebody else comes after it
            at = later(last, rng.uniform(2, 30))
        last = at
        yield at
        how.log_lines = _log_lines(rng)
        told = tell(world, family, sight, at, how, rng)
        world.timeline.begin(from_receipt(world, told, invented(f"{family.key}#{number}")))


def _log_lines(rng: Random) -> int:
    """Few send a log of their own with it; one or two send a very long one."""
    chance = rng.random()
    if chance < 0.015:
        return 80
    return rng.choice((8, 14, 20)) if chance < 0.07 else 0


def _days(world: World, count: int, rng: Random) -> list[date]:
    """Days of contact in order; the first lies early enough for the others to follow."""
    start = (world.now - SPAN).date()
    last = (world.now - timedelta(days=1)).date()
    days = sorted(start + timedelta(days=rng.randint(0, SPAN.days - 2)) for _ in range(count))
    return [min(day, last) for day in days]


def _signs(kind: Situation, progress: float, rng: Random) -> frozenset[str]:
    """The signs that may be seen now: things tend to get worse, though not in every family.

    Now and then there is no sign at all, and somebody writes all the same.
    """
    if rng.random() < NO_SIGN:
        return frozenset({""})
    chance = progress * 1.5 + rng.random() * 0.75
    stage = 0 if chance < 0.62 else 1 if chance < 1.3 else 2
    signs = kind.stages[stage] or kind.stages[max(0, stage - 1)]
    return signs | (kind.also if rng.random() < 0.6 else frozenset()) or kind.also


def single_contact(
    world: World, key: str, locality: str, source: str, at_most: datetime, rng: Random
) -> Story:
    """One concern about a family that nobody has told us of before, from a given kind of source."""
    offered = [phrase for phrase in world.seen if source in phrase.said_by]
    text = world.wording.take([phrase.text for phrase in offered], rng)
    phrase = next(phrase for phrase in offered if phrase.text == text)
    day = (at_most - timedelta(days=rng.randint(3, SPAN.days - 5))).date()
    months = phrase.months
    if months is not None and months != BABY_MONTHS:
        months = (max(months[0], 1), min(months[1], 17 * 12))
    family = make_family(
        key,
        situation="domestic_abuse",
        months=months,
        locality=locality,
        start=day,
        rng=rng,
        girl=phrase.girls_only,
    )
    how = Circumstances(sources=frozenset({source}), signs=frozenset({phrase.part}))
    sight = what_is_seen(world, family, day, how, rng)
    if sight is None:
        return
    at = when_it_is_told(day, source, rng)
    yield at
    how.log_lines = 12 if rng.random() < 0.04 else 0
    told = tell(world, family, sight, at, how, rng)
    yield from from_receipt(world, told, rng)


def a_question(world: World, key: str, locality: str, source: str, rng: Random) -> Story:
    """One request for advice about a family, in the last eighteen months."""
    family = a_family(world, key, locality, rng)
    day = (world.now - timedelta(days=rng.randint(3, SPAN.days - 5))).date()
    yield from ask(world, family, source, when_it_is_told(day, source, rng), rng)
