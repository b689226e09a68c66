"""The front door's pages as a person goes through them, in a real browser or without scripting.

    screen_through_browser(page, server, reference, level="4", pathway="Strategy discussion", rationale="…")

Levels are given by code and everything else by the words on the page.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.web.screening.presenters.answers import ADVICE_HERE, REASONS_HERE

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
SignedIn = Callable[[Person], Client]


def address(name: str, contact: Contact, **more: Any) -> str:
    return reverse(f"screening:{name}", kwargs={"contact_id": contact.pk, **more})


def find_through_browser(page: Page, server: str, reference: str) -> None:
    """From the worklist to the contact with this reference."""
    page.goto(f"{server}{reverse('screening:worklist')}")
    page.get_by_label("Find by reference").fill(reference)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text(re.compile(r"^(Concern|Request for advice) [CA]-.{4}-.{4}$"))).to_be_visible()


def take_through_browser(page: Page, server: str, reference: str) -> None:
    """Open a concern and start to screen it, unless somebody already has."""
    find_through_browser(page, server, reference)
    start = page.get_by_role("button", name="Start screening")
    if start.count():
        start.click()
        expect(page.get_by_text("This is with you now.")).to_be_visible()


def record_sign_through_browser(
    page: Page,
    sign: str,
    *,
    evidence: str = "Confirmed",
    immediate: str = "",
    examples: tuple[str, ...] = (),
    times: int = 0,
    note: str = "",
) -> None:
    """From the contact's page: add a sign. `immediate` answers its own question: Yes, No or Not known."""
    page.get_by_role("link", name="Add a sign", exact=True).click()
    page.get_by_label("Words in the sign").fill(sign)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile(rf"^{sign} ")).click()
    page.get_by_label(evidence, exact=True).check()
    if immediate:
        page.get_by_label(immediate, exact=True).check()
    for example in examples:
        page.get_by_label(example, exact=True).check()
    if times:
        page.get_by_label("How many times?").fill(str(times))
    page.get_by_label("What was seen, heard or said, and by whom?").fill(note)
    page.get_by_role("button", name="Add this sign").click()
    expect(page.get_by_text(f"The sign {sign} has been added on your evidence.")).to_be_visible()


def answer_facts_through_browser(page: Page, answers: Mapping[str, str], *, how: str = "") -> None:
    """From the contact's page: answer questions of fact, by question: Yes, No or Not known."""
    page.get_by_role("link", name="Answer what is not known", exact=True).click()
    for question, answer in answers.items():
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    page.get_by_label("How do you know?").fill(how)
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_text("Your answers have been kept.")).to_be_visible()


def fill_decision(
    page: Page,
    level: str,
    pathway: str,
    rationale: str,
    *,
    why_not_policy: str = "",
    not_seen_because: str = "",
    discounted_because: str = "",
    response_not_available: str = "",
    children: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """On the page to decide. `children`: name of each other child to the words chosen and the reason."""
    page.locator(f"input[name=level][value='{level}']").check()
    next_steps = page.locator(f"input[name=pathway_{level}]")
    _labelled(page, next_steps, pathway).check()
    page.get_by_label("Your reasons for this level").fill(rationale)
    if why_not_policy:
        page.get_by_label(why_not_policy, exact=True).check()
    if not_seen_because:
        page.get_by_label("If this is closed: why, although nobody").fill(not_seen_because)
    if discounted_because:
        page.get_by_label("If you set aside what the source said").fill(discounted_because)
    if response_not_available:
        page.get_by_label("Response not available").fill(response_not_available)
    for name, (outcome, reason) in (children or {}).items():
        page.get_by_role("group", name=f"What do you decide for {name}?").get_by_label(
            outcome, exact=True
        ).check()
        page.get_by_label(f"Why, for {name}?").fill(reason)


def _labelled(page: Page, inputs: Locator, words: str) -> Locator:
    return inputs.and_(page.get_by_label(words, exact=True))


def decide_through_browser(page: Page, level: str, pathway: str, rationale: str, **more: Any) -> None:
    """From the contact's page: decide. `more` is as for `fill_decision`."""
    page.get_by_role("button", name="Decide", exact=True).click()
    fill_decision(page, level, pathway, rationale, **more)
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(
        page.get_by_text(re.compile("Decided. Now write the answer|Your decision waits for"))
    ).to_be_visible()


def agree_through_browser(
    page: Page, server: str, reference: str, reason: str, *, agrees: bool = True
) -> None:
    """As a second person: agree to the decision, or return it."""
    find_through_browser(page, server, reference)
    page.get_by_role("button", name="Agree or return the decision").click()
    page.get_by_label("I agree" if agrees else "I do not agree", exact=True).check()
    page.get_by_label("Your reason").fill(reason)
    page.get_by_role("button", name="Send my word").click()
    expect(page.get_by_text("Your word has been kept.")).to_be_visible()


def answer_through_browser(page: Page, reasons: str) -> None:
    """On the page to answer: put the reasons in their place and send."""
    box = page.get_by_label("Your answer")
    box.fill(box.input_value().replace(REASONS_HERE, reasons).replace(ADVICE_HERE, reasons))
    page.get_by_role("button", name=re.compile("^Send this (answer|advice)$")).click()
    expect(page.get_by_text("Done. The person who")).to_be_visible()


def screen_through_browser(
    page: Page,
    server: str,
    reference: str,
    level: str,
    pathway: str,
    rationale: str,
    *,
    reasons_told: str = "",
    **more: Any,
) -> None:
    """From the worklist to the answer sent, as one person. `more` is as for `fill_decision`.

    When the decision takes a second person this stops there: sign in as one, `agree_through_browser`, then
    send the answer with `answer_from_contact`.
    """
    take_through_browser(page, server, reference)
    decide_through_browser(page, level, pathway, rationale, **more)
    if page.get_by_label("Your answer").count():
        answer_through_browser(page, reasons_told or rationale)


def answer_from_contact(page: Page, server: str, reference: str, reasons: str) -> None:
    """From the worklist: send the answer to a concern already decided, or the advice asked for."""
    find_through_browser(page, server, reference)
    page.get_by_role("button", name=re.compile("Write the answer|Give advice")).click()
    answer_through_browser(page, reasons)


def sent_from(page: str, **typed: Any) -> dict[str, Any]:
    """What a form on this page sends: its hidden fields, and what is typed."""
    hidden = dict(
        re.findall(r'<input type="hidden" name="(seen_version|seen_at|seen_evidence)" value="([^"]+)"', page)
    )
    return {**hidden, **typed}


def send(client: Client, place: str, **typed: Any) -> Any:
    """Open a page without scripting, and send its form."""
    return client.post(place, sent_from(client.get(place).content.decode(), **typed))


def words_of(answer: Any) -> str:
    """The words on a page, as they are read."""
    page = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
