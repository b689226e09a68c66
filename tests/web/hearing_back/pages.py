"""What the person who raised something does when they hear back, in a real browser or without scripting.

    sign_in(cast.teacher)
    hear_back_through_browser(page, live_server.url, reference, answer="…", level="2", pathway="Early help")
    disagree_through_browser(page, live_server.url, reference, "He is worse.", level="4")

Each begins at the list of one's own concerns. Somebody without an account first gives their code:

    find_through_browser(page, live_server.url, reference, code)
    hear_back_through_browser(page, live_server.url, reference, code=code, answer="…")
"""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
SignedIn = Callable[[Person], Client]


def address(name: str, contact: Contact) -> str:
    return reverse(f"hearing_back:{name}", args=[contact.pk])


def open_through_browser(page: Page, server: str, reference: str, *, code: str = "") -> None:
    """The page of something one raised: from one's list, or with the code."""
    if code:
        find_through_browser(page, server, reference, code)
        return
    page.goto(f"{server}{reverse('hearing_back:mine')}")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text(reference).first).to_be_visible()


def find_through_browser(page: Page, server: str, reference: str, code: str) -> None:
    """Without an account: the page of something one raised, by its reference and code."""
    page.goto(f"{server}{reverse('hearing_back:find')}")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text(reference).first).to_be_visible()


def hear_back_through_browser(
    page: Page,
    server: str,
    reference: str,
    *,
    answer: str = "",
    level: str = "",
    pathway: str = "",
    code: str = "",
    acknowledge: bool = True,
) -> None:
    """Read the answer, check what it says, and say that it has been read.

    `answer` is part of its words, `level` the code of the level decided, `pathway` what happens next.
    """
    open_through_browser(page, server, reference, code=code)
    shown = page.locator(".hb-answer")
    if answer:
        expect(shown).to_contain_text(answer)
    if level:
        expect(shown).to_contain_text(re.compile(rf"Level decided\s+Level {level}: "))
    if pathway:
        expect(shown).to_contain_text(pathway)
    if acknowledge:
        shown.get_by_role("button", name=re.compile("^I have read this")).click()
        expect(page.get_by_text("We have recorded that you have read the answer.")).to_be_visible()


def disagree_through_browser(
    page: Page, server: str, reference: str, reason: str, *, level: str = "", code: str = ""
) -> None:
    """Say why one disagrees with the answer, and the level one thinks right if any (its code)."""
    open_through_browser(page, server, reference, code=code)
    page.get_by_role("link", name=re.compile("^I (still )?disagree")).click()
    page.get_by_label("Why do you disagree?").fill(reason)
    if level:
        page.locator(f"input[name=level][value='{level}']").check()
    page.get_by_role("button", name="Send my disagreement").click()
    expect(page.get_by_text("Your disagreement has been sent.")).to_be_visible()


def add_information_through_browser(
    page: Page, server: str, reference: str, text: str, *, code: str = ""
) -> None:
    """Add something new."""
    open_through_browser(page, server, reference, code=code)
    page.get_by_role("link", name=re.compile("^(Add new information|Tell us something new)$")).click()
    page.get_by_label("What is new?").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("What you added has been received.")).to_be_visible()
