"""The twelve vignettes through a real browser, from raising to hearing back."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from tests.apps.journey import raised
from tests.cast import Cast, child, make_cast
from tests.journeys.vignettes import VIGNETTES, Vignette
from tests.web.hearing_back.pages import hear_back_through_browser
from tests.web.raising.pages import raise_through_browser
from tests.web.screening.pages import (
    agree_through_browser,
    answer_from_contact,
    decide_through_browser,
    find_through_browser,
    take_through_browser,
)

SignIn = Callable[[Person], None]
REASONS = "We looked at what you told us with what others know, and this is what we decided."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def told_before(cast: Cast, vignette: Vignette, now: datetime) -> list[Contact]:
    """The earlier contacts of the story, each linked by the raiser where they say that it is the same child."""
    typed = vignette.told.child
    contacts: list[Contact] = []
    for each in vignette.before:
        contacts.append(
            raised(
                cast,
                each.sign,
                by=cast.people[each.by],
                now=now - each.ago,
                parts=(
                    child(typed.name, about_age=int(typed.age), address=each.address, postcode=each.postcode),
                ),
                same_child_as=contacts[-1].pk if contacts and vignette.same_as_before else None,
            )
        )
    return contacts


def code_on(page: Page) -> str:
    """The code shown, once, to somebody without an account."""
    found = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", page.locator("main").inner_text())
    assert found
    return found[0]


def rules_shown(page: Page) -> str:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return page.locator("main").inner_text()


def link_what_is_proposed(page: Page, contacts: list[Contact], child: str) -> None:
    for _each in contacts:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.get_by_role("link", name=re.compile(f"^Compare and say.*{child}")).first.click()
        page.get_by_label("Yes, this is the same child").check()
        page.get_by_label("Your reason").fill("Same name and mother; the family moved.")
        page.get_by_role("button", name="Keep my answer").click()


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v.story.split(" ")[0])
def test_vignette(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, vignette: Vignette
) -> None:
    server = live_server.url
    policy_levels = {
        "1": "Everyday needs",
        "2": "Early help",
        "3": "Family Help",
        "4": "Protection",
        "I": "Immediate",
    }
    before = told_before(cast, vignette, timezone.now())
    if vignette.by:
        sign_in(cast.people[vignette.by])

    raise_through_browser(
        page, server, vignette.told, again=vignette.told.child.name if vignette.same_as_before else ""
    )
    contact = Contact.objects.latest("received_at")
    code = "" if vignette.by else code_on(page)
    level = f"Level {vignette.at_once}: {policy_levels[vignette.at_once]}"
    with_no_signs = f"level {vignette.at_once} ({policy_levels[vignette.at_once]})"
    expect(page.get_by_text(level if vignette.told.signs else with_no_signs).first).to_be_visible()
    shown = rules_shown(page)
    assert "A person decides" in shown
    for rule in vignette.rules:
        assert f"rule {rule}" in shown
    assert contact.findings.get().level == vignette.at_once
    duties = {duty["id"] for duty in contact.findings.get().finding["duties"]}
    assert set(vignette.duties) <= duties

    sign_in(cast.screener)
    take_through_browser(page, server, contact.reference)
    if vignette.linked:
        link_what_is_proposed(page, before, vignette.told.child.name)
        find_through_browser(page, server, contact.reference)
    at_last = vignette.linked or vignette.at_once
    hub_says = "Immediate: act now" if at_last == "I" else f"Level {at_last}: {policy_levels[at_last]}"
    expect(page.get_by_text(hub_says).first).to_be_visible()
    seen = rules_shown(page)
    for rule in vignette.linked_rules or vignette.rules:
        assert rule in seen

    decided = vignette.decided
    decide_through_browser(
        page,
        decided.level,
        decided.pathway,
        "The reasons, in full.",
        not_seen_because=decided.not_seen_because,
    )
    if decided.second:
        sign_in(cast.people[decided.second])
        agree_through_browser(page, server, contact.reference, "I have read it and agree.")
        sign_in(cast.screener)
    answer_from_contact(page, server, contact.reference, REASONS)

    page.context.clear_cookies()
    if vignette.by:
        sign_in(cast.people[vignette.by])
    hear_back_through_browser(
        page,
        server,
        contact.reference,
        code=code,
        answer=REASONS,
        level=decided.level,
        pathway=decided.pathway,
    )
    contact.refresh_from_db()
    assert contact.answer is not None
    assert contact.answer.acknowledged
