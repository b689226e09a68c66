"""Which descriptions of a family are drawn as one person: those that people linked, and those of one full name.

Nobody is merged by it: it only decides how a genogram is drawn, and the page says of whom nobody has linked it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from openmash.apps.families.models import Description
from openmash.apps.families.queries import said_not_same
from openmash.apps.families.queries.linked import description_ids_of, known_person_of_each
from openmash.engines.matching.letters import latin_words
from openmash.engines.matching.names import read

_INSTEAD = """
aunt auntie aunty boyfriend cousin dads ex family foster friend girlfriend gran grandad grandfather grandma
grandmother grandparent granny guardian husband lady lodger man men mums nan nana neighbour new niece nephew old
older partner person social somebody someone teacher uncle wife woman worker younger
"""
WORDS_FOR_PEOPLE = frozenset(_INSTEAD.split())
"""Said instead of a name: "Mum's boyfriend" of one year is not that of another."""


def person_of_each(descriptions: Sequence[Description], known: Mapping[UUID, UUID]) -> dict[UUID, str]:
    """For each description a key of the person it is of: the known person, or all of that full name.

    `known` has the known person of each that is linked. A description that could be of two is left by itself.
    """
    apart = _told_apart([each.pk for each in descriptions], known)
    keys: dict[UUID, str] = {}
    drawn: dict[str, list[Description]] = defaultdict(list)
    named: dict[str, set[str]] = defaultdict(set)
    for each in sorted(descriptions, key=lambda each: each.pk not in known):
        key, name = str(known.get(each.pk, each.pk)), full_name(each.name)
        if name and each.pk not in known:
            same = [other for other in named[name] if _may_be_one(each, drawn[other], known, apart)]
            key = same[0] if len(same) == 1 else key
        keys[each.pk] = key
        drawn[key].append(each)
        if name:
            named[name].add(key)
    return keys


def full_name(name: str) -> str:
    """A name by which somebody can be told: forename and family name, in small letters. Otherwise ""."""
    readings = read(name, "")
    words = {word.removesuffix("s") for word in latin_words(name)} | set(latin_words(name))
    if not readings or not (readings[0].given and readings[0].family) or words & WORDS_FOR_PEOPLE:
        return ""
    return " ".join(name.casefold().split())


def _told_apart(descriptions: Collection[UUID], known: Mapping[UUID, UUID]) -> frozenset[frozenset[str]]:
    """Pairs of people whom somebody told apart; it holds for all that is linked to either of the two."""
    linked = {each for several in description_ids_of(set(known.values())).values() for each in several}
    said = said_not_same([*{*descriptions, *linked}])
    person = known_person_of_each({each for pair in said for each in (pair.one_id, pair.other_id)})
    return frozenset(
        frozenset({str(person.get(each, each)) for each in (pair.one_id, pair.other_id)}) for pair in said
    )


def _may_be_one(
    each: Description,
    drawn: Sequence[Description],
    known: Mapping[UUID, UUID],
    apart: Collection[frozenset[str]],
) -> bool:
    """Whether nothing speaks against it for any of those already drawn as that person."""
    return all(
        frozenset({str(each.pk), str(known.get(other.pk, other.pk))}) not in apart and _agree(each, other)
        for other in drawn
    )


def _agree(one: Description, other: Description) -> bool:
    """They are not on one contact, and neither age nor sex speaks against it."""
    if one.contact_id == other.contact_id or one.kind != other.kind:
        return False
    if one.born_on and other.born_on and one.born_on != other.born_on:
        return False
    return one.sex == other.sex or "not_known" in (one.sex, other.sex)
