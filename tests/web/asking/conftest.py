from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.told_by import children_told_by
from openmash.apps.directory.models import Person
from openmash.apps.private_asking import keeper
from openmash.apps.private_asking.actions import asking
from openmash.apps.private_asking.actions.preparing import prepare_answers
from openmash.apps.private_asking.limits import Limits
from tests.apps.journey import raised
from tests.cast import Cast, child, make_cast

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
NO_LOTS = Limits(date(2026, 11, 1), 10, 40, 3, person_answers_one_in=2**255)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """`as_person(cast.screener)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter


@pytest.fixture(autouse=True)
def no_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "in_force", lambda on: NO_LOTS)
    monkeypatch.setattr(keeper, "ANSWERED_AFTER", 0.0)


def ayesha(name: str = "Ayesha Chowdhury") -> object:
    return child(name, born_on=date(2016, 3, 14), address="1 Mill Lane", postcode="NF1 2AB")


@pytest.fixture
def case(cast: Cast) -> Contact:
    """A concern a teacher raised about a child whom the police told the front door about before."""
    raised(cast, "A06", by=cast.police_officer, parts=(ayesha(),))
    police = cast.police_officer.agency
    prepare_answers(agency=police, people=list(children_told_by(police)), by=None, now=timezone.now())
    return raised(cast, "A06", by=cast.teacher, parts=(ayesha("Chaudhry, Aisha"), child("Tom Winterbourne")))
