"""One sheet for each audience: whole, of the same text as the policy, and on one side of A4."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries import adopted
from openmash.web.thresholds.presenters.audiences import AUDIENCES, sheet_of, topics
from openmash.web.thresholds.presenters.tables import rows_of
from tests.web.thresholds.versions import read

CheckPage = Callable[[Page, str], None]


def address(audience: str) -> str:
    return reverse("thresholds:audience", args=[audience])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_sheet_says_what_its_reader_needs(
    client: Client, in_force: AdoptedPolicy, audience: str
) -> None:
    page, policy = read(client, address(audience)), adopted(in_force.pk).policy
    needed = [AUDIENCES[audience].label, AUDIENCES[audience].first, *policy.contacts.values()]
    needed += [f"{level.code} {level.name}." for level in policy.levels]
    needed += ["Suspicion is enough.", "You need no proof", "What you hear, and by when", "If you disagree"]
    needed += ["3 or more signs of level 3", "More worry never means less response"]
    assert [text for text in needed if text not in page] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_signs_are_those_of_the_policy_the_most_serious_first(
    client: Client, in_force: AdoptedPolicy, audience: str
) -> None:
    policy = adopted(in_force.pk).policy
    sheet = sheet_of(AUDIENCES[audience], policy)
    shown = [sign for _, signs in sheet.signs for sign in signs]
    ranks = [policy.level(sign.level).rank for sign in shown]
    page = read(client, address(audience))
    assert ranks == sorted(ranks, reverse=True)
    assert 10 <= len(shown) <= 22
    assert [sign.id for sign in shown if sign.wording not in page] == []
    assert not any(sign.protective for sign in shown)


def test_every_kind_of_agency_of_the_policy_has_a_sheet(in_force: AdoptedPolicy) -> None:
    kinds = [kind for audience in AUDIENCES.values() for kind in audience.kinds]
    assert sorted(kinds) == sorted(adopted(in_force.pk).policy.agency_kinds)


def test_every_subject_named_for_an_audience_has_signs_in_the_draft(in_force: AdoptedPolicy) -> None:
    policy = adopted(in_force.pk).policy
    there = {(sign.domain, sign.subdomain) for sign in policy.signs if not sign.protective}
    named = {about for audience in AUDIENCES.values() for about in topics(audience)}
    assert named <= there
    assert {row["audience"] for row in rows_of("audience_signs")} == set(AUDIENCES)
    assert all(row["because"] for row in rows_of("audience_signs"))


def test_what_counts_from_one_agency_only_is_said_to_that_agency(
    client: Client, in_force: AdoptedPolicy
) -> None:
    only = "Counted from you: 3 or more contacts about domestic abuse from the police within 12 months"
    assert only in read(client, address("police"))
    assert only not in read(client, address("schools"))


def test_an_audience_that_is_not_there_is_not_found(client: Client, in_force: AdoptedPolicy) -> None:
    assert client.get(address("bakers")).status_code == 404


def test_each_sheet_prints_on_one_side_of_a4_that_says_which_version_it_is(
    page: Page, live_server: LiveServer, in_force: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)
    too_long, without_version = [], []
    mark = " ".join(in_force.digest[start : start + 4] for start in (0, 4, 8))
    for audience in AUDIENCES:
        page.goto(f"{live_server.url}{address(audience)}")
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        sheet = printed.pages[0]
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
        if len(printed.pages) != 1:
            too_long.append(audience)
        if sheet.extract_text().count(mark) < 2:  # at its head and at its foot
            without_version.append(audience)
    assert (too_long, without_version) == ([], [])


def test_they_look_right(
    page: Page, live_server: LiveServer, check_page: CheckPage, in_force: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)
    for audience in ("schools", "public"):
        page.goto(f"{live_server.url}{address(audience)}")
        check_page(page, f"thresholds-for-{audience}")
