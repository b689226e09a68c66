"""Requests for advice: mostly without a name, answered by an adviser, and sometimes becoming a concern."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from openmash.apps.concerns.account import Account, Raiser
from openmash.apps.concerns.actions.answering import become_concern, give_advice
from openmash.apps.concerns.actions.raising import ask_advice
from openmash.apps.concerns.states import State
from openmash.demo.people.families import Family
from openmash.demo.stories.hearing_back import addressed, disagreements, read_it, reads
from openmash.demo.stories.linking import reload
from openmash.demo.stories.moments import AT_HOME, later
from openmash.demo.stories.screening import from_receipt
from openmash.demo.stories.seeing import Circumstances, Sight, what_is_seen
from openmash.demo.stories.telling import Tale, Told, as_told, tale_of
from openmash.demo.stories.timeline import Story
from openmash.demo.tables import rows
from openmash.demo.words.voice import Voice
from openmash.demo.world import World

BEGINNINGS = (
    "",
    "A quick one, I hope. ",
    "I would rather not give the name yet. ",
    "I am not sure whether this is for you. ",
    "We talked about this in the team and did not agree. ",
    "I have looked at the threshold document and am none the wiser. ",
)
ENDINGS = (
    "",
    " What would you do?",
    " I can ring if that is easier.",
    " The parents do not know that I am asking.",
    " I would like to have something to tell my manager.",
    " I have written everything down with dates.",
)
ADVICE_ENDS = (
    "You can come back to me at any time, with a name or without.",
    "If anything changes, or you are still uneasy tomorrow, ring us.",
    "I have kept what you wrote, so you need not start again if you ring.",
    "If you would rather raise it now, press the button and nothing need be typed twice.",
)


HE = (
    {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    {"he": "he", "him": "him", "his": "his", "himself": "himself"},
)


@dataclass(frozen=True)
class Asking:
    """How a request goes on, where that is not left to chance."""

    rest: State | None = None
    becomes: bool | None = None
    disagree_at: int = 0


def ask(
    world: World, family: Family, source: str, at: datetime, rng: Random, course: Asking | None = None
) -> Story:
    """A request for advice and what comes of it. `family` is the one it is about, named or not."""
    course = course or Asking()
    yield at
    offered = {
        row["question"]: row["answer"] for row in rows("words/advice") if source in row["from"].split()
    }
    question, he = world.wording.take(offered, rng), rng.choice(HE)
    sight = Sight(source, family.children[0], ())
    names_child = source not in AT_HOME and rng.random() < 0.25
    circumstances = Circumstances(given=_question(world, question, he, names_child, rng))
    tale = tale_of(world, family, sight, at.date(), circumstances, rng)
    tale = tale if names_child else replace(tale, keys=(), voice=_unnamed(tale.voice))
    told = _send(world, family, sight, tale, at)
    if course.rest is State.ASKED:
        return
    becomes = course.becomes if course.becomes is not None else rng.random() < 0.14
    if becomes and rng.random() < 0.4 and course.rest is None:
        yield from _raise_it_after_all(world, told, at + timedelta(hours=rng.uniform(1, 5)), rng)
        return
    at = later(at, rng.uniform(0.5, 7 if rng.random() < 0.9 else 16))
    yield at
    _advise(world, told, world.wording.say(offered[question], he, rng), at, rng)
    if not (becomes or course.disagree_at or reads(told, rng)):
        return
    at += timedelta(hours=rng.uniform(0.5, 20))
    yield at
    read_it(told, at)
    if becomes:
        yield from _raise_it_after_all(world, told, at + timedelta(hours=rng.uniform(0.5, 30)), rng)
    elif course.disagree_at or rng.random() < 0.05:
        at = yield from disagreements(world, told, later(at, 0.2), rng, open_at=course.disagree_at)
        if reload(told).state == State.ASKED:
            yield later(at, 1)
            _advise(world, told, world.wording.say(offered[question], he, rng), later(at, 1), rng)


def _question(
    world: World, question: str, he: dict[str, str], names_child: bool, rng: Random
) -> dict[str, object]:
    text = rng.choice(BEGINNINGS) + world.wording.say(question, he, rng) + rng.choice(ENDINGS)
    given: dict[str, object] = {"question": text, "account": "", "signs": (), "facts": {}, "in_danger": "no"}
    given |= {"where_now": "", "parents_know": "not_known", "parents_know_why_not": ""}
    return given if names_child else {**given, "parts": (), "seen": "not_known", "spoken_to": "not_known"}


def _unnamed(voice: Voice) -> Voice:
    """The same people, when the child is not named."""
    return Voice({**voice.names, "child": "the child", "Child": "The child"})


def _send(world: World, family: Family, sight: Sight, tale: Tale, at: datetime) -> Told:
    contact = ask_advice(account=tale.account, by=tale.by, now=at).contact
    told = as_told(world, contact, family, sight, tale, at)
    world.shares.told[sight.source] -= 1  # the published shares are of concerns
    return told


def _advise(world: World, told: Told, advice: str, at: datetime, rng: Random) -> None:
    contact = reload(told)
    locality = told.family.home(told.at.date()).locality
    adviser = rng.choice(world.county.holding("adviser", locality))
    greeting = f"Hello {addressed(told)},".replace(" ,", ",")
    text = "\n\n".join([greeting, advice, world.wording.take(ADVICE_ENDS, rng), adviser.name])
    give_advice(contact_id=contact.pk, seen_version=contact.version, text=text, by=adviser, now=at)


def _raise_it_after_all(world: World, asked: Told, at: datetime, rng: Random) -> Story:
    """The person who asked raises the concern that it has become."""
    sight = what_is_seen(
        world, asked.family, at.date(), Circumstances(sources=frozenset({asked.source})), rng
    )
    if sight is None:
        return
    yield at
    circumstances = Circumstances(given={"arose_from": asked.contact_id})
    tale = tale_of(world, asked.family, sight, at.date(), circumstances, rng, by=asked.by)
    account: Account = replace(tale.account, raiser=Raiser(source=asked.source))
    contact = become_concern(account=account, by=asked.by, now=at, codes=asked.codes).contact
    told = as_told(world, contact, asked.family, sight, tale, at)
    yield from from_receipt(world, told, rng)
