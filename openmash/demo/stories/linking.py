"""Saying which earlier descriptions are of the same child or household, as a screener would on the page."""

from datetime import datetime
from random import Random
from uuid import UUID

from openmash.apps.concerns.actions.linking import say_household, say_not_same_child, say_same_child
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.chronology import Possible, possible_same, same_address
from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.directory.models import Person
from openmash.apps.families.queries import children_linked_to
from openmash.demo.stories.telling import Told
from openmash.demo.words.front_door import named, say
from openmash.demo.world import World

NOTICED = 0.93
"""How often a screener looks at a proposal. What is missed can still be found today."""
SET_APART = 0.15
"""How often a brother or sister is said not to be the same child; mostly the proposal is just passed over."""


def look_and_link(world: World, told: Told, by: Person, at: datetime, rng: Random) -> None:
    """Open the concern, look at what may be the same child, and say so, or say that it is not."""
    contact = look_as_hub(told.contact_id, by=by, now=at)
    if world.told_of[told.family.key] < 2:
        return  # the record has nothing about them, and looking for it takes time
    settled: set[UUID] = set()
    for possible in possible_same(contact, by=by, now=at):
        if possible.description.pk not in settled and rng.random() < NOTICED:
            _say(world, told, possible, by, at, rng, settled)
    for home in same_address(contact, by=by, now=at):
        if rng.random() < NOTICED:
            say_household(
                contact_id=contact.pk,
                earlier_contact_id=home.contact.pk,
                same=True,
                reason=say(world, "household", "all", {}, rng),
                by=by,
                now=at,
            )
            world.linked.setdefault(contact.pk, []).append(home.contact.source)


def _say(
    world: World, told: Told, possible: Possible, by: Person, at: datetime, rng: Random, settled: set[UUID]
) -> None:
    mine = world.children.get(possible.description.pk)
    theirs = world.children.get(possible.earlier.pk)
    because = ", ".join(possible.because)
    names = named(
        world, told.voice, told.source, Because=because[:1].upper() + because[1:], Sourceword="This"
    )
    who = {
        "contact_id": told.contact_id,
        "description_id": possible.description.pk,
        "earlier_id": possible.earlier.pk,
    }
    if mine is None or theirs is None:
        return
    if mine != theirs:
        if rng.random() < SET_APART:
            reason = say(world, "not_same", "all", names, rng)
            say_not_same_child(**who, reason=reason, by=by, now=at)
    elif _can_be_linked(possible):
        say_same_child(**who, reason=say(world, "same", "all", names, rng), by=by, now=at)
        settled.add(possible.description.pk)  # the rest of this child's record comes with it
        world.linked.setdefault(told.contact_id, []).append(possible.contact.source)


def _can_be_linked(possible: Possible) -> bool:
    """Not two children that somebody must first take apart."""
    return len(children_linked_to([possible.description]) | children_linked_to([possible.earlier])) < 2


def reload(told: Told) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.select_related("decision").get(pk=told.contact_id)
