"""What a genogram is drawn from: people, and relationships between them as somebody said they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    NOT_KNOWN = "not_known"


class Kind(StrEnum):
    """What `one` is to `other`. Partners, brothers and sisters, and twins are so both ways."""

    PARENT = "parent"
    STEP_PARENT = "step_parent"
    CARER = "carer"
    GRANDPARENT = "grandparent"
    PARTNER = "partner"
    SIBLING = "sibling"
    HALF_SIBLING = "half_sibling"
    TWIN = "twin"
    RELATIVE = "relative"
    OTHER = "other"


BOTH_WAYS = frozenset({Kind.PARTNER, Kind.SIBLING, Kind.HALF_SIBLING, Kind.TWIN})
"""Kinds that say the same whoever is named first."""

ALIKE = frozenset({Kind.SIBLING, Kind.HALF_SIBLING, Kind.TWIN})
"""Children of one generation."""


@dataclass(frozen=True)
class Person:
    """Somebody to draw. `key` names them in relationships and is shown to nobody.

    `age` is in words ("8 years", "about 30 years"; empty when not known) and `inside` is its short form for
    within the symbol. `about` is one more line to say in the text ("born 4 March 2018"). `born_on` only puts
    brothers and sisters in order. `died` is in words, and empty unless a death is recorded.
    """

    key: str
    name: str
    sex: Sex = Sex.NOT_KNOWN
    age: str = ""
    inside: str = ""
    about: str = ""
    born_on: date | None = None
    is_unborn: bool = False
    is_concerned: bool = False
    died: str = ""


@dataclass(frozen=True)
class Said:
    """Who said it, in words: "Jo Field, Health visitor", and when: "3 May 2026".

    `from_part`: nobody spoke of a relationship, but of the person's part in a concern ("Parent").
    `told_by`: who told them, in words, if they do not know it themselves.
    """

    who: str
    when: str
    from_part: str = ""
    unsure: bool = False
    told_by: str = ""


@dataclass(frozen=True)
class Relationship:
    """`one` is `kind` of `other`. `words` say more closely what ("maternal aunt"); `said` is oldest first.

    `until` is in words; `ended` when it is over, whether or not anybody said since when. `denied` says that it is
    not so.
    """

    one: str
    kind: Kind
    other: str
    said: tuple[Said, ...] = ()
    words: str = ""
    since: str = ""
    until: str = ""
    ended: bool = False
    denied: bool = False

    @property
    def is_unsure(self) -> bool:
        """The last who said it was not sure: a doubt raised later is not outweighed by what was said before."""
        return bool(self.said) and self.said[-1].unsure

    @property
    def pair(self) -> frozenset[str]:
        return frozenset({self.one, self.other})


@dataclass(frozen=True)
class Household:
    """People who live together, and where, in words."""

    name: str
    members: frozenset[str]


class NotAFamily(ValueError):
    """The people and relationships cannot be drawn: says what is wrong with them, for whoever made them."""


def check(
    people: Iterable[Person], relationships: Iterable[Relationship], households: Iterable[Household]
) -> None:
    """Everybody has a key of their own, and nobody is related to somebody who is not there or to themselves.

    Raises:
        NotAFamily: otherwise.
    """
    keys = [person.key for person in people]
    known = set(keys)
    if len(keys) != len(known):
        raise NotAFamily("Two people have the same key.")
    for each in relationships:
        if not each.pair <= known:
            raise NotAFamily(f"A relationship names somebody who is not there: {each.one} or {each.other}.")
        if each.one == each.other:
            raise NotAFamily(f"Somebody is said to be related to themselves: {each.one}.")
    for household in households:
        if not household.members <= known:
            raise NotAFamily(f"The household {household.name} has somebody who is not there.")
