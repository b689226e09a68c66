"""A genogram in sentences, for whoever does not see the drawing, and for everybody who wants to know who said so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from openmash.engines.genogram.doubts import doubts
from openmash.engines.genogram.drawn import PersonTold, Told
from openmash.engines.genogram.people import Household, Kind, Person, Relationship, Said, Sex

WORDS = {
    Kind.PARENT: ("the mother of", "the father of", "a parent of"),
    Kind.STEP_PARENT: ("a stepmother of", "a stepfather of", "a step-parent of"),
    Kind.CARER: ("a carer of",) * 3,
    Kind.GRANDPARENT: ("a grandmother of", "a grandfather of", "a grandparent of"),
    Kind.PARTNER: ("the partner of",) * 3,
    Kind.SIBLING: ("a sister of", "a brother of", "a brother or sister of"),
    Kind.HALF_SIBLING: ("a half-sister of", "a half-brother of", "a half-brother or half-sister of"),
    Kind.TWIN: ("a twin of",) * 3,
    Kind.RELATIVE: ("a relative of",) * 3,
    Kind.OTHER: ("somebody in the life of",) * 3,
}
"""For a girl or woman, for a boy or man, and where that is not known."""
PLACE = {Sex.FEMALE: 0, Sex.MALE: 1, Sex.NOT_KNOWN: 2}
A_FEW = 6


def told(
    people: Sequence[Person], relationships: Sequence[Relationship], households: Sequence[Household]
) -> Told:
    """Everybody in the order given, each with what was said of them; every relationship once."""
    by_key = {person.key: person for person in people}
    names = _names(people)
    return Told(
        summary=_summary(people, relationships),
        people=tuple(
            PersonTold(
                person.key,
                _who(person, names),
                person.is_concerned,
                tuple(sentence(each, by_key, names) for each in relationships if each.one == person.key),
            )
            for person in people
        ),
        households=tuple(_household(each, people, names) for each in households if each.members),
        doubts=tuple(_doubts(relationships, by_key, names)),
        not_so=tuple(sentence(each, by_key, names) for each in relationships if each.denied),
        unsure=tuple(
            sentence(each, by_key, names) for each in relationships if each.is_unsure and not each.denied
        ),
    )


def sentence(each: Relationship, by_key: Mapping[str, Person], names: Mapping[str, str]) -> str:
    """`Amina Khan is the mother of Alex Khan, since 2016. Said by Jo Field, Health visitor, on 3 May 2026.`"""
    since = f", since {each.since}" if each.since else ""
    until = f", until {each.until}" if each.until else (", and is so no longer" if each.ended else "")
    first = f"{_claim(each, by_key, names)}{since}{until}."
    return " ".join([first, *(_said(said) for said in each.said)])


def _claim(each: Relationship, by_key: Mapping[str, Person], names: Mapping[str, str]) -> str:
    what = f"the {each.words} of" if each.words else WORDS[each.kind][PLACE[by_key[each.one].sex]]
    return f"{names[each.one]} {_is(each)} {what} {names[each.other]}"


def _is(each: Relationship) -> str:
    """What nobody was sure of is never said to be so, nor not to be so."""
    if each.is_unsure:
        may = "may not" if each.denied else "may"
        return f"{may} have been" if each.ended else f"{may} be"
    return f"{'was' if each.ended else 'is'}{' not' if each.denied else ''}"


def _said(said: Said) -> str:
    unsure = ", who was not sure" if said.unsure else ""
    if said.from_part:
        return f"Taken from the part “{said.from_part}” that {said.who}{unsure} gave on {said.when}."
    told_by = f", told by {said.told_by}" if said.told_by else ""
    return f"Said by {said.who}{told_by}{unsure}, on {said.when}."


def _names(people: Iterable[Person]) -> dict[str, str]:
    """Each person's name, told apart by number where two have the same."""
    seen: dict[str, int] = {}
    names = {}
    for person in people:
        seen[person.name] = seen.get(person.name, 0) + 1
        number = seen[person.name]
        names[person.key] = person.name if number == 1 else f"{person.name} ({_ordinal(number)} of this name)"
    return names


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"number {number}")


def _who(person: Person, names: Mapping[str, str]) -> str:
    parts = [names[person.key], person.age or ("not yet born" if person.is_unborn else "age not known")]
    parts += [each for each in (person.about, f"died {person.died}" if person.died else "") if each]
    parts += ["the child this is about"] if person.is_concerned else []
    return f"{', '.join(parts)}."


def _household(household: Household, people: Sequence[Person], names: Mapping[str, str]) -> str:
    members = [names[person.key] for person in people if person.key in household.members]
    return f"{household.name}: {_listed(members)}."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _summary(people: Sequence[Person], relationships: Sequence[Relationship]) -> str:
    number = len(people)
    of = [person.name for person in people if person.is_concerned]
    whom = f" around {_listed(of[:A_FEW])}" if of else ""
    relations = "1 relationship" if len(relationships) == 1 else f"{len(relationships)} relationships"
    many = "1 person" if number == 1 else f"{number} people"
    return f"A drawing of {many}{whom}, with {relations} as people told them. All of it stands in the list as well."


def _doubts(
    relationships: Sequence[Relationship], by_key: Mapping[str, Person], names: Mapping[str, str]
) -> Iterator[str]:
    for doubt in doubts(list(by_key.values()), relationships):
        claims = [relationships[place] for place in doubt.places]
        said = "; ".join(f"{_claim(each, by_key, names)}{_by(each)}" for each in claims)
        yield f"{doubt.why} {said}."


def _by(each: Relationship) -> str:
    who = list(dict.fromkeys(said.who for said in each.said))
    return f" (said by {_listed(who)})" if who else ""
