"""The published threshold: whole, in plain words, for everybody, and every version of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.actions import adopt
from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from tests.cast import LONDON, policy_texts

CheckPage = Callable[[Page, str], None]


@pytest.fixture
def in_force(db: None) -> AdoptedPolicy:
    return a_version("2026-11", datetime(2024, 6, 1, tzinfo=LONDON))


def a_version(version: str, starts: datetime) -> AdoptedPolicy:
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', f'version = "{version}"')
    return adopt(texts=texts, in_force_from=starts, by=None, now=timezone.now())


def read(client: Client, address: str = "") -> str:
    """The words on the page, spaces and line ends evened out."""
    page = client.get(address or reverse("thresholds:document"))
    assert page.status_code == 200
    return " ".join(unescape(strip_tags(page.content.decode())).split())


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_nothing_of_the_policy_is_left_out(client: Client, in_force: AdoptedPolicy) -> None:
    page, policy = read(client), adopted(in_force.pk).policy
    missing = [text for text in everything_said(policy) if spaced(text) not in page]
    assert missing == []


def everything_said(policy: Policy) -> list[str]:
    said = [policy.title, policy.sign_off, policy.version, policy.digest, *policy.contacts.values()]
    for level in policy.levels:
        said += [f"Level {level.code}: {level.name}", level.summary]
    for sign in policy.signs:
        said += [
            sign.wording,
            *sign.note.split("; "),
            sign.meanwhile,
            sign.immediate_question,
            *sign.counted_examples,
        ]
    for rule in policy.rules:
        said += [rule.name, rule.because, rule.note]
    for pathway in policy.pathways:
        said += [pathway.label, pathway.needs, pathway.what_happens_next]
    for duty in policy.duties:
        said += [duty.label, duty.text, duty.owner]
    said += [fact.question for fact in policy.facts]
    said += [grade.label for grade in policy.evidence]
    said += [example.story for example in policy.examples]
    return said + [clock.source for clock in policy.clocks]


def test_no_code_of_the_rule_table_reaches_the_reader(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    for code in ("care_or_safety", "plan_not_working", "domestic_abuse", "{due}", "{duty_phone}", "C1_"):
        assert code not in page


RULES_READ_ALOUD = [
    "When: A sign that always needs action at once. "
    "Then: At least level I (Immediate). Time allowed: at once. Ring before writing.",
    "When: A sign that needs action at once unless its question is answered no, "
    "and the answer is yes or not known.",
    "When: 3 or more signs of level 3, in 2 or more parts of the child’s life. "
    "Then: At least level 3 (Family Help). A manager considers level 4 (Protection). "
    "Time allowed: the same day.",
    "When: 3 or more signs of level 2, and each has gone on for 3 months or more.",
    "When: 6 or more entries in the records about neglect from 2 or more agencies within 12 months, "
    "this one included. And: The child is under 5 years, or may be.",
    "When: 3 or more contacts within 12 months, this one included, with no assessment made since.",
    "When: 3 or more contacts about domestic abuse from the police within 12 months, this one included.",
    "And: The answer to any question of the group “vulnerability” is yes.",
    "When: A sign of the group “care or safety”. "
    "And: The answer to any question of the group “vulnerability” is yes or not known.",
    "When: 2 or more different examples of A12 “The child is not always watched over",
    "When: The other rules come to level 4 or more. Then: Decide for every child.",
    "known at least as “reported by someone”",
    "When: The child is not yet born.",
]


def test_rules_read_as_sentences(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    assert [sentence for sentence in RULES_READ_ALOUD if sentence not in page] == []


def test_what_is_not_settled_is_said(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    assert "Status Draft" in page
    assert "Nobody yet. A draft for trying out, not agreed by any safeguarding partnership." in page
    assert "To be reviewed by 31 May 2027" in page
    assert "(to be confirmed against its current edition)" in page


def test_every_version_stays_readable(client: Client, in_force: AdoptedPolicy) -> None:
    before = a_version("2019-01", datetime(2019, 1, 1, tzinfo=LONDON))
    coming = a_version("2031-01", timezone.now() + timedelta(days=900))
    page = read(client)
    assert "version 2019-01: from 1 January 2019 until 1 June 2024" in page
    assert "Version 2026-11, in force since 1 June 2024" in page
    old = read(client, reverse("thresholds:version", args=[before.pk]))
    assert "This version no longer applies." in old
    assert "was in force from 1 January 2019 until 1 June 2024" in old
    assert "This version does not apply yet." in read(client, reverse("thresholds:version", args=[coming.pk]))
    assert client.get(reverse("thresholds:version", args=[0])).status_code == 404


def test_without_a_version_it_says_so(client: Client, db: None) -> None:
    page = client.get(reverse("thresholds:document"))
    assert page.status_code == 404
    assert "No threshold is in force yet" in page.content.decode()


def test_every_link_of_the_contents_leads_somewhere(client: Client, in_force: AdoptedPolicy) -> None:
    page = client.get(reverse("thresholds:document")).content.decode()
    wanted = {part.split('"')[0] for part in page.split('href="#')[1:]}
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert wanted <= set(ids)
    assert len(ids) == len(set(ids))


def test_it_looks_right(
    page: Page, live_server: LiveServer, check_page: CheckPage, in_force: AdoptedPolicy
) -> None:
    page.goto(f"{live_server.url}/thresholds/")
    check_page(page, "thresholds-document")
    page.get_by_role("link", name="Level 4: Protection").click()
    expect(page.get_by_role("heading", name="Level 4: Protection", exact=True).first).to_be_in_viewport()
