"""Asks every endpoint as everybody, before every kind of record, and holds the answer against the rules."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from openmash.apps.directory.models import Person
from openmash.config.endpoints import Declared, Endpoint, declared, undeclared, walk
from tests.access.gates import Asking, expected, register_of
from tests.access.world import SITUATIONS, Dossier, World

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
NOBODY = "nobody signed in"
WHO = (
    NOBODY, "teacher", "safeguarding_lead", "boarding_lead", "police_officer", "screener", "second_screener",
    "screener_elsewhere", "manager", "adviser", "head", "partner", "social_worker", "team_manager",
    "team_manager_elsewhere", "chair", "policy_lead",
)  # fmt: skip
"""Every role that can be held, in the locality of the record and in another, and people who hold none."""

OF_NO_RECORD = frozenset(
    {"nothing", "nobody", "own account", "own list", "list for roles", "draft", "threshold", "own agency's register",
     "another installation", "linking run", "sample"}
)  # fmt: skip
"""What does not depend on the record of a child is asked once, and not for each situation."""

ASKED_OF_ALL = (NOBODY, "teacher")
"""What is open to everybody and shows nothing of anybody is asked as somebody and as nobody, not as all."""

SENT_IN = ("own", "sealed")
"""Where a refused person also sends the form: of one record they may not open, and of the one closed to most."""

CLOSED = frozenset({401, 403, 404, 409})
MISSING = UUID("00000000-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class Cell:
    """One person before one endpoint of one record: what the rules say, and what the web answered."""

    endpoint: str
    who: str
    situation: str
    expected: bool
    answers: dict[str, int]
    address: str

    @property
    def is_leak(self) -> bool:
        """The rules say no, and something else than a refusal came back. Being sent to sign in is a refusal."""
        return not self.expected and any(status not in CLOSED for status in self.answers.values())

    @property
    def is_shut(self) -> bool:
        """The rules say yes, and the web refuses."""
        return self.expected and set(self.answers.values()) <= {401, 403}

    @property
    def failed(self) -> bool:
        return any(status >= 500 for status in self.answers.values())


@dataclass
class Matrix:
    """Every cell, and what is wrong."""

    cells: list[Cell] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def leaks(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_leak]

    @property
    def shut(self) -> list[Cell]:
        """But for pages of signing in, which send whoever has done so, or not begun, back to where that begins."""
        table = declared()
        return [cell for cell in self.cells if cell.is_shut and table[cell.endpoint].opens != "nothing"]

    @property
    def failures(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.failed]

    @property
    def never_opened(self) -> list[str]:
        """Endpoints of which every cell was refused or not found: nothing is proved of them but that."""
        opened = {cell.endpoint for cell in self.cells if set(cell.answers.values()) - {401, 403, 404}}
        return sorted({cell.endpoint for cell in self.cells} - opened)

    def as_json(self) -> dict[str, Any]:
        """What the command prints."""
        return {
            "endpoints": len(list(walk())),
            "cells": len(self.cells),
            "leaks": [vars(cell) for cell in self.leaks],
            "undeclared": undeclared(),
            "refused_wrongly": [vars(cell) for cell in self.shut],
            "failures": [vars(cell) for cell in self.failures],
            "never_opened": self.never_opened,
            "expected_yes": sum(cell.expected for cell in self.cells),
            "seconds": round(self.seconds, 1),
        }


def lines(matrix: Matrix) -> list[str]:
    """The same for somebody who reads it: the counts, and each cell that is wrong."""
    told = matrix.as_json()
    counts = [f"{name}: {len(value) if isinstance(value, list) else value}" for name, value in told.items()]
    wrong = [*matrix.leaks, *matrix.shut, *matrix.failures]
    return [*counts, *(f"  {each.who}, {each.situation}: {each.address} {each.answers}" for each in wrong)]


def run(world: World, who: tuple[str, ...] = WHO) -> Matrix:
    """Ask everything. Whatever an answer did to the world is undone before the next is asked."""
    matrix, began = Matrix(), time.monotonic()
    table = declared()
    for name in who:
        client, person = browser(world, name)
        now = timezone.now()
        before = {each.situation: Asking(world, each, person, now) for each in world.dossiers.values()}
        for endpoint in walk():
            if endpoint.key in table and (
                table[endpoint.key].opens not in ("nothing", "nobody") or name in ASKED_OF_ALL
            ):
                matrix.cells += _cells(world, endpoint, table[endpoint.key], name, client, before)
    matrix.seconds = time.monotonic() - began
    return matrix


def browser(world: World, who: str) -> tuple[Client, Person | None]:
    """A browser in which this person has signed in."""
    client = Client(raise_request_exception=False)
    person = None if who == NOBODY else world.cast.people[who]
    if person is not None:
        client.force_login(person, backend=PERSONAS)
    return client, person


def _cells(
    world: World, endpoint: Endpoint, means: Declared, who: str, client: Client, before: dict[str, Asking]
) -> Iterator[Cell]:
    situations = SITUATIONS[:1] if means.opens in OF_NO_RECORD else SITUATIONS
    for situation in situations:
        dossier, asking = world.dossiers[situation], before[situation]
        parameters = parameters_of(endpoint, world, dossier)
        if parameters is None:
            continue  # a record of this kind does not exist in this situation
        address = address_of(endpoint, parameters)
        may = expected(asking, means, parameters)
        yield Cell(endpoint.key, who, situation, may, _answers(client, address, may, situation), address)


def _answers(client: Client, address: str, may: bool, situation: str) -> dict[str, int]:
    """Whoever is let through is asked once: what they may then do is for other tests. Whoever is not also sends."""
    found = {"GET": _status(ask(client, "get", address))}
    if found["GET"] == 405 or (not may and situation in SENT_IN):
        found["POST"] = _status(ask(client, "post", address))
    return {method: status for method, status in found.items() if status != 405}


def ask(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """Ask, and undo whatever that did: to the world, and to the browser (which signing out would leave signed out)."""
    cookies = SimpleCookie(client.cookies.output(header="", sep="; "))
    with transaction.atomic():
        answer = getattr(client, method)(address, data or {})
        if getattr(answer, "streaming", False):
            answer.content_read = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _status(answer: HttpResponseBase) -> int:
    if answer.status_code in (301, 302) and answer["Location"].startswith(reverse("account_login")):
        return 401
    return answer.status_code


def address_of(endpoint: Endpoint, parameters: dict[str, Any]) -> str:
    """Where it is. Two patterns of one name differ by their parameters."""
    try:
        return reverse(endpoint.name, kwargs=parameters)
    except NoReverseMatch as wrong:
        raise AssertionError(f"{endpoint.name} takes something the matrix cannot fill in: {wrong}") from wrong


def parameters_of(endpoint: Endpoint, world: World, dossier: Dossier) -> dict[str, Any] | None:
    """What stands in the address, for this record; None when the record has nothing of the kind."""
    known = _known(endpoint, world, dossier)
    found = {name: known.get(name, OTHERS.get(name)) for name in endpoint.parameters}
    if missing := [name for name, value in found.items() if value is None]:
        if set(missing) <= OPTIONAL:
            return None
        raise AssertionError(f"{endpoint.name}: the matrix does not know what {missing} may be")
    return found


OPTIONAL = {
    "case_id", "meeting_id", "paper_id", "given_id", "letter_id", "document_id", "restriction_id", "emergency_id",
    "conflict_id", "known_person", "asked_id", "access_id",
}  # fmt: skip
OTHERS: dict[str, Any] = {
    "provider_id": "agency", "uidb36": "1", "key": "x", "number": 1, "page": "happening", "sign_code": "A06",
    "gate": "enquiry", "audience": "everybody", "name": "summary", "position": 1, "pair": 1, "said": 1,
    "action_id": 1, "new_id": 1, "proposal_id": 1, "escalation_id": 1, "decision_id": 1, "follow_up_id": 1,
    "link_id": 1, "not_same_id": 1, "identifier_id": 1, "question_id": MISSING, "earlier_id": MISSING,
    "record_kind": "contact", "hold_id": 1, "absence_id": 1, "sample_id": 1, "awaited_id": 1,
    "row_id": MISSING,
    "earlier_contact_id": MISSING, "what": "texts", "table": "signs", "verb": "close",
}  # fmt: skip
"""What is the same for every record: a page of a draft, a move, or a number that need not be there."""


def _known(endpoint: Endpoint, world: World, dossier: Dossier) -> dict[str, Any]:
    case, part = dossier.case, endpoint.name.partition(":")[0]
    known: dict[str, Any] = {
        "contact_id": dossier.contact.pk,
        "kept_id": dossier.contact.pk,
        "description_id": dossier.described.pk,
        "known_person": dossier.known_person,
        "sign_id": dossier.sign.pk if dossier.sign else 1,
        "asked_id": dossier.asked_elsewhere.pk if dossier.asked_elsewhere else None,
        "request_id": dossier.request.pk,
        "draft_id": world.draft.pk,
        "draft": world.threshold_draft.pk,
        "person_id": world.cast.teacher.pk,
        "case_id": case.pk if case else None,
        "meeting_id": dossier.meeting.pk if dossier.meeting else None,
        "paper_id": dossier.paper.pk if dossier.paper else None,
        "given_id": dossier.given.pk if dossier.given else None,
        "letter_id": dossier.letter.pk if dossier.letter else None,
        "document_id": dossier.document.document_id if dossier.document else None,
        "restriction_id": dossier.restriction.pk if dossier.restriction else None,
        "emergency_id": dossier.emergency.pk if dossier.emergency else None,
        "conflict_id": dossier.conflict.pk if dossier.conflict else None,
        "kind": "initial_conference",
    }
    if endpoint.name in ("requests:of_case", "requests:ask_on_case"):
        known["record_id"] = case.pk if case else MISSING
    elif part == "requests":
        known["record_id"] = dossier.contact.pk
    if part == "papers" and (about := dossier.occasion):
        known |= {"kind": about.kind if "key" in endpoint.parameters else "minutes", "key": about.key}
    by_part = {
        "register_linking": register_of(world, dossier).pk,
        "understanding": world.round.pk,
        "thresholds": world.cast.policy.pk,
        "drafting": world.threshold_draft.pk,
    }
    known["pk"] = by_part.get(part, 1)
    if endpoint.name == "drafting:download_version":
        known["pk"] = world.cast.policy.pk
    if endpoint.name.startswith("register_linking:") and declared()[endpoint.key].opens == "linking run":
        known["pk"] = world.run.pk
    return known
