"""A description, and all that has been said of that person since, as the matching engine knows people."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from openmash.apps.families.models import (
    PARENTS,
    SIBLINGS,
    AddressSaid,
    BirthSaid,
    Description,
    IdentifierSaid,
    NameSaid,
    PlaceSaid,
    RelationshipSaid,
)
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)

T = TypeVar("T")

SAID = (
    "names_said",
    "births_said",
    "addresses_said",
    "places_said",
    "identifiers_said__wrong",
    "is_said_to_be__other__names_said",
    "is_said_to_have__one__names_said",
)
SCHOOLS = frozenset({PlaceSaid.Kind.SCHOOL, PlaceSaid.Kind.NURSERY})
LISTED = re.compile(r"[,;/\n]+|\s+(?:and|or|&)\s+", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<!\d)(?:\+\s?44|0044|0)(?:[\s().-]*\d){9,10}(?!\d)")
"""A whole British number, with area code, however it is spaced."""
NO_NAME = re.compile(
    r"\W*(?:mum|mom|mother|mummy|dad|father|daddy|parents?|gran|granny|grandmother|grandad|grandfather|nan|nanny|aunt"
    r"|uncle|foster|step|carers?|partner|social|worker|family|not|known|unknown|the|her|his|their|with|both)\W*",
    re.IGNORECASE,
)


def described(description: Description) -> DescribedPerson:
    """One description with all that has been said of the person since."""
    return described_all([description])[description.pk]


def described_all(descriptions: Collection[Description]) -> dict[UUID, DescribedPerson]:
    """Many of them, in a fixed number of questions to the database."""
    # Read afresh: what somebody else has prefetched may be out of date by now.
    fresh = Description.objects.filter(pk__in=[each.pk for each in descriptions]).prefetch_related(*SAID)
    return {each.pk: _described(each) for each in fresh}


def _described(description: Description) -> DescribedPerson:
    return DescribedPerson(
        names=tuple(dict.fromkeys(_names(description))),
        born=_born(description),
        sex=Sex(description.sex),
        addresses=tuple(_addresses(description)),
        identifiers=tuple(_identifiers(description)),
        parents=tuple(dict.fromkeys(_parents(description))),
        siblings=tuple(dict.fromkeys(_siblings(description))),
        schools=tuple(dict.fromkeys(_schools(description))),
        telephones=telephones_in(description.telephone),
        is_unborn=description.kind == Description.Kind.UNBORN,
        is_adult=description.kind == Description.Kind.ADULT,
    )


def telephones_in(typed: str) -> tuple[str, ...]:
    """Every number in what was typed in one box: people write two, with or without anything between.

    Without this the last number would hide the others: `07700 900123 or 01632 960001` is two.
    """
    found: list[str] = []
    for piece in LISTED.split(typed):
        numbers = [each[0] for each in TELEPHONE.finditer(piece)]
        found += numbers if len(numbers) > 1 else [piece.strip()]
    return tuple(dict.fromkeys(each for each in found if each))


def _names(description: Description) -> Iterator[PersonName]:
    """The name in use first. One said in two pieces says more than the same in one."""
    said: list[NameSaid] = sorted(
        description.names_said.all(), key=lambda each: each.kind != NameSaid.Kind.IN_USE
    )
    in_two = {str(each) for each in said if each.family}
    in_use = [each for each in said if each.kind == NameSaid.Kind.IN_USE]
    yield from (PersonName(each.given, each.family) for each in in_use)
    if description.name.strip() and description.name not in in_two:
        yield PersonName(description.name.strip())
    yield from (PersonName(each.given, each.family) for each in said[len(in_use) :])
    for piece in re.split(r"[,;/\n]+", description.other_names):
        if piece.strip():
            yield PersonName(piece.strip())


def _first_name(description: Description) -> Iterator[PersonName]:
    yield from list(_names(description))[:1]


def _born(description: Description) -> Born:
    """The surest that was said: a date, then a date somebody was not sure of, then an age, then an expectation."""
    said: list[BirthSaid] = list(description.births_said.all())[::-1]
    told = [
        *((each.born_on, each.is_approximate, each.about_age, each.at, each.expected_on) for each in said),
        (
            description.born_on,
            description.born_on_is_approximate,
            description.about_age,
            description.described_at,
            description.expected_on,
        ),
    ]
    for on, is_approximate, _age, _at, _expected in sorted(told, key=lambda each: each[1]):
        if on is not None:
            return Born(on=on, is_approximate=is_approximate)
    for _on, _approximate, age, at, _expected in told:
        if age is not None:
            return Born(age_years=age, age_said_on=timezone.localtime(at).date())
    return Born(expected_on=next((expected for *_rest, expected in told if expected is not None), None))


def _addresses(description: Description) -> Iterator[Address]:
    said: list[AddressSaid] = sorted(
        description.addresses_said.all(), key=lambda each: (each.until is not None, -each.pk)
    )
    dated = {(each.lines.strip(), each.postcode.strip()) for each in said}
    own = (description.address.strip(), description.postcode.strip())
    if any(own) and own not in dated:
        yield Address(*own)
    yield from (Address(each.lines, each.postcode, each.since, each.until) for each in said)


def _identifiers(description: Description) -> Iterator[Identifier]:
    said: Iterable[IdentifierSaid] = description.identifiers_said.all()
    for each in said:
        if each.plain and not hasattr(each, "wrong"):
            yield Identifier(IdentifierKind(each.kind), each.plain, each.issuer)


def _parents(description: Description) -> Iterator[PersonName]:
    said = [
        each.one
        for each in _told_here(description, description.is_said_to_have.all())
        if each.kind in PARENTS
    ]
    for parent in said:
        yield from _first_name(parent)
    if not said:
        yield from _named_in(description.cared_for_by)


def _named_in(cared_for_by: str) -> Iterator[PersonName]:
    """Full names in an answer to "who looks after the child": "Mum and Gran" names nobody."""
    for piece in LISTED.split(cared_for_by):
        words = [word for word in piece.split() if not NO_NAME.fullmatch(word)]
        if len(words) > 1:
            yield PersonName(" ".join(words))


def _siblings(description: Description) -> Iterator[PersonName]:
    for said in _told_here(description, description.is_said_to_have.all()):
        if said.kind in SIBLINGS:
            yield from _first_name(said.one)
    for said in _told_here(description, description.is_said_to_be.all()):
        if said.kind in SIBLINGS:
            yield from _first_name(said.other)


def _told_here(description: Description, said: Iterable[RelationshipSaid]) -> Iterator[RelationshipSaid]:
    """What was said on the person's own contact: another contact's words may not be for whoever sees this one."""
    for each in said:
        if not each.is_denied and each.contact_id == description.contact_id:
            yield each


def _schools(description: Description) -> Iterator[str]:
    if description.school.strip():
        yield description.school.strip()
    yield from (each.name for each in description.places_said.all() if each.kind in SCHOOLS)


def combined(people: Collection[DescribedPerson]) -> DescribedPerson:
    """Several descriptions that people have linked, as the one person they are of.

    Where descriptions differ in when the person was born, the date given most often counts; where they differ in
    sex, it is not known.
    """
    people = list(people)
    return DescribedPerson(
        names=_each_once(person.names for person in people),
        born=_born_of_all([person.born for person in people]),
        sex=_sex_of_all(people),
        addresses=_each_once(person.addresses for person in people),
        identifiers=_each_once(person.identifiers for person in people),
        parents=_each_once(person.parents for person in people),
        siblings=_each_once(person.siblings for person in people),
        schools=_each_once(person.schools for person in people),
        telephones=_each_once(person.telephones for person in people),
        is_unborn=all(person.is_unborn for person in people),
        is_adult=any(person.is_adult for person in people),
    )


def _each_once(several: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(each for some in several for each in some))


def _born_of_all(said: list[Born]) -> Born:
    for sure in (True, False):
        dates = [each for each in said if each.on is not None and each.is_approximate != sure]
        if dates:
            return Counter(dates).most_common(1)[0][0]
    ages = [each for each in said if each.age_years is not None]
    return ages[-1] if ages else (said[-1] if said else Born())


def _sex_of_all(people: list[DescribedPerson]) -> Sex:
    known = {person.sex for person in people} - {Sex.NOT_KNOWN}
    return known.pop() if len(known) == 1 else Sex.NOT_KNOWN
