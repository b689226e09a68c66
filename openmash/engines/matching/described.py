"""A person as somebody described them: the only shape in which the engine knows people.

Everything may be missing. Missing is "not known": it is never evidence for or against.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Sex(Enum):
    FEMALE = "female"
    MALE = "male"
    NOT_KNOWN = "not_known"


class IdentifierKind(Enum):
    """What issued an identifier. A local one is only the same beside the same `issuer`."""

    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    FORMER_UPN = "former_upn"
    LOCAL = "local"


class PersonName(NamedTuple):
    """One name or spelling, in any script.

    A register gives `given` and `family`; a person who rings gives it in one piece, as `given`
    with an empty `family`, in whatever order it was said ("Khan, Ayesha", "Ayesha Bibi Khan").
    """

    given: str = ""
    family: str = ""


class Born(NamedTuple):
    """When somebody was born, as far as it is known; at most one of the three is usually given.

    on: a date of birth. `is_approximate` when whoever gave it was not sure.
    age_years: an approximate age, on the day `age_said_on`.
    expected_on: when an unborn child is expected.
    """

    on: date | None = None
    is_approximate: bool = False
    age_years: int | None = None
    age_said_on: date | None = None
    expected_on: date | None = None


BIRTH_NOT_KNOWN = Born()


class Address(NamedTuple):
    """Lines as written, and the postcode if it is known. `until` is given for an old address."""

    lines: str = ""
    postcode: str = ""
    since: date | None = None
    until: date | None = None


class Identifier(NamedTuple):
    """A number somebody issued. One that fails its check is not used as evidence, but is not lost."""

    kind: IdentifierKind
    value: str
    issuer: str = ""


@dataclass(frozen=True)
class DescribedPerson:
    """A child, an unborn child or an adult, in the words of one source.

    names: the name in use first, then other names, spellings, scripts and earlier names.
    addresses: the address in use first, then older ones.
    parents, siblings: the names of parents or carers, and of brothers and sisters, where they are known.
    """

    names: tuple[PersonName, ...] = ()
    born: Born = BIRTH_NOT_KNOWN
    sex: Sex = Sex.NOT_KNOWN
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    parents: tuple[PersonName, ...] = ()
    siblings: tuple[PersonName, ...] = ()
    schools: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    is_unborn: bool = False
    is_adult: bool = False
