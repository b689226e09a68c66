from collections.abc import Callable

import pytest
from django.test import Client

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from tests.apps.casework import working
from tests.apps.journey import screening
from tests.cast import Cast, child, make_cast

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
SECRET = "The lodger is called Marmaduke."


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    working.adopted()
    return made


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """`as_person(cast.screener)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A concern in screening, with something not known that matters (A10) and something not to be passed on."""
    ayesha = child("Ayesha Chowdhury", about_age=8, address="1 Mill Lane", postcode="NF1 2AB")
    return screening(cast, "A10", parts=(ayesha,), account=SECRET)
