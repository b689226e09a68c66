"""Types a concern or a question through the real pages, from a short description of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Page, expect

Look = Callable[[Page, str], None]


@dataclass(frozen=True)
class ChildTyped:
    """What is typed about the child. `age`: "7", "10 months", "unborn", or "" for not known."""

    name: str = ""
    age: str = ""
    born: date | None = None
    other: dict[str, str] = field(default_factory=dict)
    """Field name to text, for any other question on the page: address, school, gp, language, cared_for_by."""


@dataclass(frozen=True)
class PersonTyped:
    """Another person: `role` and `home` are the values of the answers."""

    role: str
    name: str = ""
    age: str = ""
    home: str = "with_child"


@dataclass(frozen=True)
class SignTyped:
    """A sign ticked and what is said of it. `times` is for a sign that counts how often."""

    sign: str
    evidence: str = "seen"
    immediate: str = ""
    examples: tuple[str, ...] = ()
    times: int = 0
    since: date | None = None
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class ConcernTyped:
    """A whole concern. `who` and `area` are for somebody without an account."""

    account: str
    child: ChildTyped = ChildTyped()
    others: tuple[PersonTyped, ...] = ()
    signs: tuple[SignTyped, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    in_danger: str = "no"
    happening: dict[str, str] = field(default_factory=dict)
    """Answers of the page about what is happening: seen, spoken_to, parents_know, where_now."""
    who: str = ""
    area: str = ""


def raise_through_browser(
    page: Page, base_url: str, told: ConcernTyped, look: Look | None = None, *, again: str = ""
) -> str:
    """Raise it as whoever is signed in (or nobody). Ends on the answer at once; gives its address.

    `look` is called on every page before it is filled in, with a name for it. `again` is the name of a child
    of an earlier contact of theirs.
    """
    see = look or (lambda _page, _name: None)
    begin(page, base_url, told, see)
    if again:
        say_which_child(page, again)
    else:
        page.get_by_role("link", name="The child").click()
    type_child(page, told.child, see)
    type_people(page, told.others, see)
    type_happening(page, told, see)
    type_signs(page, told.signs, see)
    type_facts(page, told.facts, see)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    see(page, "raise-check")
    page.get_by_role("button", name="Send this concern").click()
    page.wait_for_url(re.compile(r"/concerns/sent/"))
    see(page, "raise-answer")
    return page.url


def choose(page: Page, name: str, value: str) -> None:
    """Choose one answer of a question."""
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def go_on(page: Page, button: str = "Save and continue") -> None:
    """Press the button that leads to the next page, and wait until that is there."""
    before = page.url
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).not_to_have_url(before)


def begin(page: Page, base_url: str, told: ConcernTyped, see: Look, address: str = "/concerns/") -> None:
    page.goto(f"{base_url}{address}")
    see(page, "raise-start")
    choose(page, "in_danger", told.in_danger)
    if told.who:
        choose(page, "source", told.who)
        page.get_by_label("Which area does the child live in?").select_option(label=told.area)
    go_on(page, "Continue")
    if told.in_danger == "yes":
        see(page, "raise-ring-first")
        page.get_by_role("button", name="I have rung: continue to the form").click()
    see(page, "raise-list")


def say_which_child(page: Page, name: str) -> None:
    page.get_by_role("link", name="Is this a child you have told us about before?").click()
    page.get_by_label(re.compile(name)).check()
    go_on(page, "Continue")


def type_age(page: Page, age: str, born: date | None = None) -> None:
    if born is not None:
        choose(page, "how_old", "born")
        for part in ("day", "month", "year"):
            page.locator(f'input[name="born_on_{part}"]').fill(str(getattr(born, part)))
    elif age == "unborn":
        choose(page, "how_old", "unborn")
    elif age:
        choose(page, "how_old", "about")
        page.locator('input[name="about_age"]').fill(age)
    else:
        choose(page, "how_old", "not_known")


def type_child(page: Page, child: ChildTyped, see: Look) -> None:
    see(page, "raise-child")
    page.get_by_label("What is the child’s name?").fill(child.name)
    type_age(page, child.age, child.born)
    for name, text in child.other.items():
        page.locator(f'[name="{name}"]').fill(text)
    go_on(page)


def type_people(page: Page, others: tuple[PersonTyped, ...], see: Look) -> None:
    for place, person in enumerate(others):
        see(page, "raise-people" if place == 0 else "raise-people-more")
        choose(page, "another", "yes")
        go_on(page)
        see(page, "raise-person")
        choose(page, "role", person.role)
        page.get_by_label("What is their name?").fill(person.name)
        type_age(page, person.age)
        choose(page, "home", person.home)
        go_on(page)
    choose(page, "another", "no")
    go_on(page)


def type_happening(page: Page, told: ConcernTyped, see: Look) -> None:
    see(page, "raise-happening")
    page.get_by_label("What did you see, hear, or were you told?").fill(told.account)
    for name, answer in told.happening.items():
        if answer in ("yes", "no", "not_known"):
            choose(page, name, answer)
        else:
            page.locator(f'[name="{name}"]').fill(answer)
    go_on(page)


def type_signs(page: Page, signs: tuple[SignTyped, ...], see: Look) -> None:
    see(page, "raise-signs")
    if not signs:
        choose(page, "none_fits", "none_fits")
    for sign in signs:
        page.locator(f'input[type="checkbox"][value="{sign.sign}"]').check()
    go_on(page)
    if not signs:
        return
    see(page, "raise-about-signs")
    for sign in signs:
        type_about_sign(page, sign)
    go_on(page)


def type_about_sign(page: Page, told: SignTyped) -> None:
    section = page.locator(f"section#{told.sign}")
    choose(page, f"{told.sign}-evidence", told.evidence)
    if told.immediate:
        choose(page, f"{told.sign}-immediate", told.immediate)
    for example in told.examples:
        choose(page, f"{told.sign}-examples", example)
    if told.times:
        page.locator(f'input[name="{told.sign}-times"]').fill(str(told.times))
    if told.since is not None:
        for part in ("day", "month", "year"):
            page.locator(f'input[name="{told.sign}-since_{part}"]').fill(str(getattr(told.since, part)))
    if told.when or told.note:
        section.locator("summary").click()
        page.locator(f'[name="{told.sign}-when"]').fill(told.when)
        page.locator(f'[name="{told.sign}-note"]').fill(told.note)


def type_facts(page: Page, facts: dict[str, str], see: Look) -> None:
    see(page, "raise-facts")
    for name, answer in facts.items():
        choose(page, name, answer)
    go_on(page)


def ask_through_browser(
    page: Page, base_url: str, question: str, look: Look | None = None, **who: str
) -> str:
    """Ask for advice with a question alone. Ends on the answer at once; gives its address."""
    see = look or (lambda _page, _name: None)
    page.goto(f"{base_url}/advice/")
    see(page, "ask-start")
    choose(page, "in_danger", "no")
    if who:
        choose(page, "source", who["who"])
        page.get_by_label("Which area does the child live in?").select_option(label=who["area"])
    go_on(page, "Continue")
    see(page, "ask-question")
    page.get_by_label("What would you like advice about?").fill(question)
    go_on(page)
    see(page, "ask-list")
    page.get_by_role("button", name="Check and send what I have").click()
    page.wait_for_url(re.compile(r"/check/$"))
    see(page, "ask-check")
    page.get_by_role("button", name="Ask for advice").click()
    page.wait_for_url(re.compile(r"/concerns/sent/"))
    see(page, "ask-answer")
    return page.url
