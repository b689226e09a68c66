"""What every address of the web opens, and by which verb: read from `endpoints.csv` beside this.

An address that is not there fails the build (`tests/access`), so that nobody adds a page without saying whom it is for.

The kinds of record, and what their `verb` is:

- nothing: open to everybody; shows nothing of anybody's record
- nobody: only says that it is closed
- own account, own list: for whoever has signed in; shows what is theirs, or leads to what they may open
- list for roles: for whoever holds one of the roles named
- draft: somebody's own words, not yet sent
- contact, restricted contact, known person: `apps.access.grounds.ALLOWED`; of several verbs all are needed
- kept record: `apps.keeping.permission`
- subject access: the contact whose record was asked for, by `apps.access.grounds.ALLOWED`
- restriction, emergency: whoever guards the restricted record
- case, meeting, given paper: `apps.casework.pathway`, `apps.papers.permission`; {names} are filled in from the address
- request: `apps.access.request_grounds.ALLOWED_ON_REQUEST`
- register, linking run, own agency's register: `apps.registers.permission`
- sample (a concern put before an auditor): `apps.access.sample_grounds`
- threshold: `apps.policy.permission`; of several verbs one is enough
- another installation: signed by it
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_name("endpoints.csv")
KINDS = frozenset(
    {
        "nothing",
        "nobody",
        "own account",
        "own list",
        "list for roles",
        "draft",
        "contact",
        "restricted contact",
        "known person",
        "kept record",
        "subject access",
        "restriction",
        "emergency",
        "case",
        "meeting",
        "given paper",
        "request",
        "register",
        "linking run",
        "own agency's register",
        "threshold",
        "sample",
        "another installation",
    }
)


@dataclass(frozen=True)
class Declared:
    """What an endpoint opens, and the verb that lets somebody."""

    opens: str
    verb: str


@dataclass(frozen=True)
class Endpoint:
    """One address of the web. `key` is how it is declared; `parameters` are what stands in the address."""

    name: str
    parameters: tuple[str, ...]
    pattern: URLPattern

    @property
    def key(self) -> str:
        """Its name; with its parameters where the table has the two apart."""
        longer = f"{self.name}({','.join(self.parameters)})"
        return longer if longer in declared() else self.name


def declared() -> dict[str, Declared]:
    """The table, by name."""
    return _read()


@cache
def _read() -> dict[str, Declared]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["endpoint"]: Declared(row["opens"], row["verb"]) for row in csv.DictReader(file)}


def walk(patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[Endpoint]:
    """Every endpoint of the URL configuration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner)
        else:
            yield Endpoint(f"{namespace}{pattern.name}", tuple(pattern.pattern.regex.groupindex), pattern)


def undeclared() -> list[str]:
    """Endpoints that say nothing of what they open, or nothing that is known."""
    known = declared()
    return sorted(
        {each.name for each in walk() if each.key not in known or known[each.key].opens not in KINDS}
    )
