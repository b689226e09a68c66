"""Plays what was told of each family through the same actions as the pages; who is whom a screener says afterwards,
with a reason.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from openmash.apps.concerns.account import Account, PartTold, Raiser, RelationTold, SignTold
from openmash.apps.concerns.actions.asking_elsewhere import answer_elsewhere
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import PersonDescribed, RelationshipTold
from openmash.apps.families.queries.linked import same_person_as
from openmash.demo.people.families import Adult, Family, FamilyChild, Home, Named
from openmash.demo.stories.deciding import Leaning
from openmash.demo.stories.generations.hollis import HOLLIS
from openmash.demo.stories.generations.rahman import RAHMAN
from openmash.demo.stories.generations.told import Generations, Part, Same, Telling
from openmash.demo.stories.moments import earlier, later
from openmash.demo.stories.screening import Course, from_receipt
from openmash.demo.stories.telling import Told, rank_of
from openmash.demo.stories.timeline import Story
from openmash.demo.words.voice import voice_of
from openmash.demo.world import World, invented


def begin_three_generations(world: World) -> None:
    """Begin both families."""
    for family in (HOLLIS, RAHMAN):
        world.timeline.begin(_played(world, family))


def _played(world: World, family: Generations) -> Story:
    contacts: list[Contact] = []
    for number, telling in enumerate(family.tellings):
        rng = invented(f"{family.key}#{number}")
        at = earlier(world.now - timedelta(days=telling.days_ago), 2)
        yield at
        told = _tell(world, family, telling, at, rng)
        contacts.append(Contact.objects.get(pk=told.contact_id))
        course = Course(quiet=True, links=False, leaning=Leaning(steps=0), rest=telling.rest, pace=(0.2, 0.9))
        world.timeline.begin(from_receipt(world, told, rng, course))
        at = later(at, 1.5)
        yield at
        _say_who_is_who(world, family, number, contacts, at, rng)


def _tell(world: World, family: Generations, telling: Telling, at: datetime, rng: Random) -> Told:
    today, day = world.now.date(), at.date()
    subject = family.people[telling.parts[0].who]
    by = _who_tells(world, telling, subject.born(today), day, rng)
    parts = tuple(_part(family, each, today, day) for each in telling.parts)
    account = Account(
        raiser=Raiser(source=telling.source, contact=by.email),
        locality_id=world.county.localities[telling.locality].pk,
        policy_id=world.in_force.pk,
        parts=parts,
        signs=tuple(SignTold(sign, "seen") for sign in telling.signs),
        in_danger="no",
        seen="yes",
        parents_know="yes",
        account=telling.words,
    )
    contact = raise_concern(account=account, by=by, now=at).contact
    for described, told in zip(contact.parts.order_by("id"), telling.parts, strict=True):
        world.children[described.description_id] = f"{family.key}/{told.who}"
    house = _family(family, telling, today)
    child = house.children[0]
    voice = voice_of(house, child, parts[0].person, telling.source, day, rng)
    return Told(contact.pk, house, child, telling.source, by, at, voice, rank_of(contact))


def _who_tells(world: World, telling: Telling, born: date, day: date, rng: Random) -> Person:
    months = max(0, (day - born).days // 30)
    return world.county.who_raises(telling.source, telling.locality, months, rng)


def _part(family: Generations, part: Part, today: date, day: date) -> PartTold:
    known = family.people[part.who]
    born = known.born(today)
    unborn = born > day
    lines, postcode = family.homes.get(part.home, ("", ""))
    person = PersonDescribed(
        kind="unborn" if unborn else "child" if known.is_child else "adult",
        name="" if unborn else part.called or known.name,
        born_on=born if part.dated and not unborn else None,
        about_age=None if part.dated else (day - born).days // 365,
        expected_on=born if unborn else None,
        sex="not_known" if unborn else known.sex,
        address=lines,
        postcode=postcode,
    )
    relations = tuple(RelationTold(to, RelationshipTold(kind, words=words)) for kind, to, words in part.is_)
    return PartTold(part.role, person, relations)


def _family(family: Generations, telling: Telling, today: date) -> Family:
    """The family as the words of the front door need it: the child told of, who cares, and where."""
    subject = family.people[telling.parts[0].who]
    carer = family.people[family.carer]
    first, last = (carer.name.split()[0],), (carer.name.split()[-1],)
    named = subject.name or f"Baby {last[0]}"
    child = FamilyChild(
        f"{family.key}/{telling.parts[0].who}",
        Named((named.split()[0],), (named.split()[-1],)),
        subject.sex if subject.sex != "not_known" else "female",
        subject.born(today),
    )
    return Family(
        key=family.key,
        situation="neglect",
        language="",
        carer=Adult(Named(first, last), carer.sex, "mum", carer.born(today)),
        other=None,
        children=(child,),
        homes=(Home(date.min, telling.locality, *next(iter(family.homes.values()))),),
    )


def _say_who_is_who(
    world: World, family: Generations, number: int, contacts: list[Contact], at: datetime, rng: Random
) -> None:
    """What the screener of this contact says, as far as it speaks of it."""
    for same in _of(family, number):
        mine = contacts[number].parts.order_by("pk")[same.part].description_id
        theirs = contacts[same.earlier].parts.order_by("pk")[same.other].description_id
        here, there = (family.tellings[each].locality for each in (number, same.earlier))
        if here != there:
            _rung_from(world, there, mine, theirs, same.reason, at, rng)
            continue
        say_same_person(
            contact_id=contacts[number].pk,
            description_id=mine,
            earlier_id=theirs,
            reason=same.reason,
            by=rng.choice(world.county.holding("screening_practitioner", here)),
            now=at,
        )


def _rung_from(
    world: World, locality: str, mine: UUID, theirs: UUID, reason: str, at: datetime, rng: Random
) -> None:
    """The front door that holds the other record was told of this one, rings, and says that they are the same."""
    person = same_person_as(theirs)
    asked = AskedElsewhere.objects.filter(
        description=mine, theirs__in=person, answered__isnull=True, locality__code=locality
    ).first()
    if asked is not None:
        by = rng.choice(world.county.holding("manager", locality))
        answer_elsewhere(asked_id=asked.pk, outcome="same", reason=reason, by=by, now=at)


def _of(family: Generations, number: int) -> Iterator[Same]:
    return (same for same in family.same if same.later == number)
