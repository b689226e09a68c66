"""Words survive a lost connection, a time-out, a closed page and another tab; nobody else can read them."""

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Draft
from openmash.apps.directory.models import Person
from tests.cast import Cast
from tests.web.raising.pages import choose, go_on

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]

SECRET = "He said that his uncle hurts him."
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('openmash-draft:'))"
ACCOUNT = "What did you see, hear, or were you told?"


def at_what_is_happening(page: Page, live_server: LiveServer) -> str:
    """Begin a concern and open the page for the account; gives its address."""
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "no")
    go_on(page, "Continue")
    page.get_by_role("link", name="What is happening").click()
    expect(page.get_by_label(ACCOUNT)).to_be_visible()
    return page.url


def typed_now() -> list[str]:
    return Draft.objects.latest("started_at").pages.get("happening", {}).get("account", [])


def test_words_are_saved_while_they_are_typed(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    at_what_is_happening(page, live_server)
    page.get_by_label(ACCOUNT).fill(SECRET)
    expect(page.locator("#draft-status")).to_contain_text("Saved at ")
    assert typed_now() == [SECRET]
    assert page.evaluate(KEPT) == []
    page.context.clear_cookies()  # the browser is closed; on Monday somebody signs in again, elsewhere
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}/concerns/")
    page.get_by_role("link", name="Last saved").first.click()
    page.get_by_role("link", name="What is happening").click()
    expect(page.get_by_label(ACCOUNT)).to_have_value(SECRET)


def test_words_typed_before_the_script_has_arrived_are_saved_as_well(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    where = at_what_is_happening(page, live_server)
    held: list[Route] = []
    page.route("**/raising/drafts*.js", lambda route: held.append(route))
    page.goto(where, wait_until="commit")
    page.get_by_label(ACCOUNT).fill(SECRET)
    choose(page, "seen", "yes")
    assert held, "the script is still on its way"
    held[0].continue_()
    expect(page.locator("#draft-status")).to_contain_text("Saved at ")
    assert typed_now() == [SECRET]


def test_words_typed_without_a_connection_stay_locked_on_the_computer_until_it_is_back(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.teacher)
    where = at_what_is_happening(page, live_server)
    page.context.set_offline(True)
    page.get_by_label(ACCOUNT).fill(SECRET)
    choose(page, "seen", "yes")
    expect(page.locator("#draft-status")).to_contain_text(
        "Not saved yet: no connection. Your words are kept on this"
    )
    check_page(page, "raise-no-connection")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label(ACCOUNT), "pressing the button does not lose the page").to_have_value(SECRET)
    kept = page.evaluate(KEPT)
    assert len(kept) == 1
    assert "uncle" not in str(kept) and "He said" not in str(kept), "what is kept cannot be read"
    assert typed_now() == []

    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(where)
    expect(later.get_by_label(ACCOUNT)).to_have_value(SECRET)
    expect(later.locator('input[name="seen"][value="yes"]')).to_be_checked()
    expect(later.locator("#draft-status")).to_contain_text("Saved at ")
    assert typed_now() == [SECRET]
    assert later.evaluate(KEPT) == [], "and then it is erased"


def test_words_kept_for_one_page_are_saved_from_any_page_of_the_draft(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    where = at_what_is_happening(page, live_server)
    page.context.set_offline(True)
    page.get_by_label(ACCOUNT).fill(SECRET)
    expect(page.locator("#draft-status")).to_contain_text("no connection")
    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(where.replace("happening/", ""))
    expect(later.locator("#draft-status")).to_contain_text("Words kept on this computer were saved at")
    assert typed_now() == [SECRET]
    assert later.evaluate(KEPT) == []


def test_a_time_out_loses_nothing_and_signing_in_again_saves(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    at_what_is_happening(page, live_server)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label(ACCOUNT).fill(SECRET)
    expect(page.locator("#draft-status")).to_contain_text(
        "You have been signed out. Your words are kept here"
    )
    expect(page.get_by_role("link", name="Sign in (opens in a new tab)")).to_be_visible()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label(ACCOUNT)).to_have_value(SECRET)
    assert "uncle" not in str(page.evaluate(KEPT))

    sign_in(cast.teacher)
    other = page.context.new_page()
    other.goto(f"{live_server.url}/concerns/")
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#draft-status")).to_contain_text("Saved at ")
    assert typed_now() == [SECRET]
    assert page.evaluate(KEPT) == []
    page.wait_for_timeout(1_000)  # a second press of the button within a second is taken for a slip
    go_on(page)
    expect(page.get_by_role("heading", level=1, name="Signs you have noticed")).to_be_visible()


def test_somebody_else_on_the_same_computer_can_read_nothing(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    where = at_what_is_happening(page, live_server)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label(ACCOUNT).fill(SECRET)
    expect(page.locator("#draft-status")).to_contain_text("You have been signed out")
    sign_in(cast.gp)
    page.goto(where)
    expect(page.get_by_role("heading", level=1, name="You cannot do this")).to_be_visible()
    page.goto(f"{live_server.url}/concerns/")
    assert len(page.evaluate(KEPT)) == 1, "it is still there for the teacher"
    assert "uncle" not in page.content() + str(page.evaluate(KEPT))
    sign_in(cast.teacher)
    page.goto(where)
    expect(page.get_by_label(ACCOUNT)).to_have_value(SECRET)


def test_words_changed_in_two_places_are_both_shown(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.teacher)
    where = at_what_is_happening(page, live_server)
    elsewhere = page.context.new_page()
    elsewhere.goto(where)
    elsewhere.get_by_label(ACCOUNT).fill("Typed in the other tab.")
    expect(elsewhere.locator("#draft-status")).to_contain_text("Saved at ")
    elsewhere.close()
    page.get_by_label(ACCOUNT).fill(SECRET)
    expect(page.get_by_role("heading", name="This page has been changed somewhere else")).to_be_visible()
    check_page(page, "raise-changed-elsewhere")
    assert typed_now() == ["Typed in the other tab."]
    page.get_by_role("button", name="Use the words typed on this computer").click()
    expect(page.locator("#draft-status")).to_contain_text("Saved at ")
    assert typed_now() == [SECRET]


def test_the_number_to_ring_appears_as_soon_as_a_sign_is_chosen_and_signs_can_be_found(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "yes")
    expect(page.get_by_role("alert")).to_contain_text("020 7946 0112")
    choose(page, "in_danger", "no")
    expect(page.get_by_role("alert")).to_be_empty()
    go_on(page, "Continue")
    page.get_by_role("link", name="Signs you have noticed").click()
    expect(page.get_by_role("alert")).to_be_empty()
    page.get_by_label("Find a sign").fill("bruise baby")
    expect(page.locator("#found")).to_have_text("1 sign has these words.")
    check_page(page, "raise-find-a-sign")
    page.locator(".govuk-checkboxes__item:visible input").first.check()
    expect(page.get_by_role("alert")).to_contain_text("Ring first. Write afterwards.")
    page.get_by_label("Find a sign").fill("money")
    expect(page.locator('input[value="D01"]')).to_be_checked()
    expect(page.locator("label[for='id_signs_SP-2']"), "what is chosen stays in sight").to_be_visible()


def test_an_answer_that_rules_the_danger_out_takes_the_number_away_again(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "no")
    go_on(page, "Continue")
    page.get_by_role("link", name="Signs you have noticed").click()
    page.locator('input[value="D02"]').check()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("999")
    choose(page, "D02-immediate", "no")
    choose(page, "D02-evidence", "seen")
    go_on(page)
    expect(page.get_by_role("heading", level=1, name="A few questions")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
