"""Fills the pages of a draft from what somebody has told already, so that nobody types it twice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openmash.apps.concerns.queries.as_raised import as_raised
from openmash.apps.concerns.queries.as_told import people_as_told, relations_as_told
from openmash.apps.families.told import PersonDescribed
from openmash.engines.thresholds import Policy
from openmash.web.raising.forms.people import ELSEWHERE
from openmash.web.raising.forms.person import ABOUT, BORN, NOT_KNOWN, NOT_SURE, UNBORN
from openmash.web.raising.forms.relations import PARTNER_OF, related_name
from openmash.web.raising.journey import ABOUT_SIGNS, FACTS, HAPPENING, SIGNS, START
from openmash.web.raising.typed import Values

ASKED = ("seen", "spoken_to", "parents_know")


def _one(**answers: str) -> Values:
    return {name: [answer] for name, answer in answers.items()}


def _date(name: str, value: date | None) -> Values:
    typed = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": [str(each)] for part, each in zip(("day", "month", "year"), typed, strict=True)}


def _sex(person: PersonDescribed) -> dict[str, str]:
    return {"sex": person.sex} if person.sex != NOT_KNOWN else {}


def _age(person: PersonDescribed) -> Values:
    how_old = NOT_KNOWN
    if person.kind == "unborn":
        how_old = UNBORN
    elif person.born_on:
        how_old = BORN
    elif person.about_age is not None:
        how_old = ABOUT
    about = "" if person.about_age is None else str(person.about_age)
    unsure = {NOT_SURE: ["on"]} if person.born_on_is_approximate else {}
    dates = {**_date("born_on", person.born_on), **_date("expected_on", person.expected_on)}
    return {**_one(how_old=how_old, about_age=about), **unsure, **dates}


def _address(person: PersonDescribed) -> str:
    code = person.postcode.strip()
    return (
        person.address if not code or code in person.address.upper() else f"{person.address}\n{code}".strip()
    )


def _besides(person: PersonDescribed) -> dict[str, str]:
    """What was told beside the first questions, as it would be typed."""
    now = [each for each in person.addresses if each.lines == person.address]
    before = [each for each in person.addresses if each.lines != person.address]
    numbers = {each.kind: each.value for each in person.identifiers}
    return {
        "earlier_names": _lines((f"{each.given} {each.family}".strip(), each.when) for each in person.names),
        "address_since": now[0].when if now else "",
        "earlier_addresses": _lines((each.lines, each.when) for each in before),
        "telephone": person.telephone,
        "nhs_number": numbers.get("nhs_number", ""),
    }


def _schooling(child: PersonDescribed) -> dict[str, str]:
    now = {each.kind: each.when for each in child.places if each.name in (child.school, child.gp)}
    before = [each for each in child.places if each.kind == "school" and each.name != child.school]
    return {
        "school_since": now.get("school", ""),
        "gp_since": now.get("gp", ""),
        "earlier_schools": _lines((each.name, each.when) for each in before),
        "upn": {each.kind: each.value for each in child.identifiers}.get("upn", ""),
    }


def _lines(told: Iterable[tuple[str, str]]) -> str:
    return "\n".join(", ".join(piece for piece in pieces if piece) for pieces in told)


def child_page(child: PersonDescribed) -> Values:
    """The page of a child, as described before."""
    told = _one(
        name=child.name,
        other_names=child.other_names,
        **_sex(child),
        address=_address(child),
        school=child.school,
        gp=child.gp,
        language=child.language,
        cared_for_by=child.cared_for_by,
        **_besides(child),
        **_schooling(child),
    )
    return {**told, **_age(child)}


def person_page(person: PersonDescribed, role: str) -> Values:
    """The page of another person."""
    told = _one(
        role=role, name=person.name, other_names=person.other_names, **_sex(person), **_besides(person)
    )
    address = _address(person)
    return {**told, **_one(home=ELSEWHERE if address else NOT_KNOWN, address=address), **_age(person)}


def only_where_empty(told_before: Values, typed_now: Values) -> Values:
    """What was told before, with everything typed now kept."""
    kept = {name: answers for name, answers in typed_now.items() if any(answer.strip() for answer in answers)}
    if any(name.startswith(("born_on", "about_age", "expected_on")) for name in kept):
        told_before = {name: a for name, a in told_before.items() if name not in _AGE_NAMES}
    return {**told_before, **kept}


_AGE_NAMES = {
    "how_old",
    "about_age",
    *(f"{name}_{part}" for name in ("born_on", "expected_on") for part in ("day", "month", "year")),
}


def pages_from(contact: Any, policy: Policy) -> dict[str, Values]:
    """A whole draft of a concern from a contact the person raised: people, signs, answers and their words."""
    said = as_raised(contact)
    pages: dict[str, Values] = {
        START: {
            **_one(in_danger=contact.in_danger, locality=str(contact.locality_id)),
            **_one(name=contact.raiser_name, contact=contact.raiser_contact),
            **_source(contact.source),
        },
        HAPPENING: _one(
            account=in_own_words(contact.question, contact.account),
            where_now=contact.where_now,
            parents_know_why_not=contact.parents_know_why_not,
            # What was not known may never have been asked, so it is asked now and not chosen already.
            **{name: getattr(contact, name) for name in ASKED if getattr(contact, name) != NOT_KNOWN},
        ),
        FACTS: {fact.fact: [fact.answer] for fact in said.facts},
    }
    return {**pages, **people_pages(said.parts), **sign_pages(said.signs, policy)}


def people_pages(parts: Sequence[Any]) -> dict[str, Values]:
    """The pages of everybody told about, with how they are related."""
    told = dict(zip(parts, people_as_told([part.description for part in parts]), strict=True))
    children = [part for part in parts if part.role == "subject"]
    others = [part for part in parts if part.role != "subject"]
    numbers = {part.description_id: number for number, part in enumerate(children, start=1)}
    people = {part.description_id: number for number, part in enumerate(others, start=1)}
    pages = {f"child-{numbers[part.description_id]}": child_page(told[part]) for part in children}
    pages |= {f"person-{people[part.description_id]}": person_page(told[part], part.role) for part in others}
    for said in relations_as_told(parts):
        page = f"person-{people[said.one_id]}" if said.one_id in people else f"child-{numbers[said.one_id]}"
        if said.other_id in numbers:
            pages[page] |= _one(**{related_name(numbers[said.other_id]): said.kind})
        elif said.other_id in people:
            pages[page] |= _one(**{PARTNER_OF: f"{said.kind}-{people[said.other_id]}"})
        if said.when and page.startswith("person-"):
            pages[page] |= _one(related_when=said.when)
    return pages


def _source(source: str) -> Values:
    public = ("family", "neighbour", "child", "other_public")
    return _one(source=source) if source in public else _one(source="works_with_children", work=source)


def in_own_words(question: str, account: str) -> str:
    """The question somebody asked and the account they gave, one after the other."""
    return "\n\n".join(text for text in (question, account) if text.strip())


def sign_pages(signs: Iterable[Any], policy: Policy) -> dict[str, Values]:
    """The two pages of signs. A sign that a newer version no longer has is kept: the page then says so."""
    chosen: Values = {}
    about: Values = {}
    for told in signs:
        sign = policy.signs_by_id.get(told.sign)
        domain = sign.domain if sign else policy.domains[0].id
        name = "strengths" if sign and sign.protective else f"signs_{domain}"
        chosen.setdefault(name, []).append(told.sign)
        many = sign is not None and len(sign.counted_examples) == 1
        about |= {
            f"{told.sign}-evidence": [told.evidence],
            **(
                {f"{told.sign}-immediate": [told.immediate_answer]}
                if told.immediate_answer != NOT_KNOWN
                else {}
            ),
            f"{told.sign}-when": [told.when],
            f"{told.sign}-note": [told.note],
            **_date(f"{told.sign}-since", told.since),
            **({f"{told.sign}-times": [str(len(told.examples))]} if many and told.examples else {}),
            **({f"{told.sign}-examples": list(told.examples)} if not many else {}),
        }
    return {SIGNS: chosen, ABOUT_SIGNS: about} if chosen else {}
