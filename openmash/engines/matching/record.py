"""The compact form of a described person that is kept beside the keys: text that gives the same person back.

JSON with one letter for each part, and nothing for what is not known. Control characters are escaped, so
that any database can keep it.
"""

import json
from datetime import date
from typing import Any

from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_in_ascii = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def as_text(person: DescribedPerson) -> str:
    """The person in one line of text."""
    parts: dict[str, Any] = {
        "n": _names_as_lists(person.names),
        "b": _born_as_list(person.born),
        "x": "" if person.sex is Sex.NOT_KNOWN else person.sex.value,
        "a": [_shortened([a.lines, a.postcode, _day(a.since), _day(a.until)]) for a in person.addresses],
        "i": [_shortened([i.kind.value, i.value, i.issuer]) for i in person.identifiers],
        "p": _names_as_lists(person.parents),
        "s": _names_as_lists(person.siblings),
        "c": list(person.schools),
        "t": list(person.telephones),
        "u": 1 if person.is_unborn else 0,
        "g": 1 if person.is_adult else 0,
    }
    known = {letter: part for letter, part in parts.items() if part}
    text = _encode(known)
    # Half a character (a lone surrogate) cannot be written as UTF-8, but can be escaped.
    return text if text.isprintable() else _encode_in_ascii(known)


def from_text(text: str) -> DescribedPerson:
    """The person that `as_text` wrote.

    Raises:
        ValueError: this is not what `as_text` writes.
    """
    try:
        parts = json.loads(text)
        return _person(parts)
    except (TypeError, AttributeError, KeyError, IndexError, json.JSONDecodeError) as error:
        raise ValueError("This is not a person kept by record.as_text.") from error


def _person(parts: dict[str, Any]) -> DescribedPerson:
    given = parts.get
    return DescribedPerson(
        names=_names(given("n", ())),
        born=_born(given("b", ())),
        sex=Sex(given("x", "not_known")),
        addresses=tuple([_address(*address) for address in given("a", ())]),
        identifiers=tuple([_identifier(*identifier) for identifier in given("i", ())]),
        parents=_names(given("p", ())),
        siblings=_names(given("s", ())),
        schools=tuple(given("c", ())),
        telephones=tuple(given("t", ())),
        is_unborn="u" in parts,
        is_adult="g" in parts,
    )


def _names_as_lists(names: tuple[PersonName, ...]) -> list[list[str]]:
    return [_shortened([name.given, name.family]) for name in names]


def _names(lists: Any) -> tuple[PersonName, ...]:
    return tuple([PersonName(*name) for name in lists])


def _born_as_list(born: Born) -> list[Any]:
    return _shortened(
        [
            _day(born.on),
            1 if born.is_approximate else "",
            "" if born.age_years is None else born.age_years,
            _day(born.age_said_on),
            _day(born.expected_on),
        ]
    )


def _born(parts: Any) -> Born:
    filled: list[Any] = [*parts, *[""] * (5 - len(parts))]
    on, is_approximate, age, age_said_on, expected_on = filled
    return Born(
        on=_date(on),
        is_approximate=bool(is_approximate),
        age_years=None if age == "" else age,
        age_said_on=_date(age_said_on),
        expected_on=_date(expected_on),
    )


def _address(lines: str = "", postcode: str = "", since: str = "", until: str = "") -> Address:
    return Address(lines, postcode, _date(since), _date(until))


def _identifier(kind: str, value: str = "", issuer: str = "") -> Identifier:
    return Identifier(IdentifierKind(kind), value, issuer)


def _shortened(parts: list[Any]) -> list[Any]:
    """Without the empty ones at the end."""
    while parts and parts[-1] == "":
        parts.pop()
    return parts


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
