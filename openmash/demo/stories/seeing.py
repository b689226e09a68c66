"""Who could have seen what of a family on a day, and choosing one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from openmash.demo.people.families import Family, FamilyChild
from openmash.demo.words.accounts import MISSING
from openmash.demo.words.phrases import Phrase
from openmash.demo.world import World
from openmash.engines.thresholds import Sign

ANOTHER_ADULT = frozenset({"other", "Other", "otherword", "Otherword"})
Wanted = Callable[[Sign], bool]


@dataclass(frozen=True)
class Sight:
    """What one source has seen of one child."""

    source: str
    child: FamilyChild
    phrases: tuple[Phrase, ...]


@dataclass
class Circumstances:
    """Anything about the telling that is not left to chance."""

    sources: frozenset[str] | None = None
    signs: frozenset[str] | None = None
    wanted: Wanted | None = None
    immediate_answer: str = ""
    log_lines: int = 0
    given: dict[str, object] = field(default_factory=dict)


def _sights(
    world: World, family: Family, day: date, how: Circumstances
) -> dict[str, list[tuple[FamilyChild, Phrase]]]:
    """By source, what it could say of which child."""
    found: dict[str, list[tuple[FamilyChild, Phrase]]] = {}
    for child in family.children:
        for phrase in world.seen:
            if _could_be_said(world, family, child, phrase, day, how):
                for source in sorted(phrase.said_by):
                    found.setdefault(source, []).append((child, phrase))
    return {source: seen for source, seen in found.items() if how.sources is None or source in how.sources}


def anybody_sees(world: World, family: Family, day: date, how: Circumstances) -> bool:
    """Whether anybody could say anything of the kind wanted of this family on a day."""
    return bool(_sights(world, family, day, how))


def what_is_seen(world: World, family: Family, day: date, how: Circumstances, rng: Random) -> Sight | None:
    """Choose who says what of this family on a day; None if nobody could say anything of the kind wanted."""
    found = _sights(world, family, day, how)
    if not found:
        return None
    source = world.shares.next_of(found, rng)
    children = [child for child, _ in found[source]]
    child = children[0] if rng.random() < 0.75 else rng.choice(children)
    offered = [phrase for each, phrase in found[source] if each is child]
    return Sight(source, child, _some(world, offered, rng))


def _could_be_said(
    world: World, family: Family, child: FamilyChild, phrase: Phrase, day: date, how: Circumstances
) -> bool:
    if how.signs is not None and phrase.part not in how.signs:
        return False
    if phrase.part and how.wanted is not None and not how.wanted(world.policy.sign(phrase.part)):
        return False
    if not phrase.part and how.wanted is not None:
        return False
    if ANOTHER_ADULT & phrase.needs and family.other is None:
        return False
    if {"sibling", "Sibling"} & phrase.needs and not family.siblings(child, day):
        return False
    return phrase.fits(child.months(day), child.sex)


def _some(world: World, offered: Sequence[Phrase], rng: Random) -> tuple[Phrase, ...]:
    """One to three phrases about different signs, the least used first."""
    chosen: dict[str, Phrase] = {}
    for _ in range(rng.choices((1, 2, 3), (55, 30, 15))[0]):
        left = [phrase for phrase in offered if phrase.part not in chosen]
        if left:
            text = world.wording.take([phrase.text for phrase in left], rng)
            phrase = next(phrase for phrase in left if phrase.text == text)
            if phrase.part in MISSING:
                return (phrase,)  # whoever reports a child missing says nothing else
            chosen[phrase.part] = phrase
    return tuple(chosen.values())
