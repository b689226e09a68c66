"""People in words: who raised it, who somebody is, and what is known of each person on a contact."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from openmash.apps.concerns.queries.chronology import age_on

FIRST, OTHER_CHILDREN = "subject", "other_child"
ASKED_OF_CHILDREN = ("address", "school", "gp", "language", "cared_for_by")
LABELS = {
    "other_names": "Other names and spellings",
    "born_on": "Date of birth",
    "expected_on": "Expected",
    "address": "Address",
    "postcode": "Postcode",
    "school": "School or nursery",
    "gp": "GP",
    "telephone": "Telephone",
    "language": "Language",
    "cared_for_by": "Cared for by",
}


def name_of(description: Any) -> str:
    return description.name or ("Unborn child" if description.kind == "unborn" else "Name not known")


def child_line(description: Any, day: date) -> str:
    """`Alex Winter, 8 years`."""
    return f"{name_of(description)}, {age_on(description, day)}"


def who(person: Any) -> str:
    """`Amina Khan, Teacher, Millbrook Primary School`; a member of the public has no account."""
    if person is None:
        return "The person who raised it"
    return f"{person.name}, {person.job_title}, {person.agency.name}"


def raised_by(contact: Any) -> str:
    """Whoever raised it and where they stand."""
    if contact.raised_by is not None:
        return f"{contact.raised_by.name}, {contact.raised_by.job_title}"
    return contact.raiser_name or "Name not given"


def source_of(contact: Any) -> str:
    """The agency, or what kind of member of the public."""
    return contact.raised_agency.name if contact.raised_agency is not None else contact.get_source_display()


@dataclass(frozen=True)
class PersonShown:
    """One person on a contact: their part in it, what is known, and what nobody knows yet."""

    id: str
    name: str
    role: str
    known: tuple[tuple[str, str], ...]
    said: tuple["SaidShown", ...]
    numbers: tuple["NumberShown", ...]
    not_known: tuple[str, ...]
    is_subject: bool


@dataclass(frozen=True)
class NumberShown:
    """A number somebody issued. `fault` says what is wrong with it, or who said that it is wrong."""

    id: int
    kind: str
    value: str
    fault: str
    is_wrong: bool
    source: str


@dataclass(frozen=True)
class SaidShown:
    """One thing said besides the description or later: what, and in `source` by whom and on which day."""

    label: str
    words: str
    source: str


def told_apart_in_words(parts: Iterable[Any]) -> dict[UUID, str]:
    """For each description its name, with the part beside it where two have the same."""
    parts = list(parts)
    often = Counter(name_of(part.description) for part in parts)
    names = {}
    for part in parts:
        name = name_of(part.description)
        names[part.description_id] = (
            name if often[name] == 1 else f"{name} ({part.get_role_display().lower()})"
        )
    return names


NOBODY: Mapping[int, Any] = {}


def numbers_of(description: Any, said_by: Mapping[int, Any] = NOBODY) -> list[NumberShown]:
    """Every number given for somebody, with what is wrong with it."""
    return [_number(each, said_by) for each in description.identifiers_said.all()]


def _source(said: Any, said_by: Mapping[int, Any]) -> str:
    """By whom and on which day something was said: `Amina Khan, Teacher, on 4 May 2026`."""
    by = said_by.get(said.by_id)
    words = f"{by.name}, {by.job_title}" if by is not None else "The person who raised it"
    return f"{words}, on {_text(timezone.localtime(said.at).date())}"


def _number(said: Any, said_by: Mapping[int, Any]) -> NumberShown:
    wrong = getattr(said, "wrong", None)
    kind = said.get_kind_display() + (f", {said.issuer}" if said.issuer else "")
    fault = f"Said to be wrong: {wrong.reason}" if wrong else said.why_not
    is_wrong = wrong is not None or not said.plain
    return NumberShown(said.pk, kind, said.value, fault, is_wrong, _source(said, said_by))


def people_shown(parts: Any, day: date, said_by: Mapping[int, Any]) -> list[PersonShown]:
    """Everybody on a contact, the children it is about first. `said_by`: accounts by their key."""
    order = {FIRST: 0, OTHER_CHILDREN: 1}
    return [_person(part, day, said_by) for part in sorted(parts, key=lambda part: order.get(part.role, 2))]


def _person(part: Any, day: date, said_by: Mapping[int, Any]) -> PersonShown:
    described = part.description
    is_child = described.kind != "adult"
    missing = [
        LABELS[name].lower() for name in ASKED_OF_CHILDREN if is_child and not getattr(described, name)
    ]
    if is_child and described.kind != "unborn" and not described.born_on:
        missing.insert(0, "date of birth")
    return PersonShown(
        id=str(described.pk),
        name=name_of(described),
        role=part.get_role_display(),
        known=tuple(known_lines(described, day)),
        said=tuple(
            SaidShown(label, words, _source(said, said_by)) for label, words, said in _said(described)
        ),
        numbers=tuple(numbers_of(described, said_by)),
        not_known=tuple(word if word != "gp" else "GP" for word in missing),
        is_subject=part.role == FIRST,
    )


def known_lines(described: Any, day: date) -> list[tuple[str, str]]:
    """What a description says, line by line."""
    has_age = described.kind != "adult" or described.born_on or described.about_age
    known = [("Age", age_on(described, day))] if has_age else []
    known += [("Sex", described.get_sex_display())] if described.sex != "not_known" else []
    return known + [
        (label, _text(getattr(described, name))) for name, label in LABELS.items() if getattr(described, name)
    ]


def _said(described: Any) -> Iterator[tuple[str, str, Any]]:
    """What was said besides and later, with when it was so, and the row in which it was said."""
    for name in described.names_said.all():
        yield name.get_kind_display(), f"{name}{_when(name)}", name
    for birth in described.births_said.all():
        yield "Also said of the birth", _birth(birth), birth
    for address in described.addresses_said.all():
        words = ", ".join(part for part in (address.lines.replace("\n", ", "), address.postcode) if part)
        yield _then("Address", address), f"{words}{_when(address)}", address
    for place in described.places_said.all():
        yield _then(place.get_kind_display(), place), f"{place.name}{_when(place)}", place
    for said in described.is_said_to_be.all():
        if said.contact_id == described.contact_id:
            told_by = f", told by {said.told_by}" if said.told_by else ""
            yield _relation(said), f"{_of_whom(said)}{_when(said)}{told_by}", said


def _then(label: str, said: Any) -> str:
    if not said.until:
        return label
    return f"Earlier {label if label.startswith('GP') else label[0].lower() + label[1:]}"


def _of_whom(said: Any) -> str:
    """The name, if they are on this contact: of another contact, whoever reads this may not know it."""
    return name_of(said.other) if said.other.contact_id == said.contact_id else "somebody on another record"


def _relation(said: Any) -> str:
    words = said.words or said.get_kind_display()
    if said.is_denied:
        return f"{'Perhaps not' if said.is_unsure else 'Not'} {words.lower()} of"
    return f"Perhaps {words.lower()} of (not sure)" if said.is_unsure else f"{words} of"


def _birth(birth: Any) -> str:
    if birth.born_on:
        return _text(birth.born_on) + (", roughly" if birth.is_approximate else "")
    if birth.expected_on:
        return f"expected {_text(birth.expected_on)}"
    return f"about {birth.about_age} years when said"


def _when(said: Any) -> str:
    """When it was so: as it was said, otherwise by its dates."""
    if said.when:
        return f" ({said.when})"
    since = f"since {_text(said.since)}" if said.since else ""
    until = f"until {_text(said.until)}" if said.until else ""
    words = " ".join(each for each in (since, until) if each)
    return f" ({words})" if words else ""


def _text(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def side_by_side(one: Any, other: Any, day: date) -> list[tuple[str, str, str]]:
    """Two descriptions, line by line, so that a person can say whether they are of the same person."""
    lines = [
        ("Name", name_of(one), name_of(other)),
        ("Age now", age_on(one, day), age_on(other, day)),
        ("Sex", one.get_sex_display(), other.get_sex_display()),
    ]
    for name, label in LABELS.items():
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine or theirs:
            lines.append(
                (label, _text(mine) if mine else "Not known", _text(theirs) if theirs else "Not known")
            )
    mine, theirs = _numbers(one), _numbers(other)
    return [*lines, ("Numbers", mine, theirs)] if mine != theirs or mine != "Not known" else lines


def _numbers(description: Any) -> str:
    valid = [each for each in numbers_of(description) if not each.is_wrong]
    return "; ".join(f"{each.kind} {each.value}" for each in valid) or "Not known"
