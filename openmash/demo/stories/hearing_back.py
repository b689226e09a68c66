"""After the answer: reading it, disagreeing with it, doing what was promised, hearing something new."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random

from openmash.apps.concerns.actions.answering import acknowledge, answer
from openmash.apps.concerns.actions.disagreeing import already_had_a_say, disagree, reply_to_disagreement
from openmash.apps.concerns.actions.follow_ups import finish_follow_up
from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.concerns.models import Contact, FollowUp
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.apps.concerns.states import Kind
from openmash.apps.concerns.steps import LAST_STEP
from openmash.apps.directory.models import Person
from openmash.demo.stories.linking import reload
from openmash.demo.stories.moments import AT_HOME, later
from openmash.demo.stories.telling import Told
from openmash.demo.stories.timeline import Story
from openmash.demo.words.front_door import answer_text, answer_to_a_child, answer_to_the_public, named, say
from openmash.demo.world import World

TITLES = ("Dr", "PC", "DC", "Sgt")
REPLIES_AT = {1: "screening_practitioner", 2: "manager", 3: "head_of_service", 4: "safeguarding_partner"}


def send_answer(world: World, told: Told, by: Person, at: datetime, rng: Random) -> None:
    """Send the answer, or write why that would be unsafe."""
    contact = reload(told)
    if contact.decision is None:
        raise RuntimeError(f"{contact.reference} has no decision to answer with.")
    level, pathway = (
        world.policy.level(contact.decision.level),
        world.policy.pathway(contact.decision.pathway),
    )
    names = named(world, told.voice, told.source, raiser=addressed(told), Raiser="The person who raised it")
    unsafe = told.source in ("family", "child") and rng.random() < 0.3
    if told.source == "child":
        text = answer_to_a_child(world, names, rng)
    elif told.source in AT_HOME:
        text = answer_to_the_public(world, names, rng)
    else:
        text = answer_text(world, level, pathway, names, rng)
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="" if unsafe else text,
        unsafe_because=say(world, "unsafe", "all", names, rng) if unsafe else "",
        by=by,
        now=at,
    )


def addressed(told: Told) -> str:
    """How somebody with an account is addressed: by first name, or by title and last name."""
    words = told.by.name.split() if told.by else [""]
    return " ".join((words[0], words[-1])) if words[0] in TITLES else words[0]


def read_it(told: Told, at: datetime) -> None:
    """The person who raised it opens the answer and says that they have read it."""
    look_as_raiser(told.contact_id, by=told.by, now=at, codes=told.codes)
    acknowledge(contact_id=told.contact_id, by=told.by, now=at, codes=told.codes)


def reads(told: Told, rng: Random) -> bool:
    """Whether the answer is read in the days after it: most people with an account do."""
    return rng.random() < (0.35 if told.source in AT_HOME else 0.86)


def say_no(world: World, told: Told, at: datetime, rng: Random) -> int:
    """The person who raised it disagrees. Returns the step."""
    contact = reload(told)
    names = named(world, told.voice, told.source)
    part = "disagree_advice" if contact.kind == Kind.ADVICE else "disagree"
    higher = [
        level
        for level in world.policy.levels
        if contact.decision and level.rank == contact.decision.level_rank + 1
    ]
    return disagree(
        contact_id=told.contact_id,
        reason=say(world, part, "public" if told.source in AT_HOME else "agency", names, rng),
        level_asked=higher[0].code if higher and rng.random() < 0.7 else "",
        by=told.by,
        now=at,
        codes=told.codes,
    ).step


def reply(world: World, told: Told, step: int, stands: bool, at: datetime, rng: Random) -> bool:
    """The people of this step answer the disagreement. False if all of them have had a say in it before."""
    contact = reload(told)
    locality = told.family.home(told.at.date()).locality
    role = "adviser" if contact.kind == Kind.ADVICE and step == 1 else REPLIES_AT[step]
    spoken = already_had_a_say(contact) if step > 1 else frozenset()
    people = [person for person in world.county.holding(role, locality) if person.pk not in spoken]
    if not people:
        return False
    part, whom = ("stands", str(step)) if stands else ("again", "all")
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="stands" if stands else "decide_again",
        reason=say(world, part, whom, named(world, told.voice, told.source), rng),
        by=rng.choice(people),
        now=at,
    )
    return True


def disagreements(
    world: World, told: Told, at: datetime, rng: Random, *, open_at: int = 0
) -> Generator[datetime, None, datetime]:
    """Step after step until it stands, is decided again, or is left. `open_at`: the step left open today.

    Returns the moment after the last step.
    """
    while True:
        yield at
        step = say_no(world, told, at, rng)
        if step == open_at:
            return at
        at = later(at, rng.uniform(1, 3 + 4 * step))
        yield at
        stands = bool(open_at) or rng.random() < 0.6
        if not reply(world, told, step, stands, at, rng):
            return at
        at += timedelta(hours=rng.uniform(3, 30))
        if not stands or step == LAST_STEP or (not open_at and rng.random() < 0.65):
            return at


def follow_ups(world: World, told: Told, by: Person, rng: Random) -> None:
    """Begin a story for each thing that is owed: most are done in time, some late, a few not yet."""
    for owed in FollowUp.objects.filter(contact_id=told.contact_id, done__isnull=True).order_by("id"):
        if owed.pk in world.owed:
            continue
        world.owed.add(owed.pk)
        if rng.random() < 0.9:
            world.timeline.begin(_finish(world, told, owed, by, rng.random(), rng))


def _finish(world: World, told: Told, owed: FollowUp, by: Person, chance: float, rng: Random) -> Story:
    spare = max(owed.due_at - owed.at, timedelta(minutes=30))
    at = (
        later(owed.at + spare * (0.3 + 0.6 * chance), 0.2)
        if chance < 0.8
        else later(owed.due_at, 1 + 20 * chance)
    )
    yield at
    part = owed.duty if owed.duty in world.replies else "other_duty"
    note = say(world, part, "all", named(world, told.voice, told.source), rng)
    finish_follow_up(contact_id=told.contact_id, follow_up_id=owed.pk, note=note, by=by, now=at)


def tell_more(world: World, told: Told, at: datetime, rng: Random) -> Contact:
    """Something new is added to the concern, which opens again if it had ended."""
    names = named(world, told.voice, told.source)
    names.setdefault("Other", "The partner")
    text = say(world, "new", told.source, names, rng)
    add_information(contact_id=told.contact_id, text=text, by=told.by, now=at, codes=told.codes)
    return reload(told)
