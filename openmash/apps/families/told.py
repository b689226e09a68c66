"""What somebody knows of a person, as plain data. Empty or None is "not known", and never "no".

`since` and `until` are the first and the last day of whatever was said; `when` is how it was said ("about 2019").
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NameTold:
    """One name or spelling (`models.NameSaid.Kind`). A name told in one piece is `given`."""

    given: str = ""
    family: str = ""
    kind: str = "also_known_as"
    since: date | None = None
    until: date | None = None
    when: str = ""


@dataclass(frozen=True)
class BirthTold:
    """When somebody was born, or is expected; one of the three."""

    born_on: date | None = None
    is_approximate: bool = False
    about_age: int | None = None
    expected_on: date | None = None


@dataclass(frozen=True)
class AddressTold:
    """Where somebody lives, or lived (`until`)."""

    lines: str = ""
    postcode: str = ""
    since: date | None = None
    until: date | None = None
    when: str = ""


@dataclass(frozen=True)
class PlaceTold:
    """A school, a GP practice, a nursery (`models.PlaceSaid.Kind`)."""

    kind: str
    name: str
    since: date | None = None
    until: date | None = None
    when: str = ""


@dataclass(frozen=True)
class IdentifierTold:
    """A number somebody issued (`models.IdentifierSaid.Kind`), as it was told."""

    kind: str
    value: str
    issuer: str = ""


@dataclass(frozen=True)
class RelationshipTold:
    """One person is something to another (`models.RelationshipSaid.Kind`); `words` is what they are called.

    `told_by` is who told whoever writes it down, in words ("his mother, on the telephone").
    """

    kind: str
    words: str = ""
    is_unsure: bool = False
    is_denied: bool = False
    told_by: str = ""
    since: date | None = None
    until: date | None = None
    when: str = ""


@dataclass(frozen=True)
class PersonDescribed:
    """A person as described on a contact: one name, age and home in use, and whatever else was told."""

    kind: str
    name: str = ""
    other_names: str = ""
    born_on: date | None = None
    born_on_is_approximate: bool = False
    about_age: int | None = None
    expected_on: date | None = None
    sex: str = "not_known"
    address: str = ""
    postcode: str = ""
    school: str = ""
    gp: str = ""
    telephone: str = ""
    language: str = ""
    cared_for_by: str = ""
    names: tuple[NameTold, ...] = ()
    addresses: tuple[AddressTold, ...] = ()
    places: tuple[PlaceTold, ...] = ()
    identifiers: tuple[IdentifierTold, ...] = ()


@dataclass(frozen=True)
class MoreTold:
    """What somebody learned later of a person already described."""

    names: tuple[NameTold, ...] = ()
    births: tuple[BirthTold, ...] = ()
    addresses: tuple[AddressTold, ...] = ()
    places: tuple[PlaceTold, ...] = ()
    identifiers: tuple[IdentifierTold, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.names or self.births or self.addresses or self.places or self.identifiers)
