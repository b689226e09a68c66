"""Between two installations: what is answered, what is refused, and two processes of the server that speak."""

import base64
import csv
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.private_log import look_at_private_log
from openmash.apps.concerns.queries.told_by import children_told_by
from openmash.apps.directory.models import Agency
from openmash.apps.families.queries import described
from openmash.apps.private_asking.actions import answering_others
from openmash.apps.private_asking.actions.preparing import prepare_answers
from openmash.apps.private_asking.between.calling import HOLDER, KEEPER
from openmash.apps.private_asking.between.installations import Ours
from openmash.apps.private_asking.between.signing import GOOD_FOR, headers_for
from openmash.apps.private_asking.between.told import Told
from openmash.apps.private_asking.models import OtherQuestion
from openmash.engines.matching.private.asking import Begun, begin, finish
from openmash.engines.matching.private.messages import Answered, Evaluated, Said
from openmash.engines.matching.private.tokens import tokens_to_ask
from tests.apps.journey import raised
from tests.cast import Cast, child, make_cast
from tests.web.asking.conftest import NO_LOTS, ayesha

THEIRS, OURS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
SOUTH = Ours("southshire", THEIRS)
COLUMNS = ("installation", "address", "public_key", "agency", "their_number")


def in_base64(key: bytes) -> str:
    return base64.b64encode(key).decode()


def listed(file: Path, *rows: tuple[object, ...]) -> str:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    return str(file)


@dataclass
class Asking:
    """Another installation, as far as we see it: what it sends, and how it signs."""

    police: Agency
    about: Contact
    case: UUID
    by: str = "7"

    def question(self) -> tuple[Begun, bytes]:
        child_described = described(self.about.parts.all()[0].description)
        begun = begin(uuid4(), tokens_to_ask(child_described, on=date(2026, 11, 25)))
        told = Told(
            self.police.pk, "Southshire Children’s Services", "Jo Marsh", "Social worker", self.by,
            str(self.case), "screening",
        )  # fmt: skip
        return begun, told.as_bytes() + begun.message.as_bytes()

    def ask(self) -> Said:
        begun, body = self.question()
        evaluated = Evaluated.from_bytes(sent(HOLDER, body).content)
        answer = sent(KEEPER, finish(begun, evaluated).as_bytes())
        assert (len(body), len(answer.content)) == (2_048 + 1_044, 32)
        return Answered.from_bytes(answer.content).said


def sent(path: str, body: bytes, *, by: Ours = SOUTH, **signed: Any) -> Any:
    given = {"path": path, "by": by, "to": "northshire", "at": int(time.time()), **signed}
    return Client().post(
        path, body, content_type="application/octet-stream", headers=headers_for(body, **given)
    )


@pytest.fixture
def asking(case: Contact, cast: Cast, settings: Any, tmp_path: Path, monkeypatch: Any) -> Asking:
    settings.OPENMASH_INSTALLATION = "northshire"
    settings.OPENMASH_INSTALLATION_KEY = in_base64(OURS.private_bytes_raw())
    row = ("southshire", "", in_base64(THEIRS.public_key().public_bytes_raw()), "", "")
    settings.OPENMASH_INSTALLATIONS_FILE = listed(tmp_path / "others.csv", row)
    monkeypatch.setattr(answering_others, "in_force", lambda on: NO_LOTS)
    return Asking(cast.police_officer.agency, case, uuid4())


def test_another_installation_asks_and_both_see_that_it_did(asking: Asking, cast: Cast) -> None:
    assert asking.ask() is Said.HIT
    (kept,) = OtherQuestion.objects.all()
    assert (kept.installation, kept.by, kept.said) == ("southshire", "Jo Marsh", "hit")
    assert Event.objects.filter(verb="be_asked_privately", ground__endswith="southshire").count() == 1
    (line,) = look_at_private_log(by=cast.second_partner, now=timezone.now()).asked_us
    assert (line.by, line.agency) == ("Jo Marsh", "Southshire Children’s Services (southshire)")
    assert (line.case_reference, line.said) == ("", "")
    with pytest.raises(DatabaseError), transaction.atomic():
        OtherQuestion.objects.update(said="no_hit")


def test_nothing_is_answered_twice(asking: Asking) -> None:
    begun, body = asking.question()
    evaluated = sent(HOLDER, body)
    assert evaluated.status_code == 200
    again = sent(HOLDER, body)
    assert again.status_code == 409 and "Nothing is answered twice" in again.content.decode()
    finished = finish(begun, Evaluated.from_bytes(evaluated.content)).as_bytes()
    assert [sent(KEEPER, finished).status_code for _time in range(2)] == [200, 409]


def test_only_what_one_on_the_list_signed_for_us_just_now_is_answered(asking: Asking) -> None:
    _begun, body = asking.question()
    now = int(time.time())
    faults: tuple[dict[str, Any], ...] = (
        {"by": Ours("southshire", Ed25519PrivateKey.generate())},
        {"by": Ours("nowhere", THEIRS)},
        {"to": "somebody else"},
        {"path": KEEPER},
        {"at": now - GOOD_FOR - 60},
        {"at": now + GOOD_FOR + 60},
    )
    for wrong in faults:
        signed: dict[str, Any] = {"path": HOLDER, "by": SOUTH, "to": "northshire", "at": now, **wrong}
        headers = headers_for(body, **signed)
        refused = Client().post(HOLDER, body, content_type="application/octet-stream", headers=headers)
        assert refused.status_code == 401, wrong
    other_body = body[:-1] + bytes([body[-1] ^ 1])
    headers = headers_for(body, path=HOLDER, by=SOUTH, to="northshire", at=now)
    assert Client().post(HOLDER, other_body, content_type="x/y", headers=headers).status_code == 401
    assert sent(HOLDER, body[:-1]).status_code == 400
    assert sent(HOLDER, b"x" * len(body)).status_code == 400
    assert sent(KEEPER, b"x" * 280).status_code == 400
    assert not OtherQuestion.objects.exists()


def test_limits_hold_for_others_and_the_refusal_is_written_down(asking: Asking, monkeypatch: Any) -> None:
    monkeypatch.setattr(answering_others, "in_force", lambda on: replace(NO_LOTS, one_person_a_day=1))
    assert asking.ask() is Said.HIT
    refused = sent(HOLDER, asking.question()[1])
    assert refused.status_code == 403 and "one person may" in refused.content.decode()
    assert Event.objects.filter(outcome="refused", verb="ask_privately").count() == 1
    asking.by = "8"
    assert asking.ask() is Said.HIT


def test_off_unless_it_is_set_up(asking: Asking, settings: Any) -> None:
    settings.OPENMASH_INSTALLATION_KEY = ""
    assert {sent(path, asking.question()[1]).status_code for path in (HOLDER, KEEPER)} == {404}


# --- two processes, two databases ---


@contextmanager
def server(port: int, database: str, **variables: str) -> Iterator[str]:
    """The server as it is run, on a database of its own."""
    settings = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PGHOST": str(settings["HOST"]),
        "PGPORT": str(settings["PORT"]),
        "PGUSER": str(settings["USER"]),
        "PGPASSWORD": str(settings["PASSWORD"]),
        "PGDATABASE": database,
        **variables,
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "openmash.config.wsgi"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            requests.get(f"http://127.0.0.1:{port}/", timeout=60)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The server did not start.")


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def copied_database(name: str) -> str:
    """A copy of the test's database as it is now."""
    settings = connection.settings_dict
    own = str(settings["NAME"])
    connection.close()
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    told: dict[str, Any] = {key: str(settings[part]) for key, part in parts.items() if settings[part]}
    with psycopg.connect(dbname="postgres", autocommit=True, **told) as maker:
        maker.execute(f'DROP DATABASE IF EXISTS "{own}_{name}" WITH (FORCE)')
        maker.execute(f'CREATE DATABASE "{own}_{name}" TEMPLATE "{own}"')
    return f"{own}_{name}"


class Browser:
    """Somebody signed in at the installation that asks, without scripting."""

    def __init__(self, address: str, person_id: int) -> None:
        self.address, self.session = address, requests.Session()
        self.send(f"/people/{person_id}/sign-in/", "/")

    def send(self, path: str, page: str, **typed: str) -> str:
        shown = self.session.get(self.address + page, timeout=60).text
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"', shown))
        return self.session.post(self.address + path, data={**hidden, **typed}, timeout=60).text


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_two_installations_in_two_processes(tmp_path: Path) -> None:
    cast = make_cast()
    police = cast.police_officer.agency
    raised(cast, "A06", by=cast.police_officer, parts=(ayesha(),))
    cases = [raised(cast, "A06", by=cast.teacher, parts=(ayesha("Chaudhry, Aisha"),)) for _n in range(4)]
    stranger = child("Jack Fairweather", born_on=date(2011, 5, 2), postcode="NF8 8ZZ")
    strangers = [raised(cast, "A06", by=cast.teacher, parts=(stranger,)) for _n in range(4)]
    asks = copied_database("asks")  # it has prepared nothing: what it is told comes from the other
    prepare_answers(agency=police, people=children_told_by(police), by=None, now=timezone.now())
    port, keys = free_port(), (in_base64(THEIRS.private_bytes_raw()), in_base64(OURS.private_bytes_raw()))
    publics = [in_base64(key.public_key().public_bytes_raw()) for key in (THEIRS, OURS)]
    with ExitStack() as both:
        answering = both.enter_context(
            server(
                port,
                str(connection.settings_dict["NAME"]),
                OPENMASH_INSTALLATION="northshire",
                OPENMASH_INSTALLATION_KEY=keys[1],
                OPENMASH_INSTALLATIONS_FILE=listed(
                    tmp_path / "north.csv", ("southshire", "", publics[0], "", "")
                ),
            )
        )
        asking_at = both.enter_context(
            server(
                free_port(),
                asks,
                OPENMASH_INSTALLATION="southshire",
                OPENMASH_INSTALLATION_KEY=keys[0],
                OPENMASH_INSTALLATIONS_FILE=listed(
                    tmp_path / "south.csv", ("northshire", answering, publics[1], police.name, police.pk)
                ),
            )
        )
        browser = Browser(asking_at, cast.screener.pk)
        assert "Somebody at Northfield Police knows a child like this" in answer(browser, cases, police)
        assert "Nothing alike was found at Northfield Police" in answer(browser, strangers, police)
    assert {"hit", "no_hit"} <= set(OtherQuestion.objects.values_list("said", flat=True))
    assert set(OtherQuestion.objects.values_list("installation", "by")) == {("southshire", "Screener")}


def answer(browser: Browser, cases: list[Contact], police: Agency) -> str:
    """The first answer that no lot falls on: of four, one time in 390,000 there is none."""
    for case in cases:
        described_as = str(case.parts.get(role="subject").description_id)
        page = f"/asking/{case.pk}/"
        said = browser.send(page, page, child=described_as, asked=str(police.pk), purpose="screening")
        if "must answer this" not in said:
            return said
    raise AssertionError("A person had to answer every time.")
