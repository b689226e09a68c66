"""What the person who raised it told us, as they gave it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openmash.apps.concerns.queries.as_told import people_as_told, relations_as_told
from openmash.apps.concerns.queries.heard import Told
from openmash.apps.families.told import PersonDescribed
from openmash.engines.thresholds import Policy
from openmash.web.layout.templatetags.gds import day
from openmash.web.layout.times import short_moment

ANSWERS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
LABELS = {
    "other_names": "Other names and spellings",
    "born_on": "Date of birth",
    "about_age": "Age",
    "expected_on": "Expected",
    "sex": "Sex",
    "address": "Address",
    "postcode": "Postcode",
    "school": "School or nursery",
    "gp": "GP",
    "language": "Language",
    "cared_for_by": "Cared for by",
    "telephone": "Telephone",
}
NUMBERS = {
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
    "former_upn": "Former unique pupil number",
}


@dataclass(frozen=True)
class PersonShown:
    """Somebody described: their part in it, and what was said of them."""

    name: str
    role: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SignShown:
    """A sign that was chosen, with how it was known and what was said of it."""

    wording: str
    evidence: str
    rows: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class ToldShown:
    """Everything told, part by part."""

    words: str
    people: tuple[PersonShown, ...]
    safety: tuple[tuple[str, str], ...]
    signs: tuple[SignShown, ...]
    questions: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, str, str], ...]
    """New information: who added it, when, and their words."""


def told_shown(told: Told, now: datetime) -> ToldShown:
    contact, policy = told.contact, told.policy
    return ToldShown(
        words="\n\n".join(text for text in (contact.question, contact.account) if text),
        people=tuple(_people(told.said.parts)),
        safety=tuple(_safety(contact)),
        signs=tuple(_sign(sign, policy) for sign in told.said.signs),
        questions=tuple(_question(fact, policy) for fact in told.said.facts),
        added=tuple((each.by.name or "You", short_moment(each.at, now), each.text) for each in told.added),
    )


def name_of(description: Any) -> str:
    """A name as it was given."""
    return description.name or ("Unborn child" if description.kind == "unborn" else "Name not known")


def children(told: Told) -> str:
    """`Alex Winter and Name not known`: whom it is about."""
    names = [name_of(part.description) for part in told.said.parts if part.role == "subject"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _people(parts: Sequence[Any]) -> Iterator[PersonShown]:
    besides = people_as_told([part.description for part in parts])
    relations = relations_as_told(parts)
    for part, told in zip(parts, besides, strict=True):
        described = part.description
        rows = [(label, _said(name, described)) for name, label in LABELS.items()]
        rows += [*_besides(told), *_related(part, relations)]
        yield PersonShown(name_of(described), part.get_role_display(), tuple(row for row in rows if row[1]))


def _besides(told: PersonDescribed) -> Iterator[tuple[str, str]]:
    """Earlier names, homes and schools, since when the present ones, and numbers: as they were told."""
    yield "Earlier names", _lines((f"{each.given} {each.family}".strip(), each.when) for each in told.names)
    homes = {True: "Present address since", False: "Earlier addresses"}
    for now, label in homes.items():
        said = [each for each in told.addresses if (each.lines == told.address) is now]
        yield label, _lines(("" if now else each.lines, each.when) for each in said)
    yield "Schools and GP practices, with dates", _lines((each.name, each.when) for each in told.places)
    yield from ((NUMBERS.get(each.kind, "Number"), each.value) for each in told.identifiers)


def _lines(told: Iterable[tuple[str, str]]) -> str:
    return "; ".join(", ".join(piece for piece in pieces if piece) for pieces in told)


def _related(part: Any, relations: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for said in relations:
        if said.one_id == part.description_id:
            yield f"{said.get_kind_display()} of", ", ".join(filter(None, [name_of(said.other), said.when]))


def _said(name: str, described: Any) -> str:
    value = getattr(described, name)
    if name == "sex":
        return "" if value == "not_known" else str(described.get_sex_display())
    if name == "about_age":
        return "" if value is None else f"about {value}"
    if name == "born_on" and value and described.born_on_is_approximate:
        return f"{day(value)}, but not sure of the date"
    return day(value) if isinstance(value, date) else str(value or "")


def _safety(contact: Any) -> Iterator[tuple[str, str]]:
    yield "In danger now", ANSWERS[contact.in_danger]
    yield "Where the child is now", contact.where_now or "Not known"
    yield "Somebody has seen the child", ANSWERS[contact.seen]
    yield "Somebody has spoken to the child", ANSWERS[contact.spoken_to]
    yield "The parents or carers know", ANSWERS[contact.parents_know]
    if contact.parents_know_why_not:
        yield "Why they do not", contact.parents_know_why_not


def _sign(sign: Any, policy: Policy) -> SignShown:
    known = policy.sign(sign.sign)
    rows = []
    if known.immediate == "unless":
        rows.append((known.immediate_question, ANSWERS[sign.immediate_answer]))
    rows += [("Examples", "; ".join(sign.examples))] if sign.examples else []
    rows += [("First noticed", day(sign.since))] if sign.since else []
    rows += [("When", sign.when)] if sign.when else []
    return SignShown(known.wording, policy.evidence_grade(sign.evidence).label, tuple(rows), sign.note)


def _question(fact: Any, policy: Policy) -> tuple[str, str]:
    return policy.fact(fact.fact).question, ANSWERS[fact.answer]
