"""Saying which earlier descriptions are of the same child or household, as a screener would on the page."""

from datetime import datetime
from random import Random

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
"""How often a screener sees that a proposal is right. What is missed can still be found today."""


def look_and_link(world: World, told: Told, by: Person, at: datetime, rng: Random) -> None:
    """Open the concern, look at what may be the same child, and say so, or say that it is not."""
    contact = look_as_hub(told.contact_id, by=by, now=at)
    for possible in possible_same(contact, by=by, now=at):
        _answer(world, told, possible, by, at, rng)
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


def _answer(world: World, told: Told, possible: Possible, by: Person, at: datetime, rng: Random) -> None:
    mine = world.children.get(possible.description.pk)
    theirs = world.children.get(possible.earlier.pk)
    if mine is None or theirs is None or rng.random() > NOTICED:
        return
    because = ", ".join(possible.because)
    names = named(world, told.voice, told.source, Because=because[:1].upper() + because[1:], Sourceword="This")
    if mine != theirs:
        say_not_same_child(
            contact_id=told.contact_id,
            description_id=possible.description.pk,
            earlier_id=possible.earlier.pk,
            reason=say(world, "not_same", "all", names, rng),
            by=by,
            now=at,
        )
    elif _can_be_linked(possible):
        say_same_child(
            contact_id=told.contact_id,
            description_id=possible.description.pk,
            earlier_id=possible.earlier.pk,
            reason=say(world, "same", "all", names, rng),
            by=by,
            now=at,
        )


def _can_be_linked(possible: Possible) -> bool:
    """Not already the same child, nor two children that somebody must first take apart."""
    mine, theirs = children_linked_to([possible.description]), children_linked_to([possible.earlier])
    return len(mine | theirs) < 2 and not (mine and mine == theirs)


def reload(told: Told) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.get(pk=told.contact_id)
