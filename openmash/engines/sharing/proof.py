"""Every way through the questions, tried: nothing is left to examples.

There are some tens of thousands of ways at most, so each is walked. What is proved:

- every way ends in an answer, with something to write down;
- whoever may share is told at least one ground that holds for them;
- more worry never leads to less being shared, whatever else is answered;
- every promise of the text holds;
- every rule, outcome, ground and line is used by some way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from openmash.engines.sharing.answering import Answer, answer, sensible
from openmash.engines.sharing.guide import OUTCOME, WHO, WORRY, Guide


@dataclass(frozen=True)
class Proof:
    """How many different ways there are, and what is wrong; empty when all holds."""

    ways: int
    faults: tuple[str, ...]


def prove(guide: Guide) -> Proof:
    """Walk every way. Cost grows with the product of the numbers of answers."""
    found = {way: answer(guide, dict(way)) for way in _ways(guide)}
    faults = [
        *_without_ground(found),
        *_less_with_more_worry(guide, found),
        *_broken_promises(guide, found),
        *_unused(guide, found),
    ]
    return Proof(len(found), tuple(faults))


Way = tuple[tuple[str, str], ...]
"""What was asked and answered, in order."""


def _ways(guide: Guide) -> list[Way]:
    names = [question.id for question in guide.questions]
    every = product(*([choice.id for choice in question.choices] for question in guide.questions))
    walked = (sensible(guide, dict(zip(names, answers, strict=True))) for answers in every)
    return list(dict.fromkeys(tuple(way.items()) for way in walked))


def _words(way: Way) -> str:
    return "; ".join(f"{question}: {given}" for question, given in way)


def _without_ground(found: dict[Way, Answer]) -> Iterator[str]:
    told: set[tuple[str, str]] = set()
    for way, got in found.items():
        who = dict(way)[WHO]
        if got.outcome.shares and not got.grounds and (got.rule.id, who) not in told:
            told.add((got.rule.id, who))
            yield f"Rule {got.rule.id} says yes and names no ground that holds for “{who}”."
        if not got.record:
            yield f"Nothing is said of what to write down ({_words(way)})."


def _less_with_more_worry(guide: Guide, found: dict[Way, Answer]) -> Iterator[str]:
    """Two neighbouring worries, all else answered alike; a question that one of them leaves out fits any answer."""
    worries = [choice.id for choice in guide.questions_by_id[WORRY].choices]
    others = [question for question in guide.questions if question.id != WORRY]
    for answers in product(*([choice.id for choice in question.choices] for question in others)):
        rest = {question.id: given for question, given in zip(others, answers, strict=True)}
        reached = [(worry, _at(guide, found, {**rest, WORRY: worry})) for worry in worries]
        for (less, one), (more, two) in pairwise(reached):
            if two.outcome.reach < one.outcome.reach:
                yield (
                    f"With more worry less is shared: rule {one.rule.id} at “{less}” goes further than"
                    f" rule {two.rule.id} at “{more}” ({_words(tuple(rest.items()))})."
                )
                return


def _at(guide: Guide, found: dict[Way, Answer], given: dict[str, str]) -> Answer:
    return found[tuple(sensible(guide, given).items())]


def _broken_promises(guide: Guide, found: dict[Way, Answer]) -> Iterator[str]:
    for promise in guide.promises:
        meant = [(way, got) for way, got in found.items() if promise.when.holds(dict(way))]
        if not meant:
            yield f"Promise {promise.id} speaks of nothing that can happen."
        broken = next(((way, got) for way, got in meant if got.outcome.id not in promise.outcomes), None)
        if broken:
            way, got = broken
            yield f"Promise {promise.id} is broken by rule {got.rule.id}, “{got.outcome.id}” ({_words(way)})."


def _unused(guide: Guide, found: dict[Way, Answer]) -> Iterator[str]:
    rules = {got.rule.id for got in found.values()}
    grounds = {ground.id for got in found.values() for ground in got.grounds}
    outcomes = {got.outcome.id for got in found.values()}
    known = [{**dict(way), OUTCOME: got.outcome.id} for way, got in found.items()]
    yield from (f"Rule {rule.id} is never reached." for rule in guide.rules if rule.id not in rules)
    yield from (f"“{each.id}” is never answered." for each in guide.outcomes if each.id not in outcomes)
    yield from (f"Ground “{each.id}” is never named." for each in guide.grounds if each.id not in grounds)
    for line in guide.lines:
        if not any(line.when.holds(way) for way in known):
            yield f"The line “{line.line}” is never shown."
