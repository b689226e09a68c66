""" "Can I share this?" as somebody goes through it who has no account and little time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from openmash.apps.sharing.guides import NothingInForce, guide_in_force, latest
from openmash.engines.sharing import parse
from tests.cast import Cast

CheckPage = Callable[[Page, str], None]
ROOT = Path(__file__).resolve().parents[3] / "sharing"
HARM = "who=health&worry=harm&to_whom=children_services&asked=not_asked&family=refused&kind=health"


def test_a_tired_teacher_is_told_yes_and_how(
    page: Page, live_server: LiveServer, check_page: CheckPage, cast: Cast
) -> None:
    """Given no account and no words of law, when they answered six times, then they read yes and what to note."""
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Can I share this?").first.click()
    check_page(page, "share-1-start")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Answer this question")).to_be_visible()
    for number, label in enumerate(
        (
            "I work in a school, college or nursery",
            "A child may be being hurt, neglected or exploited, or may soon be",
            "Children’s social care or the front door",
            "No, I would tell them of my own accord",
            "A parent says no",
            "Nothing especially delicate",
        ),
        start=2,
    ):
        if number == 6:
            check_page(page, "share-2-question")
        page.get_by_role("radio", name=label).check()
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yes. Share what they need.")
    expect(page.get_by_text("Children Act 2004, section 10").first).to_be_hidden()
    expect(page.get_by_text("That they said no and in what words.")).to_be_visible()
    check_page(page, "share-3-answer")

    page.get_by_role("link", name="Change the answer to: What do you know or fear about the child?").click()
    page.get_by_role("radio", name="A child is in danger now").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yes. Share it now.")
    check_page(page, "share-4-now")


def test_whoever_changes_one_answer_is_not_asked_the_rest_again(client: Client, cast: Cast) -> None:
    without = HARM.replace("worry=harm&", "")
    question = client.get(f"/sharing/questions/?{without}").content.decode()
    assert (
        "What do you know or fear about the child?" in question and 'name="kind" value="health"' in question
    )
    assert "There is a problem" not in question
    again = client.get(f"/sharing/questions/?{without}&worry=help&asked_now=worry").content.decode()
    assert "Not without their agreement." in again


@pytest.mark.parametrize(
    "query", ["who=%00", "who=<script>", "worry=danger", "who=health&who=x", f"{HARM}&kind=", "a" * 5000]
)
def test_an_address_that_makes_no_sense_asks_a_question(client: Client, cast: Cast, query: str) -> None:
    answered = client.get(f"/sharing/questions/?{query}")
    assert answered.status_code == 200
    assert "question 1" in answered.content.decode() or "question 6" in answered.content.decode()
    assert "<script>" not in answered.content.decode().replace('<script src="', "")


def test_nothing_that_is_answered_is_kept(client: Client, cast: Cast) -> None:
    answered = client.get(f"/sharing/questions/?{HARM}")
    assert "Yes. Share what they need." in answered.content.decode()
    assert not answered.cookies and "no-store" in answered["Cache-Control"]


def test_the_text_in_force_is_the_one_of_the_day() -> None:
    guide = parse(ROOT / "draft-2026-11")
    later = replace(guide, version="later", in_force_from=guide.in_force_from + timedelta(days=30))
    day = later.in_force_from
    assert latest((later, guide), day).version == "later"
    assert latest((later, guide), day - timedelta(days=1)) is guide
    with pytest.raises(NothingInForce):
        guide_in_force(date(2020, 1, 1))


def test_without_a_text_in_force_it_still_says_whom_to_tell(
    client: Client, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.OPENMASH_SHARING_FOLDER = str(tmp_path)
    answered = client.get("/sharing/")
    assert answered.status_code == 503 and "you may share it" in answered.content.decode()
