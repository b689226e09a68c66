"""Who reads, writes and adopts; everybody else is refused, and the refusal is written down."""

from typing import Any

import pytest
from django.test import Client

from openmash.apps.audit.models import Event
from openmash.apps.policy.models import AdoptedPolicy
from openmash.web.drafting.tables import TABLES
from openmash.web.layout.navigation import ITEMS as LINKS
from openmash.web.layout.navigation import is_for
from tests.cast import Cast
from tests.web.drafting.pages import As, address, begun, sent, with_four, words_of

LEAD = ("manager", "head", "partner", "policy_lead")
READS: list[tuple[str, tuple[Any, ...]]] = [
    ("versions", ()),
    ("draft", ("draft",)),
    ("table", ("draft", "rules")),
    ("edit_header", ("draft",)),
    ("download_draft", ("draft", "workbook")),
    ("download_version", ("version", "dmn")),
]
WRITES: list[tuple[str, tuple[Any, ...]]] = [
    ("begin_draft", ()),
    ("add_row", ("draft", "signs")),
    ("edit_row", ("draft", "rules", "C3")),
    ("remove_row", ("draft", "rules", "C3")),
    ("upload_workbook", ("draft",)),
    ("send_draft", ("draft",)),
    ("set_draft_aside", ("draft",)),
]


def places(cast: Cast, pages: list[tuple[str, tuple[Any, ...]]]) -> list[str]:
    draft = begun(cast)
    known = {"draft": draft.pk, "version": cast.policy.pk}
    return [address(name, *(known.get(arg, arg) for arg in args)) for name, args in pages]


def refused(client: Client, place: str, **typed: Any) -> bool:
    before = Event.objects.filter(outcome="refused").count()
    answers = [client.get(place), client.post(place, {"seen": 1, **typed})]
    written = Event.objects.filter(outcome="refused").count() - before
    return [answer.status_code for answer in answers] == [403, 403] and written == 2


def test_those_who_lead_read_everything(cast: Cast, as_person: As) -> None:
    pages = places(cast, READS)
    for part in LEAD:
        client = as_person(cast.people[part])
        assert [client.get(place).status_code for place in pages] == [200] * len(pages), part


@pytest.mark.parametrize("part", ["teacher", "screener", "safeguarding_lead"])
def test_others_read_and_write_nothing(cast: Cast, as_person: As, part: str) -> None:
    client = as_person(cast.people[part])
    for place in places(cast, WRITES):
        assert refused(client, place), place
    for place in [address("versions"), address("draft", 1), address("download_draft", 1, "sql")]:
        answer = client.get(place)
        assert answer.status_code == 403 and "those who lead on the threshold" in words_of(answer)


def test_a_manager_reads_and_does_not_write(cast: Cast, as_person: As) -> None:
    client = as_person(cast.manager)
    for place in places(cast, WRITES):
        assert refused(client, place), place
    draft = address("draft", begun(cast, "2028-01").pk)
    page = client.get(draft)
    assert page.context["may"] == frozenset() and "Change the rules" not in words_of(page)
    assert "Change rule" not in words_of(client.get(f"{draft}tables/rules/"))
    assert "emergency_phone" in words_of(client.get(f"{draft}header/"))
    assert client.post(f"{draft}header/", {"header": "", "seen": 1}).status_code == 403


def test_nobody_but_a_partner_sees_the_page_to_adopt(cast: Cast, as_person: As) -> None:
    draft = sent(cast)
    place = address("adopt_draft", draft.pk)
    for part in ("teacher", "screener", "manager", "head", "policy_lead"):
        client = as_person(cast.people[part])
        assert refused(client, place, who="Me", why="Because"), part
        assert "Read and adopt" not in words_of(client.get(address("draft", draft.pk)))
    assert AdoptedPolicy.objects.count() == 1


def test_a_partner_who_sent_it_is_told_why_not(cast: Cast, as_person: As) -> None:
    draft = sent(cast, with_four(cast), by=cast.partner)
    page = as_person(cast.partner).get(address("adopt_draft", draft.pk))
    assert page.status_code == 409 and "another person" in words_of(page)


def test_the_link_at_the_top_is_for_those_who_lead() -> None:
    link = next(item for item in LINKS if item.url_name == "drafting:versions")
    roles = ("manager", "head_of_service", "safeguarding_partner", "policy_lead")
    assert all(is_for(link, signed_in=True, roles=frozenset({role})) for role in roles)
    assert not is_for(link, signed_in=True, roles=frozenset({"screening_practitioner"}))


def test_what_does_not_exist_is_not_found(cast: Cast, as_person: As) -> None:
    draft, client = begun(cast), as_person(cast.policy_lead)
    missing = [
        address("draft", 999_999),
        address("table", draft.pk, "changes"),
        address("edit_row", draft.pk, "rules", "Z99"),
        address("remove_row", draft.pk, "advice", "0"),
        address("edit_row", draft.pk, "policy", "x"),
        address("download_draft", draft.pk, "pdf"),
        address("download_version", 999_999, "sql"),
        f"{address('download_draft', draft.pk, 'sql')}?dialect=mysql",
        f"{address('download_draft', draft.pk, 'dmn')}?gate=none",
    ]
    assert [client.get(place).status_code for place in missing] == [404] * len(missing)


def test_every_table_opens_and_so_does_a_row_of_each(cast: Cast, as_person: As) -> None:
    draft, client = begun(cast), as_person(cast.policy_lead)
    for table in TABLES:
        page = client.get(address("table", draft.pk, table.slug), {"page": "99"})
        row = page.context["found"].rows[0]
        assert page.status_code == 200 and row.main
        assert client.get(address("edit_row", draft.pk, table.slug, row.key)).status_code == 200
        assert client.get(address("add_row", draft.pk, table.slug)).status_code == 200


def test_a_search_finds_rows_that_hold_every_word(cast: Cast, as_person: As) -> None:
    draft, client = begun(cast), as_person(cast.manager)
    page = client.get(address("table", draft.pk, "rules"), {"words": "NEGLECT young"})
    assert {row.key for row in page.context["found"].rows} == {"C6e", "C6f", "C6g"}
    assert "3 of 71 rows" in words_of(page)
    odd = client.get(address("table", draft.pk, "rules"), {"words": "<b>x</b>", "page": "²"})
    assert odd.status_code == 200 and b"<b>x" not in odd.content


def test_downloads_are_what_they_say(cast: Cast, as_person: As) -> None:
    draft, client = with_four(cast), as_person(cast.head)
    place = address("download_draft", draft.pk, "sql")
    sql = client.get(place, {"gate": "conference", "dialect": "duckdb"})
    assert sql.content.startswith(b"-- Threshold policy draft 2027-04") and b"CREATE TABLE" in sql.content
    assert "conference-duckdb.sql" in sql["Content-Disposition"]
    assert client.get(address("download_draft", draft.pk, "dmn")).content.startswith(b"<?xml")
    assert client.get(address("download_draft", draft.pk, "workbook")).content.startswith(b"PK")
