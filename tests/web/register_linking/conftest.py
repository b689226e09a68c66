from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from openmash.apps.directory.models import Agency, Person
from openmash.apps.registers.actions import running
from openmash.apps.registers.actions.handing_over import HandedOver, hand_over
from openmash.apps.registers.models import LinkingRun, Register
from tests.cast import Cast, make_cast
from tests.web.register_linking.pages import GP_LIST, PERSONAS, ROLL, As


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_person() -> As:
    """`as_person(cast.manager)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter


def handed_over(tmp_path: Path, text: str, by: Person, kind: str) -> Register:
    path = tmp_path / "given.csv"
    path.write_text(text, encoding="utf-8")
    said = HandedOver(
        kind, "An audit.", "Section 10", date(2099, 1, 1).replace(year=timezone.localtime().year + 1)
    )
    return hand_over(file=path, file_name=f"{kind}.csv", said=said, by=by, now=timezone.now())


@pytest.fixture
def asked(tmp_path: Path, cast: Cast) -> LinkingRun:
    """Two registers, and a run over them that waits."""
    practice = cast.boarding_lead
    practice.agency = Agency.objects.get(name="Elm Street Surgery")
    practice.save()
    one = handed_over(tmp_path, ROLL, cast.safeguarding_lead, "school_roll")
    other = handed_over(tmp_path, GP_LIST, practice, "gp_list")
    return running.ask_for_run(one=one, other=other, purpose="An audit.", by=cast.manager, now=timezone.now())


@pytest.fixture
def run(asked: LinkingRun) -> LinkingRun:
    """The run, carried out with Splink."""
    assert running.claim_run(now=timezone.now()) == asked.pk
    running.carry_out(asked.pk, clock=timezone.now)
    return asked
