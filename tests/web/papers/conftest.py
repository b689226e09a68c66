from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from openmash.apps.directory.models import Person
from tests.apps.casework import working
from tests.apps.papers.writing import adopted_letters
from tests.cast import Cast, make_cast
from tests.clamav import clamd

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
__all__ = ["clamd"]


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    working.adopted()
    adopted_letters()
    return made


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where documents lie in a test."""
    settings.OPENMASH_DOCUMENTS_FOLDER = str(tmp_path / "documents")
    return tmp_path / "documents"


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """`as_person(cast.social_worker)` is a browser without scripting, signed in as that person."""

    def enter(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        return client

    return enter
