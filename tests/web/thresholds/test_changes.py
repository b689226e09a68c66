"""What changed from one version to the next, row by row, with the reasons that were given."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.models import AdoptedPolicy
from tests.cast import LONDON
from tests.web.thresholds.versions import a_version, adopted_from, named, read

CheckPage = Callable[[Page, str], None]


@pytest.fixture
def later(in_force: AdoptedPolicy) -> AdoptedPolicy:
    texts = named("2026-12")
    texts["rules.csv"] = texts["rules.csv"].replace("4 or more level 2 signs", "3 or more level 2 signs")
    texts["changes.csv"] += "rules.csv,C4a,Four came too late in the cases that were looked at.\n"
    texts["facts.csv"] += "unwell,Has the child been unwell?,child,anyone,services,The GP practice\n"
    return adopted_from(texts, datetime(2026, 8, 1, tzinfo=LONDON))


def test_each_changed_row_has_its_reason(client: Client, later: AdoptedPolicy) -> None:
    page = read(client, reverse("thresholds:changes"))
    assert "Compared with version 2026-11." in page
    assert (
        "C4a: changed When Before: 4 or more level 2 signs at least suspected across 2 or more domains "
        "Now: 3 or more level 2 signs at least suspected across 2 or more domains "
        "Why: Four came too late in the cases that were looked at." in page
    )
    assert "Unwell: added" in page
    assert "Has the child been unwell?" in page
    assert page.count("No reason was written down.") == 1  # of the question, and not of the version's name


def test_the_first_version_has_nothing_before_it(client: Client, later: AdoptedPolicy) -> None:
    first = AdoptedPolicy.objects.get(version="2026-11")
    page = read(client, reverse("thresholds:changes", args=[first.pk]))
    assert "This is the first version." in page


def test_a_version_that_only_has_another_name_says_so(client: Client, in_force: AdoptedPolicy) -> None:
    a_version("2026-13", datetime(2026, 9, 1, tzinfo=LONDON))
    page = read(client, reverse("thresholds:changes"))
    assert "Version: changed" in page
    assert "No reason was written down." not in page


def test_a_sheet_of_paper_can_be_checked_against_every_version(client: Client, later: AdoptedPolicy) -> None:
    page = read(client, reverse("thresholds:changes"))
    for version in AdoptedPolicy.objects.all():
        mark = " ".join(version.digest[start : start + 4] for start in (0, 4, 8))
        assert f"{version.version}" in page
        assert mark in page


def test_it_looks_right(
    page: Page, live_server: LiveServer, check_page: CheckPage, later: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)
    page.goto(f"{live_server.url}{reverse('thresholds:changes')}")
    check_page(page, "thresholds-changes")
