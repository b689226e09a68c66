import pytest
from django.test import Client

from openmash.apps.directory.models import Person
from tests.cast import Cast, make_cast
from tests.web.hearing_back.pages import PERSONAS, SignedIn


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_person() -> SignedIn:
    """`as_person(cast.teacher)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter
