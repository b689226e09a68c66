"""What somebody may know besides: earlier names and addresses, schools, numbers; each with its dates."""

from collections.abc import Iterator, Mapping
from typing import Any

from openmash.apps.families.told import AddressTold, IdentifierTold, NameTold, PlaceTold
from openmash.web.raising.dates_said import When, lines_said, when_said
from openmash.web.raising.postcodes import postcode_in


def told_besides(answers: Mapping[str, Any], address: str) -> dict[str, Any]:
    """The rows of `families.told.PersonDescribed`, from the typed answers."""
    return {
        "names": tuple(_names(answers)),
        "addresses": tuple(_addresses(answers, address)),
        "places": tuple(_places(answers)),
        "identifiers": tuple(_identifiers(answers)),
    }


def _names(answers: Mapping[str, Any]) -> Iterator[NameTold]:
    for said in lines_said(answers.get("earlier_names", "")):
        yield NameTold(given=said.text, kind="former", **_dates(said.when))


def _addresses(answers: Mapping[str, Any], address: str) -> Iterator[AddressTold]:
    """The address in use again only when it is known since when; then the earlier ones."""
    since = when_said(answers.get("address_since", ""))
    if address and since.words:
        yield AddressTold(address, postcode_in(address), **_dates(since))
    for said in lines_said(answers.get("earlier_addresses", "")):
        yield AddressTold(said.text, postcode_in(said.text), **_dates(said.when))


def _places(answers: Mapping[str, Any]) -> Iterator[PlaceTold]:
    for kind in ("school", "gp"):
        name, since = answers.get(kind, ""), when_said(answers.get(f"{kind}_since", ""))
        if name and since.words:
            yield PlaceTold(kind, name, **_dates(since))
    for said in lines_said(answers.get("earlier_schools", "")):
        yield PlaceTold("school", said.text, **_dates(said.when))


def _identifiers(answers: Mapping[str, Any]) -> Iterator[IdentifierTold]:
    for kind in ("nhs_number", "upn"):
        if answers.get(kind, "").strip():
            yield IdentifierTold(kind=kind, value=answers[kind])


def _dates(when: When) -> dict[str, Any]:
    return {"since": when.since, "until": when.until, "when": when.words}
