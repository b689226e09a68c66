from collections.abc import Callable

import pytest
from django.test import Client

from openmash.apps.directory.models import Person
from tests.apps.casework import working
from tests.cast import Cast, make_cast

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    working.adopted()
    return made


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """`as_person(cast.social_worker)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter
