"""Whatever is sent to any form or address, it is answered: no failure, and nothing that was there is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.config.endpoints import declared, walk
from tests.access import hostile, matrix
from tests.access.forms import Form, forms_of
from tests.access.gates import Asking, expected
from tests.access.world import World

pytestmark = pytest.mark.django_db
SENDERS = (
    matrix.NOBODY, "teacher", "manager", "safeguarding_lead", "social_worker", "team_manager", "chair", "partner",
    "policy_lead", "police_officer",
)  # fmt: skip
ROUNDS = 4
"""How often each form is sent, each time with other texts; all forms together meet every text many times."""

HEAVY = {"drafting:prove_draft", "trying:all_numbers", "trying:sweep", "trying:replay", "trying:compare"}
"""Long calculations on a draft that take nothing typed but a number in the address."""


@dataclass(frozen=True)
class Page:
    """A form that somebody found on a page."""

    who: str
    client: Client
    address: str
    form: Form


def pages(world: World) -> list[Page]:
    """Every form once, on the page of whoever may open it first."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    opened: set[str] = set()
    found = []
    for who in SENDERS:
        client, _person = matrix.browser(world, who)
        for name, address in _addresses(world, who):
            if name in opened:
                continue
            answer = matrix.ask(client, "get", address)
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                continue
            opened.add(name)
            for form in forms_of(answer.content.decode()):
                key = (form.action or name, tuple(sorted(form.fields)))
                if form.fields and key not in seen:
                    seen.add(key)
                    found.append(Page(who, client, form.action or address, form))
    return found


def _addresses(world: World, who: str) -> Iterator[tuple[str, str]]:
    """Every address that this person may open, of one record."""
    table, person = declared(), None if who == matrix.NOBODY else world.cast.people[who]
    for endpoint in walk():
        if endpoint.key in HEAVY or endpoint.name.endswith("_pdf"):
            continue
        for situation in ("own", "sealed"):
            dossier = world.dossiers[situation]
            parameters = matrix.parameters_of(endpoint, world, dossier)
            if parameters is None:
                continue
            asking = Asking(world, dossier, person, timezone.now())
            if expected(asking, table[endpoint.key], parameters):
                yield endpoint.key, matrix.address_of(endpoint, parameters)
            break


@pytest.fixture(scope="module")
def found(world: World) -> list[Page]:
    return pages(world)


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM concerns_contact) + (SELECT count(*) FROM audit_event)")
        return int(cursor.fetchone()[0])


def test_there_are_two_hundred_hostile_texts() -> None:
    assert len(set(hostile.TEXTS)) >= 200


def test_hostile_texts_in_every_form_are_answered(world: World, found: list[Page]) -> None:
    assert len(found) > 60
    texts, failed, before, sent = cycle(hostile.TEXTS), [], count(), set()
    for page in found:
        names = sorted(page.form.fields.keys() - page.form.files)
        for turn in range(ROUNDS):
            chosen = list(islice(texts, len(names)))
            sent |= set(chosen)
            # One turn in two leaves what is chosen from a list as it was, so that texts get as far as they can.
            only = set(names) if turn % 2 else page.form.texts
            data = {
                **page.form.filled_in(),
                **{k: v for k, v in zip(names, chosen, strict=True) if k in only},
            }
            method = "post" if page.form.method == "post" else "get"
            answer = matrix.ask(page.client, method, page.address, data)
            if answer.status_code >= 500:
                failed.append((page.who, page.address, {k: v[:40] for k, v in data.items()}))
    assert failed == []
    assert sent == set(hostile.TEXTS)
    assert count() == before


def test_what_was_typed_comes_back_with_a_sentence(world: World, found: list[Page]) -> None:
    """Given a form with a long text and everything else missing, when sent, then the words are still on the page."""
    words, back, lost = "What I typed & <b>must</b> keep", 0, []
    for page in found:
        long_ones = [name for name in page.form.texts if page.form.method == "post"]
        if not long_ones:
            continue
        sent = {**page.form.hidden, **dict.fromkeys(long_ones, words)}
        answer = matrix.ask(page.client, "post", page.address, sent)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        if "must&lt;/b&gt; keep" in answer.content.decode():
            back += 1
        else:
            lost.append((page.who, page.address))
    assert back > 20
    assert lost == []


def test_hostile_query_strings_are_answered(world: World, found: list[Page]) -> None:
    names = {name for page in found if page.form.method == "get" for name in page.form.fields}
    names |= {"reference", "next", "show", "page", "wanted", "area", "year", "child", "group", "period", "q"}
    texts, failed = cycle(hostile.TEXTS), []
    for who in ("manager", "policy_lead", matrix.NOBODY):
        client, _person = matrix.browser(world, who)
        for _name, address in _addresses(world, who):
            data = dict(zip(sorted(names), islice(texts, len(names)), strict=True))
            data = {name: text[:5_000] for name, text in data.items()}
            answer = matrix.ask(client, "get", address, data)
            if answer.status_code >= 500:
                failed.append((who, address, {k: v[:30] for k, v in data.items()}))
    assert failed == []


IN_AN_ADDRESS = {
    "IntConverter": 99_999_999_999_999_999_999,
    "StringConverter": "a\x00b'\"<..>%",
    "SlugConverter": "x" * 300,
}


def test_hostile_addresses_are_answered(world: World) -> None:
    """Each number, word and key in an address, far out of range or strange, for whoever may open such a page."""
    failed, asked = [], 0
    for who in ("manager", "social_worker", "policy_lead"):
        client, _person = matrix.browser(world, who)
        for endpoint in walk():
            parameters = matrix.parameters_of(endpoint, world, world.dossiers["own"])
            for name, converter in endpoint.pattern.pattern.converters.items():
                hostile_value = IN_AN_ADDRESS.get(type(converter).__name__)
                if parameters is None or hostile_value is None:
                    continue
                address = matrix.address_of(endpoint, {**parameters, name: hostile_value})
                asked += 1
                if matrix.ask(client, "get", address).status_code >= 500:
                    failed.append((who, address[:200]))
    assert asked > 150
    assert failed == []


def test_hostile_files_are_refused_with_a_sentence(world: World, found: list[Page]) -> None:
    taking = [page for page in found if page.form.files]
    assert len(taking) >= 3
    failed = []
    for page in taking:
        for name, content in [*hostile.FILES, hostile.bomb()]:
            data: dict[str, Any] = page.form.filled_in()
            data |= {each: SimpleUploadedFile(name, content) for each in page.form.files}
            data |= dict.fromkeys(page.form.texts, "Words")
            answer = matrix.ask(page.client, "post", page.address, data)
            if answer.status_code >= 500:
                failed.append((page.address, name))
    assert failed == []


TYPED = st.one_of(
    st.text(max_size=60), st.sampled_from(hostile.TEXTS), st.integers().map(str), st.dates().map(str)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_form_with_anything_in_its_fields_is_answered(
    world: World, found: list[Page], data: st.DataObject
) -> None:
    page = found[data.draw(st.integers(0, len(found) - 1))]
    filled = {
        name: data.draw(st.one_of(TYPED, st.sampled_from(values)) if values else TYPED)
        for name, values in page.form.fields.items()
        if name not in page.form.files and data.draw(st.booleans())
    }
    answer = matrix.ask(
        page.client, page.form.method if page.form.method == "post" else "get", page.address, filled
    )
    assert answer.status_code < 500, (page.who, page.address, filled)
