"""What the tests of these pages share."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from openmash.apps.directory.models import Person
from tests.cast import Cast, make_cast

Response = Any
"""What Django's test client gives: a response with more on it than its type says."""

PERSONA = "openmash.web.accounts.personas.PersonaBackend"


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody. In a test with a browser the rows are seen by other connections too (`tests.browser`)."""
    return make_cast()


@dataclass
class Writer:
    """Somebody who fills the pages in without a browser: each answer is posted as a browser would."""

    client: Client
    cast: Cast
    base: str = ""
    kind: str = "concerns"
    start: dict[str, Any] = field(default_factory=dict)

    def begin(self, **answers: Any) -> str:
        """Answer the first page; gives the address of the draft."""
        typed = {"in_danger": "no", "locality": self.cast.here.pk, **self.start, **answers}
        response = self.client.post(f"/{self.kind}/", typed)
        assert response.status_code == 302, text_of(response)
        self.base = "/".join(response["Location"].split("/")[:3]) + "/"
        return self.base

    def get(self, page: str = "") -> Response:
        return self.client.get(self.base + page)

    def post(self, page: str, **answers: Any) -> Response:
        """Post a page. A field whose name has a dash is given with two underscores: D02__evidence."""
        return self.client.post(self.base + page, {re.sub("__", "-", name): v for name, v in answers.items()})

    def keep(self, page: str, **answers: Any) -> Response:
        """Save while typing."""
        typed = {re.sub("__", "-", name): value for name, value in answers.items()}
        return self.client.post(f"{self.base}keep/{page}/", typed, headers={"accept": "application/json"})

    def least(self) -> None:
        """As little as can be sent."""
        self.post("child/1/", name="", how_old="not_known")
        self.post("happening/", account="The baby cries all night.")

    def send(self) -> Response:
        return self.client.post(f"{self.base}send/")


def text_of(response: Response) -> str:
    """What a reader sees of the page, with single spaces."""
    body = response.content.decode().split("<main", 1)[-1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|template).*?</\1>", "", body)))


@pytest.fixture
def teacher(cast: Cast) -> Writer:
    return as_person(cast, cast.teacher)


@pytest.fixture
def gp(cast: Cast) -> Writer:
    writer = as_person(cast, cast.gp)
    writer.kind = "advice"
    return writer


@pytest.fixture
def neighbour(cast: Cast) -> Writer:
    return Writer(Client(), cast, start={"source": "neighbour"})


def as_person(cast: Cast, person: Person) -> Writer:
    client = Client()
    client.force_login(person, backend=PERSONA)
    return Writer(client, cast)
