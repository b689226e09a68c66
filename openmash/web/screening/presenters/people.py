"""People in words: who raised it, who somebody is, and what is known of each person on a contact."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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

    name: str
    role: str
    known: tuple[tuple[str, str], ...]
    not_known: tuple[str, ...]
    is_subject: bool


def people_shown(parts: Any, day: date) -> list[PersonShown]:
    """Everybody on a contact, the children it is about first."""
    order = {FIRST: 0, OTHER_CHILDREN: 1}
    return [_person(part, day) for part in sorted(parts, key=lambda part: order.get(part.role, 2))]


def _person(part: Any, day: date) -> PersonShown:
    described = part.description
    is_child = described.kind != "adult"
    known = [("Age", age_on(described, day))] if is_child or described.born_on or described.about_age else []
    known += [("Sex", described.get_sex_display())] if described.sex != "not_known" else []
    known += [
        (label, _text(getattr(described, name))) for name, label in LABELS.items() if getattr(described, name)
    ]
    missing = [
        LABELS[name].lower() for name in ASKED_OF_CHILDREN if is_child and not getattr(described, name)
    ]
    if is_child and described.kind != "unborn" and not described.born_on:
        missing.insert(0, "date of birth")
    return PersonShown(
        name=name_of(described),
        role=part.get_role_display(),
        known=tuple(known),
        not_known=tuple(word if word != "gp" else "GP" for word in missing),
        is_subject=part.role == FIRST,
    )


def _text(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def side_by_side(one: Any, other: Any, day: date) -> list[tuple[str, str, str]]:
    """Two descriptions, line by line, so that a person can say whether they are of the same child."""
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
    return lines
