"""Two families told of over years, from several homes: what a chronology and a genogram are for.

In the first a partner comes, with a child of his own whom another front door knows, and two agencies differ on who
the youngest child's father is. In the second there are twins, parents who parted, and a grandfather. Everything goes
through the same actions as on the pages; who is whom a screener says afterwards, with a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from openmash.apps.concerns.account import Account, PartTold, Raiser, RelationTold, SignTold
from openmash.apps.concerns.actions.asking_elsewhere import answer_elsewhere
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.concerns.states import State
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import PersonDescribed, RelationshipTold
from openmash.apps.families.queries.linked import same_person_as
from openmash.demo.people.families import Adult, Family, FamilyChild, Home, Named
from openmash.demo.stories.deciding import Leaning
from openmash.demo.stories.moments import earlier, later
from openmash.demo.stories.screening import Course, from_receipt
from openmash.demo.stories.telling import Told, rank_of
from openmash.demo.stories.timeline import Story
from openmash.demo.words.voice import voice_of
from openmash.demo.world import World, invented

MARSH, MERE, HILL = "aldermarsh", "brackmere", "cawdry"


@dataclass(frozen=True)
class Known:
    """Somebody of a family, as they really are. `years` and `days` old today; a negative age is expected."""

    name: str
    sex: str
    years: int
    days: int = 0
    is_child: bool = False

    def born(self, today: date) -> date:
        return today - timedelta(days=round(self.years * 365.25) + self.days)


@dataclass(frozen=True)
class Part:
    """Somebody's part in one telling: who, as what, said how, and where they were said to live.

    `is_` are relationships to others of the same telling: a kind and the place of the other, and words if any.
    """

    who: str
    role: str
    is_: tuple[tuple[str, int, str], ...] = ()
    home: str = ""
    called: str = ""
    dated: bool = True


@dataclass(frozen=True)
class Telling:
    """One contact: how many days ago, by what kind of agency, about whom, with what signs and words."""

    days_ago: int
    source: str
    locality: str
    signs: tuple[str, ...]
    parts: tuple[Part, ...]
    words: str
    rest: State | None = None


@dataclass(frozen=True)
class Same:
    """That somebody of one telling is somebody of an earlier one: places of the tellings and of the parts."""

    later: int
    part: int
    earlier: int
    other: int
    reason: str


@dataclass(frozen=True)
class Generations:
    """A family, what was told of it, and who was said to be whom."""

    key: str
    carer: str
    child: str
    people: dict[str, Known]
    homes: dict[str, tuple[str, str]]
    tellings: tuple[Telling, ...]
    same: tuple[Same, ...]


HOLLIS = Generations(
    key="hollis",
    carer="kayleigh",
    child="jamie",
    people={
        "jamie": Known("Jamie Hollis", "male", 7, 120, is_child=True),
        "ruby": Known("Ruby Hollis", "female", 3, 60, is_child=True),
        "baby": Known("", "not_known", 0, -95, is_child=True),
        "noah": Known("Noah Tate", "male", 9, 30, is_child=True),
        "kayleigh": Known("Kayleigh Hollis", "female", 26, 200),
        "darren": Known("Darren Stott", "male", 31, 10),
        "lee": Known("Lee Marsden", "male", 34, 77),
        "gemma": Known("Gemma Tate", "female", 33, 5),
        "sandra": Known("Sandra Hollis", "female", 49, 150),
    },
    homes={
        "tollgate": ("Flat 3, 22 Tollgate Road", "FN1 2AB"),
        "heron": ("9 Heron Close", "FN1 4DQ"),
        "station": ("41 Station Parade", "FN1 5HJ"),
        "wherry": ("17 Wherry Road", "FN2 1LN"),
    },
    tellings=(
        Telling(
            820,
            "police",
            MERE,
            ("A17",),
            (
                Part("noah", "subject", home="wherry"),
                Part("gemma", "parent", (("mother", 0, ""),), "wherry"),
                Part("lee", "may_have_harmed", (("father", 0, ""), ("partner", 1, "")), "wherry"),
            ),
            "Called by a neighbour at 11pm to shouting and breaking glass. Ms Tate had a cut hand and would not say "
            "how. Noah was awake on the stairs. Mr Marsden left with us.",
        ),
        Telling(
            700,
            "police",
            MARSH,
            ("A17",),
            (
                Part("noah", "subject", home="heron"),
                Part("gemma", "parent", (("mother", 0, ""), ("former_partner", 2, "")), "wherry"),
                Part("lee", "parent", (("father", 0, ""),), "heron", "Lee Marsdon"),
            ),
            "Ms Tate came to collect Noah from his father’s new address and the two argued in the street. Noah was "
            "in the car. She says that they parted last year and that she is afraid of him.",
        ),
        Telling(
            560,
            "school",
            MARSH,
            ("A04",),
            (
                Part("jamie", "subject", home="tollgate"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "tollgate"),
                Part("darren", "parent", (("father", 0, ""), ("former_partner", 1, "")), dated=False),
                Part("sandra", "relative", (("grandparent", 0, "gran"), ("mother", 1, "")), "station"),
            ),
            "Jamie’s attendance is 84%. Gran brings him most days. Mum says that mornings are hard since Darren left.",
        ),
        Telling(
            300,
            "school",
            MARSH,
            ("A10",),
            (
                Part("jamie", "subject", home="heron"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "heron"),
                Part("lee", "partner", (("partner", 1, ""), ("step_parent", 0, "")), "heron"),
            ),
            "Third week that Jamie comes in the same shirt and is hungry. They have moved in with Mum’s new partner, "
            "Lee. We gave him breakfast and a clean jumper.",
        ),
        Telling(
            170,
            "health_visiting",
            MARSH,
            ("A01", "A03"),
            (
                Part("ruby", "subject", home="heron"),
                Part("jamie", "other_child", (("half_sibling", 0, ""),), "heron"),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
                Part("lee", "parent", (("father", 0, ""), ("partner", 2, "")), "heron"),
            ),
            "Ruby has missed her two-year review twice and says few words. Kayleigh told me that Lee is Ruby’s father. "
            "The flat was cold and there was little in the kitchen.",
        ),
        Telling(
            95,
            "police",
            MARSH,
            ("B18", "A10"),
            (
                Part("jamie", "subject", home="heron"),
                Part("ruby", "other_child", (("sibling", 0, ""),), "heron"),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
                Part("lee", "may_have_harmed", (("partner", 2, ""),), "heron"),
                Part("darren", "parent", (("father", 0, ""), ("father", 1, "")), dated=False),
            ),
            "Called to Heron Close by Darren Stott, who says that he is the father of both children and that Lee had "
            "locked him out. Kayleigh had a bruise on her arm. Both children were up at 1am, in school clothes.",
        ),
        Telling(
            24,
            "gp",
            MARSH,
            ("A15",),
            (
                Part("baby", "subject"),
                Part("kayleigh", "parent", (("mother", 0, ""),), "heron"),
                Part("lee", "partner", (("father", 0, ""), ("partner", 1, "")), "heron"),
            ),
            "Booked late, at 26 weeks. She is low, sleeps little, and came with Lee, who answered for her.",
        ),
        Telling(
            1,
            "school",
            MARSH,
            ("A10", "A06"),
            (
                Part("jamie", "subject", home="station"),
                Part("ruby", "other_child", (("half_sibling", 0, ""),), "station"),
                Part(
                    "sandra",
                    "carer",
                    (("carer", 0, "gran"), ("grandparent", 0, ""), ("mother", 3, "")),
                    "station",
                ),
                Part("kayleigh", "parent", (("mother", 0, ""), ("mother", 1, "")), "heron"),
            ),
            "Gran brought Jamie and says that the children have been with her since Friday, because “it kicked off "
            "again”. He fell asleep in class and cried when I asked about home.",
            rest=State.SCREENING,
        ),
    ),
    same=(
        Same(1, 2, 0, 2, "Lee Marsden: the same date of birth and the same child, Noah."),
        Same(1, 0, 0, 0, "Noah: the same date of birth and the same mother."),
        Same(3, 0, 2, 0, "The school says so: the same pupil."),
        Same(3, 1, 2, 1, "Mother of the same pupil."),
        Same(3, 2, 1, 2, "The man at Heron Close: date of birth checked with the police."),
        Same(4, 1, 3, 0, "Named by the health visitor as Ruby’s brother; date of birth agrees."),
        Same(4, 2, 3, 1, "The same mother, at the same address."),
        Same(4, 3, 3, 2, "The same man, at the same address."),
        Same(5, 0, 4, 1, "The same two children at the same address."),
        Same(5, 1, 4, 0, "The same two children at the same address."),
        Same(5, 2, 4, 2, "The same mother."),
        Same(5, 3, 4, 3, "The same man: date of birth given by the police."),
        Same(5, 4, 2, 2, "Darren Stott: the school rang him on the number it has for Jamie’s father."),
        Same(6, 1, 5, 2, "The GP confirmed the date of birth."),
        Same(6, 2, 5, 3, "The GP confirmed the date of birth."),
        Same(7, 0, 5, 0, "The same pupil."),
        Same(7, 1, 5, 1, "The school confirmed Ruby’s date of birth with Gran."),
        Same(7, 2, 2, 3, "Gran, as the school knows her."),
        Same(7, 3, 6, 1, "The same mother."),
    ),
)

RAHMAN = Generations(
    key="rahman",
    carer="nadia",
    child="hana",
    people={
        "hana": Known("Hana Rahman-Ali", "female", 14, 80, is_child=True),
        "zayd": Known("Zayd Ali", "male", 11, 20, is_child=True),
        "idris": Known("Idris Ali", "male", 11, 20, is_child=True),
        "nadia": Known("Nadia Rahman", "female", 38, 9),
        "karim": Known("Karim Ali", "male", 42, 300),
        "yusuf": Known("Yusuf Rahman", "male", 71, 40),
        "leila": Known("Leila Rahman", "female", 29, 111),
        "sam": Known("Samira Rahman", "female", 6, 15, is_child=True),
    },
    homes={
        "ropewalk": ("58 Ropewalk", "FN3 3TB"),
        "quarry": ("4 Quarry Mount", "FN3 4WP"),
    },
    tellings=(
        Telling(
            430,
            "school",
            HILL,
            ("A06",),
            (
                Part("hana", "subject", home="ropewalk"),
                Part("nadia", "parent", (("mother", 0, ""),), "ropewalk"),
                Part("karim", "parent", (("father", 0, ""), ("partner", 1, "")), "ropewalk"),
            ),
            "Hana has gone quiet since the summer and eats alone. She says that her parents are “always at it”.",
        ),
        Telling(
            260,
            "police",
            HILL,
            ("A17",),
            (
                Part("zayd", "subject", home="ropewalk"),
                Part("idris", "subject", (("twin", 0, ""),), "ropewalk"),
                Part("hana", "other_child", (("sibling", 0, ""), ("sibling", 1, "")), "ropewalk"),
                Part(
                    "nadia", "parent", (("mother", 0, ""), ("mother", 1, ""), ("mother", 2, "")), "ropewalk"
                ),
                Part(
                    "karim", "parent", (("father", 0, ""), ("father", 1, ""), ("partner", 3, "")), "ropewalk"
                ),
            ),
            "Called by the eldest child, who had locked herself and her brothers in the bathroom. Mr Ali had left.",
        ),
        Telling(
            120,
            "school",
            HILL,
            ("A06", "A10"),
            (
                Part("idris", "subject", home="quarry"),
                Part("zayd", "other_child", (("twin", 0, ""),), "quarry"),
                Part("nadia", "parent", (("mother", 0, ""), ("former_partner", 3, "")), "quarry"),
                Part("karim", "parent", (("father", 0, ""),), dated=False),
                Part("yusuf", "relative", (("grandparent", 0, "grandfather"), ("father", 2, "")), "quarry"),
            ),
            "The boys now live at their grandfather’s with Mum. Idris says that he sleeps on the sofa and that nobody "
            "minds when he is out. His shoes have been wet for a week.",
        ),
        Telling(
            3,
            "health_visiting",
            HILL,
            ("A20",),
            (
                Part("sam", "subject", home="quarry"),
                Part("leila", "parent", (("mother", 0, ""),), "quarry"),
                Part("yusuf", "relative", (("grandparent", 0, "grandfather"), ("father", 1, "")), "quarry"),
                Part("nadia", "relative", (("aunt_or_uncle", 0, "aunt"), ("sibling", 1, "")), "quarry"),
            ),
            "Seven people in two bedrooms since Leila and Samira came in October. Samira is well. Leila is worried "
            "about her nephews, who “come and go”.",
            rest=State.SCREENING,
        ),
    ),
    same=(
        Same(1, 2, 0, 0, "The eldest: the same date of birth and parents."),
        Same(1, 3, 0, 1, "The same mother."),
        Same(1, 4, 0, 2, "The same father."),
        Same(2, 0, 1, 1, "Idris: the school checked which twin."),
        Same(2, 1, 1, 0, "Zayd: the school checked which twin."),
        Same(2, 2, 1, 3, "The same mother."),
        Same(2, 3, 1, 4, "The same father."),
        Same(3, 2, 2, 4, "The grandfather, at the same address."),
        Same(3, 3, 2, 2, "The same address, and named by her sister."),
    ),
)


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
