from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Person
from tests.web.accounts.conftest import PASSWORD

CheckPage = Callable[[Page, str], None]
WITH_A_PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_password(page: Page, live_server: LiveServer, password: str = PASSWORD) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("E-mail address").fill("known@agency.example")
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm_with_password(page: Page) -> None:
    page.get_by_role("heading", name="Confirm that it is you").wait_for()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_signing_in_with_an_authenticator_app(
    page: Page, live_server: LiveServer, person: Person, check_page: CheckPage
) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    check_page(page, "sign-in")
    give_password(page, live_server)
    page.get_by_role("heading", name="Add a second way to prove it is you").wait_for()
    check_page(page, "second-factor-needed")
    page.goto(f"{live_server.url}/your-sign-in/")
    assert page.url.endswith("/your-sign-in/second-factor/"), "nobody goes further with a password alone"

    page.get_by_role("button", name="Set up an app").click()
    check_page(page, "confirm-it-is-you")
    confirm_with_password(page)
    check_page(page, "authenticator-app")
    secret = page.locator("#authenticator-key").text_content() or ""
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    check_page(page, "recovery-codes")
    recovery_code = page.locator("#recovery-codes li").first.inner_text()
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in stored, "the secret is encrypted in the database"
    assert mail.outbox[0].to == [person.email] and "If this was not you" in str(mail.outbox[0].body)

    page.goto(f"{live_server.url}/your-sign-in/")
    check_page(page, "your-sign-in")
    page.get_by_role("button", name="Sign out").click()
    give_password(page, live_server)
    page.get_by_role("heading", name="Prove that it is you").wait_for()
    page.goto(f"{live_server.url}/your-sign-in/")
    assert page.get_by_role("heading", level=1).inner_text() == "Prove that it is you"
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("That code is not right")
    check_page(page, "second-factor-wrong")
    page.get_by_label("Code").fill(recovery_code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What would you like to do").wait_for()
    assert verbs().count("signed in") == 2 and verbs().count("failed to sign in") == 1
    assert "totp activated" in verbs()


def test_signing_in_with_a_passkey(
    page: Page, live_server: LiveServer, person: Person, check_page: CheckPage
) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": WITH_A_PASSKEY})
    give_password(page, live_server)
    page.get_by_role("button", name="Add a passkey").click()
    confirm_with_password(page)
    check_page(page, "passkey-add")
    page.get_by_label("What to call this passkey").fill("my work phone")
    page.get_by_label("Let this passkey sign me in by itself").check()
    page.get_by_role("button", name="Add this passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    page.goto(f"{live_server.url}/your-sign-in/passkeys/")
    assert "my work phone" in page.get_by_role("main").inner_text()
    check_page(page, "passkeys")

    page.get_by_role("link", name="Remove my work phone").click()
    page.get_by_role("heading", name="This is your only second factor").wait_for()
    assert Authenticator.objects.filter(user=person, type="webauthn").exists(), (
        "the only one cannot be removed"
    )

    page.get_by_role("button", name="Sign out").click()
    give_password(page, live_server)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="What would you like to do").wait_for()

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="What would you like to do").wait_for()


def test_a_passkey_that_is_not_used_is_explained(
    page: Page, live_server: LiveServer, check_page: CheckPage
) -> None:
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('Cancel was pressed'))")
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="The passkey was not used").wait_for()
    check_page(page, "passkey-not-used")


def test_a_wrong_password_says_so_and_is_written_down_without_what_was_typed(
    page: Page, live_server: LiveServer, person: Person, check_page: CheckPage
) -> None:
    give_password(page, live_server, "wrong horse")
    assert "The e-mail address or the password is not right" in page.get_by_role("alert").first.inner_text()
    assert page.title().startswith("Error: ")
    check_page(page, "sign-in-wrong")
    event = Event.objects.get(verb="failed to sign in")
    assert event.subject_id == str(person.pk) and event.by_id is None


def post_password(client: Client, email: str, password: str) -> str:
    return client.post("/sign-in/", {"login": email, "password": password}).content.decode()


@pytest.mark.django_db
def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client: Client, person: Person) -> None:
    known, unknown = (
        post_password(client, email, "x" * 12) for email in (person.email, "nobody@agency.example")
    )
    sentence = "The e-mail address or the password is not right"
    assert sentence in known and sentence in unknown
    assert "nobody@agency.example" not in str(list(Event.objects.values()))


def test_guessing_is_stopped(client: Client, person: Person) -> None:
    for _ in range(6):
        answer = post_password(client, person.email, "guess")
    assert "There were too many tries" in answer
    assert "_auth_user_id" not in client.session
    post_password(client, person.email, PASSWORD)
    assert "_auth_user_id" not in client.session, "the right password does not help either, for a while"


def test_a_closed_account_stays_closed(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_nobody_makes_their_own_account(client: Client, person: Person) -> None:
    form = {"email": "new@agency.example", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/sign-up/", form).status_code == 403
    assert Person.objects.count() == 1


def test_a_first_password_comes_by_a_link(page: Page, live_server: LiveServer, person: Person) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("link", name="I do not have a password").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look in your e-mail").wait_for()
    letter = str(mail.outbox[0].body)
    page.goto(next(word for word in letter.split() if word.startswith("http")))
    page.get_by_label("New password", exact=True).fill("new")
    page.get_by_label("New password, once more").fill("new")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("12 characters")
    page.get_by_label("New password", exact=True).fill("blue tractor seven")
    page.get_by_label("New password, once more").fill("blue tractor seven")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Your password is set").wait_for()
    give_password(page, live_server, "blue tractor seven")
    page.get_by_role("heading", name="Add a second way to prove it is you").wait_for()
