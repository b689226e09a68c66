import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from openmash.apps.directory.models import Agency, Locality, Person, Role, RoleHeld

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def no_earlier_tries(request: pytest.FixtureRequest) -> Iterator[None]:
    """Failed sign-ins are counted in a table that outlives a test."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("live_server" if "live_server" in request.fixturenames else "db")
        cache.clear()
    yield


@pytest.fixture
def agency(request: pytest.FixtureRequest) -> Agency:
    request.getfixturevalue("transactional_db" if "page" in request.fixturenames else "db")
    locality = Locality.objects.create(name="Northvale", code="northvale")
    return Agency.objects.create(name="Northvale Primary School", kind="school", locality=locality)


def make_person(agency: Agency, name: str = "Farah Aziz", **fields: Any) -> Person:
    given = {"email": "known@agency.example", "job_title": "Deputy head", "password": PASSWORD, **fields}
    person = Person.objects.create_user(name=name, agency=agency, **given)
    RoleHeld.objects.create(person=person, role=Role.SAFEGUARDING_LEAD, starts=datetime.date(2020, 1, 1))
    return person


@pytest.fixture
def person(agency: Agency) -> Person:
    """A real account with a password and no second factor yet."""
    return make_person(agency)


@pytest.fixture
def persona(agency: Agency) -> Person:
    """A made-up person of the demonstration."""
    return make_person(
        agency,
        is_persona=True,
        password=None,
        email="persona@example.org",
        persona_note="Starts new each September.",
    )
