"""The compact form of a described person that is kept beside the keys: text that gives the same person back.

JSON with one letter for each part, and nothing for what is not known. Control characters are escaped, so
that any database can keep it.
"""

import json
from datetime import date
from typing import Any

from openmash.engines.matching.described import (
    BIRTH_NOT_KNOWN,
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
    """Read by the hundred in every lookup, so what is not there costs nothing."""
    given = parts.get
    return DescribedPerson(
        _names(given("n", ())),
        _born(*parts["b"]) if "b" in parts else BIRTH_NOT_KNOWN,
        _SEXES[given("x", "not_known")],
        tuple([_address(*address) for address in given("a", ())]),
        tuple([_identifier(*identifier) for identifier in given("i", ())]),
        _names(given("p", ())),
        _names(given("s", ())),
        tuple(given("c", ())),
        tuple(given("t", ())),
        "u" in parts,
        "g" in parts,
    )


_SEXES = {sex.value: sex for sex in Sex}
_KINDS = {kind.value: kind for kind in IdentifierKind}


def _names_as_lists(names: tuple[PersonName, ...]) -> list[list[str]]:
    return [_shortened([name.given, name.family]) for name in names]


def _names(lists: Any) -> tuple[PersonName, ...]:
    return tuple([PersonName(*name) for name in lists]) if lists else ()


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


def _born(
    on: str = "", is_approximate: object = "", age: Any = "", age_said_on: str = "", expected_on: str = ""
) -> Born:
    return Born(
        _date(on), bool(is_approximate), None if age == "" else age, _date(age_said_on), _date(expected_on)
    )


def _address(lines: str = "", postcode: str = "", since: str = "", until: str = "") -> Address:
    return Address(lines, postcode, _date(since), _date(until))


def _identifier(kind: str, value: str = "", issuer: str = "") -> Identifier:
    return Identifier(_KINDS[kind], value, issuer)


def _shortened(parts: list[Any]) -> list[Any]:
    """Without the empty ones at the end."""
    while parts and parts[-1] == "":
        parts.pop()
    return parts


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
