"""People just as they were told about on the day: what is learned later, by anybody, is left out.

For whoever told it: to fill a form again, and to find it again while they type.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, Prefetch, prefetch_related_objects

from openmash.apps.concerns.models import Part
from openmash.apps.families.models import (
    AddressSaid,
    Description,
    IdentifierSaid,
    NameSaid,
    PlaceSaid,
    RelationshipSaid,
)
from openmash.apps.families.told import AddressTold, IdentifierTold, NameTold, PersonDescribed, PlaceTold
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)
from openmash.engines.matching.identifiers import nhs_number, upn

ROWS: dict[str, Any] = {
    "names": NameSaid,
    "addresses": AddressSaid,
    "places": PlaceSaid,
    "identifiers": IdentifierSaid,
}
COLUMNS = tuple(name for name in PersonDescribed.__dataclass_fields__ if name not in ROWS)
Told = TypeVar("Told", NameTold, AddressTold, PlaceTold, IdentifierTold)
LISTED = re.compile(r"[,;/\n]+")


def people_as_told(descriptions: Collection[Description]) -> list[PersonDescribed]:
    """Each description with what was told beside it, in the same order."""
    found = list(descriptions)
    on_the_day = {
        name: model.objects.filter(at=F("description__described_at")) for name, model in ROWS.items()
    }
    prefetch_related_objects(
        found,
        *(
            Prefetch(f"{name}_said", queryset=rows.order_by("id"), to_attr=f"{name}_told")
            for name, rows in on_the_day.items()
        ),
    )
    return [_as_told(each) for each in found]


def _as_told(description: Description) -> PersonDescribed:
    dates = ("since", "until", "when")
    return PersonDescribed(
        **{name: getattr(description, name) for name in COLUMNS},
        names=_rows(NameTold, description, "names", "given", "family", "kind", *dates),
        addresses=_rows(AddressTold, description, "addresses", "lines", "postcode", *dates),
        places=_rows(PlaceTold, description, "places", "kind", "name", *dates),
        identifiers=_rows(IdentifierTold, description, "identifiers", "kind", "value", "issuer"),
    )


def _rows(told: type[Told], description: Description, name: str, *columns: str) -> tuple[Told, ...]:
    rows = getattr(description, f"{name}_told")
    return tuple(told(**{column: getattr(row, column) for column in columns}) for row in rows)


def relations_as_told(parts: Collection[Part]) -> list[RelationshipSaid]:
    """How the people of one contact are related, as whoever raised it said."""
    people = [part.description_id for part in parts]
    said = RelationshipSaid.objects.filter(one__in=people, other__in=people)
    return list(said.filter(at=F("one__described_at")).select_related("other").order_by("id"))


def as_described(
    person: PersonDescribed, *, said_on: date, parents: tuple[str, ...] = (), siblings: tuple[str, ...] = ()
) -> DescribedPerson:
    """A person as told, in the shape in which the engine knows people. `parents` and `siblings` are their names."""
    return DescribedPerson(
        names=tuple(dict.fromkeys(_names(person))),
        born=Born(
            on=person.born_on,
            is_approximate=person.born_on_is_approximate,
            age_years=person.about_age,
            age_said_on=said_on if person.about_age is not None else None,
            expected_on=person.expected_on,
        ),
        sex=Sex(person.sex),
        addresses=tuple(_addresses(person)),
        identifiers=tuple(_identifiers(person)),
        parents=tuple(PersonName(name) for name in parents if name.strip()),
        siblings=tuple(PersonName(name) for name in siblings if name.strip()),
        schools=tuple(
            dict.fromkeys(
                name
                for name in (person.school, *(each.name for each in person.places if each.kind == "school"))
                if name.strip()
            )
        ),
        telephones=(person.telephone,) if person.telephone.strip() else (),
        is_unborn=person.kind == Description.Kind.UNBORN,
        is_adult=person.kind == Description.Kind.ADULT,
    )


def _names(person: PersonDescribed) -> Iterator[PersonName]:
    if person.name.strip():
        yield PersonName(person.name.strip())
    yield from (PersonName(each.given, each.family) for each in person.names)
    yield from (PersonName(piece.strip()) for piece in LISTED.split(person.other_names) if piece.strip())


def _addresses(person: PersonDescribed) -> Iterator[Address]:
    if person.address.strip():
        yield Address(person.address, person.postcode)
    for each in person.addresses:
        if each.lines != person.address:
            yield Address(each.lines, each.postcode, each.since, each.until)


def _identifiers(person: PersonDescribed) -> Iterator[Identifier]:
    checks = {IdentifierKind.NHS_NUMBER: nhs_number, IdentifierKind.UPN: upn, IdentifierKind.FORMER_UPN: upn}
    for each in person.identifiers:
        kind = IdentifierKind(each.kind)
        plain = checks[kind](each.value) if kind in checks else each.value
        if plain:
            yield Identifier(kind, plain, each.issuer)
