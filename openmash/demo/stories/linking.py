"""Saying which earlier descriptions are of the same child or household, as a screener would on the page."""

from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from openmash.apps.concerns.actions.asking_elsewhere import answer_elsewhere
from openmash.apps.concerns.actions.linking import say_household, say_not_same_person, say_same_person
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.concerns.queries.already_known import Possible, already_known
from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.directory.models import Person
from openmash.apps.families.queries import evidence_kept, known_people_of
from openmash.demo.stories.telling import Told
from openmash.demo.words.front_door import named, say
from openmash.demo.world import World
from openmash.engines.matching.judging import Match, Sureness

NOTICED = 0.93
"""How often a screener looks at a proposal. What is missed can still be found today."""
SET_APART = 0.15
"""How often a brother or sister is said not to be the same child; mostly the proposal is just passed over."""
RUNG = 0.8
"""How often the front door that is asked rings within the day. The rest still waits on its worklist."""
ALIKE_ENOUGH = frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE, Sureness.SIBLING_OR_TWIN})


def look_and_link(world: World, told: Told, by: Person, at: datetime, rng: Random) -> None:
    """Open the concern, look at who may be known already, and say so, or say that it is somebody else."""
    contact = look_as_hub(told.contact_id, by=by, now=at)
    if world.told_of[told.family.key] < 2:
        return  # the record has nothing about them, and looking for it takes time
    known = already_known(contact, by=by, now=at)
    settled: set[UUID] = set()
    for possible in known.possible:
        looked_at = possible.match.sureness in ALIKE_ENOUGH and possible.description.pk not in settled
        if looked_at and rng.random() < NOTICED:
            _say(world, told, possible, by, at, rng, settled)
    for home in known.same_address:
        if rng.random() < NOTICED:
            say_household(
                contact_id=contact.pk,
                earlier_contact_id=home.pk,
                same=True,
                reason=say(world, "household", "all", {}, rng),
                by=by,
                now=at,
            )
            world.linked.setdefault(contact.pk, []).append(home.source)
    _rung_from_elsewhere(world, told, at, rng)


def _say(
    world: World, told: Told, possible: Possible, by: Person, at: datetime, rng: Random, settled: set[UUID]
) -> None:
    mine = world.children.get(possible.description.pk)
    theirs = world.children.get(possible.earlier[0].pk)
    because = _because(possible.match)
    names = named(world, told.voice, told.source, Because=because, Sourceword="This")
    who: dict[str, Any] = {
        "contact_id": told.contact_id,
        "description_id": possible.description.pk,
        "earlier_id": possible.earlier[0].pk,
        "shown": evidence_kept(possible.match),
    }
    if mine is None or theirs is None:
        return
    if mine != theirs:
        if rng.random() < SET_APART:
            reason = say(world, "not_same", "all", names, rng)
            related = "sibling" if mine.split("/")[0] == theirs.split("/")[0] else ""
            say_not_same_person(**who, related_as=related, reason=reason, by=by, now=at)
    elif _can_be_linked(possible):
        say_same_person(**who, reason=say(world, "same", "all", names, rng), by=by, now=at)
        settled.add(possible.description.pk)  # the rest of this child's record comes with it
        world.linked.setdefault(told.contact_id, []).append(possible.contact.source)


def _because(match: Match) -> str:
    """The two things that speak for it most, as somebody would write them down."""
    telling = sorted(
        (each for each in match.evidence if each.same_bits > 0), key=lambda each: -each.same_bits
    )
    words = [each.words.split(":")[0] for each in telling[:2]] or ["Asked"]
    return " and ".join([words[0], *(each[:1].lower() + each[1:] for each in words[1:])])


def _can_be_linked(possible: Possible) -> bool:
    """Not two children that somebody must first take apart, nor where a number stands in the way."""
    known = known_people_of([possible.description]) | known_people_of(possible.earlier)
    return len(known) < 2 and not possible.match.veto


def _rung_from_elsewhere(world: World, told: Told, at: datetime, rng: Random) -> None:
    """The manager of another front door rings about a child who moved, and says what they found."""
    waiting = AskedElsewhere.objects.filter(contact_id=told.contact_id, answered__isnull=True)
    for asked in waiting.select_related("locality", "description", "theirs"):
        mine, theirs = (world.children.get(each) for each in (asked.description_id, asked.theirs_id))
        if mine is None or theirs is None or rng.random() > RUNG:
            continue
        known = known_people_of([asked.description]) | known_people_of([asked.theirs])
        if mine == theirs and len(known) > 1:
            continue  # two children whom somebody must first take apart
        managers = world.county.holding("manager", asked.locality.code)
        answer_elsewhere(
            asked_id=asked.pk,
            outcome="same" if mine == theirs else "different",
            reason=say(world, "rung" if mine == theirs else "rung_other", "all", {}, rng),
            by=managers[0],
            now=at,
        )
        if mine == theirs:
            source = Contact.objects.values_list("source", flat=True).get(pk=asked.theirs.contact_id)
            world.linked.setdefault(told.contact_id, []).append(source)


def reload(told: Told) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.select_related("decision").get(pk=told.contact_id)
