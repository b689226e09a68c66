"""A concern's way through the front door, from receipt to the answer and what comes after."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from openmash.apps.concerns.actions.deciding import agree, return_decision
from openmash.apps.concerns.actions.screening import record_fact, record_sign, start_screening
from openmash.apps.concerns.models import Contact, Decision
from openmash.apps.concerns.states import State
from openmash.apps.directory.models import Person
from openmash.demo.stories.deciding import Leaning, take_decision
from openmash.demo.stories.hearing_back import (
    disagreements,
    follow_ups,
    read_it,
    reads,
    send_answer,
    tell_more,
)
from openmash.demo.stories.linking import look_and_link, reload
from openmash.demo.stories.moments import later
from openmash.demo.stories.telling import Told
from openmash.demo.stories.timeline import Story
from openmash.demo.words.front_door import named, say
from openmash.demo.world import World


@dataclass(frozen=True)
class Course:
    """How far a concern comes and what is decided, where that is not left to chance.

    `rest` is the state in which it is left today, `disagree_at` the step of a disagreement left open.
    `quiet`: nothing comes after the answer has been read. `sent_back`: the second person does not agree at first.
    """

    rest: State | None = None
    leaning: Leaning | None = None
    disagree_at: int = 0
    unread: bool = False
    quiet: bool = False
    sent_back: bool = False
    links: bool = True
    pace: tuple[float, float] = field(default=(0.3, 5.0))
    """Office hours between steps, least and most."""


def from_receipt(world: World, told: Told, rng: Random, course: Course | None = None) -> Story:
    """Everything the front door does with a concern that has just come in."""
    course = course or Course()
    if course.rest is State.RECEIVED:
        return
    at = _first_look(told, rng, course)
    yield at
    screener = _screener(world, told, rng)
    contact = reload(told)
    if contact.state != State.RECEIVED:
        return
    start_screening(contact_id=contact.pk, seen_version=contact.version, by=screener, now=at)
    if course.links:
        look_and_link(world, told, screener, at, rng)
    if course.rest is State.SCREENING:
        return
    yield from _screen_and_decide(world, told, screener, at, rng, course)


def _screen_and_decide(
    world: World, told: Told, screener: Person, at: datetime, rng: Random, course: Course
) -> Story:
    """Check, decide, have it agreed if need be, and answer."""
    at = _pause(told, at, rng, course)
    yield at
    _check(world, told, screener, at, rng)
    at = _pause(told, at, rng, course)
    yield at
    decider = screener if course.rest or rng.random() < 0.85 else _manager(world, told, None, rng)
    decision = take_decision(world, told, decider, at, rng, course.leaning)
    if decision.needs_second:
        if course.rest is State.SECOND_PERSON:
            return
        at = _pause(told, at, rng, course)
        yield at
        sent_back = course.sent_back or (course.rest is None and not course.quiet and rng.random() < 0.25)
        _second_person(world, told, decision, at, rng, agrees=not sent_back)
        if sent_back:
            yield from _screen_and_decide(world, told, screener, at, rng, _as_the_policy_says(course))
            return
    follow_ups(world, told, screener, rng)
    if course.rest is State.DECIDED:
        return
    at = _pause(told, at, rng, course)
    yield at
    send_answer(world, told, screener, at, rng)
    yield from _after_the_answer(world, told, screener, at, rng, course)


def _as_the_policy_says(course: Course) -> Course:
    return replace(course, leaning=Leaning(steps=0), sent_back=False)


def _after_the_answer(
    world: World, told: Told, screener: Person, at: datetime, rng: Random, course: Course
) -> Story:
    if course.unread or not (course.disagree_at or course.quiet or reads(told, rng)):
        return
    in_haste = course.disagree_at or course.quiet
    at = later(at, 0.2) if in_haste else at + timedelta(hours=rng.uniform(0.5, 60))
    yield at
    read_it(told, at)
    if course.quiet:
        return
    if course.disagree_at or rng.random() < 0.08:
        at = yield from disagreements(world, told, later(at, 0.3), rng, open_at=course.disagree_at)
        if reload(told).state == State.SCREENING:
            again = Course(leaning=Leaning(steps=rng.choice((0, 1, 1))))
            yield from _screen_and_decide(world, told, screener, at, rng, again)
        return
    if rng.random() < 0.06:
        at += timedelta(days=rng.uniform(2, 25))
        yield at
        tell_more(world, told, at, rng)
        yield from from_receipt(world, _again(told, at), rng)


def _again(told: Told, at: datetime) -> Told:
    """The same concern, received anew: by the front door it was told to, wherever the family has moved since."""
    family = replace(told.family, homes=(told.family.home(told.at.date()),))
    return replace(told, at=at, family=family)


def _first_look(told: Told, rng: Random, course: Course) -> datetime:
    """Soon for danger at any hour; otherwise within the working day, and now and then too late."""
    if told.rank >= 5:
        return told.at + timedelta(minutes=rng.randint(4, 20))
    if told.rank == 4:
        return told.at + timedelta(minutes=rng.randint(8, 30 if course.rest else 150))
    if course == Course() and rng.random() < 0.08:
        return later(told.at, rng.uniform(10, 24))
    return later(told.at, rng.uniform(*course.pace))


def _pause(told: Told, at: datetime, rng: Random, course: Course) -> datetime:
    if told.rank >= 4:
        return at + timedelta(minutes=rng.randint(8, 25 if course.rest else 90))
    return later(at, rng.uniform(course.pace[0], course.pace[1] / 2))


def _screener(world: World, told: Told, rng: Random) -> Person:
    locality = told.family.home(told.at.date()).locality
    return rng.choice(world.county.holding("screening_practitioner", locality))


def _manager(world: World, told: Told, but: int | None, rng: Random) -> Person:
    locality = told.family.home(told.at.date()).locality
    return rng.choice([each for each in world.county.holding("manager", locality) if each.pk != but])


def _check(world: World, told: Told, by: Person, at: datetime, rng: Random) -> None:
    """What is found out before deciding: the child was seen, a sign confirmed, a question answered."""
    policy = world.policy
    contact = reload(told)
    if contact.seen != "yes" and rng.random() < 0.55 and "child_not_seen" in policy.facts_by_id:
        note = "Seen since by the school nurse or the health visitor, who rang me."
        record_fact(contact_id=contact.pk, fact="child_not_seen", answer="no", note=note, by=by, now=at)
    screeners_facts = [fact.id for fact in policy.facts_at(policy.gates[0]) if fact.asked_of == "screener"]
    for fact in screeners_facts:
        if rng.random() < 0.15:
            answer = "yes" if rng.random() < 0.03 else "no"
            record_fact(
                contact_id=contact.pk, fact=fact, answer=answer, note="From our own record.", by=by, now=at
            )
    signs = [phrase.part for phrase in told.phrases if phrase.part]
    if signs and rng.random() < 0.15:
        _confirm(world, told, contact, rng.choice(signs), by, at, rng)


def _confirm(
    world: World, told: Told, contact: Contact, sign: str, by: Person, at: datetime, rng: Random
) -> None:
    asked = rng.choice([words for source, words in world.shares.words.items() if source in ASKED_ABOUT])
    names = named(world, told.voice, told.source, Agency=asked[:1].upper() + asked[1:])
    level = world.policy.sign(sign).level
    told_before = contact.signs.filter(sign=sign).first()
    record_sign(
        contact_id=contact.pk,
        sign=sign,
        evidence=world.policy.evidence[-1].id,
        immediate_answer=told_before.immediate_answer if told_before else "not_known",
        note=say(world, "checks", level if level in ("2", "3", "4", "I") else "2", names, rng),
        by=by,
        now=at,
    )


ASKED_ABOUT = frozenset({"police", "school", "gp", "health_visiting", "housing"})


def _second_person(
    world: World, told: Told, decision: Decision, at: datetime, rng: Random, *, agrees: bool
) -> None:
    """A second person agrees, or sends it back."""
    contact = reload(told)
    by = _manager(world, told, decision.by_id, rng)
    names = named(world, told.voice, told.source)
    reason = say(world, "agree" if agrees else "return", "all", names, rng)
    give_word = agree if agrees else return_decision
    give_word(contact_id=contact.pk, seen_version=contact.version, reason=reason, by=by, now=at)
