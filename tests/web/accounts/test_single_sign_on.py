import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Person
from openmash.config.environment import Environment
from openmash.config.single_sign_on import providers
from tests.identity_provider.__main__ import CLIENT_ID, CLIENT_SECRET, PASSWORD

pytestmark = pytest.mark.real_clock  # the identity provider is a process of its own
CheckPage = Callable[[Page, str], None]


@pytest.fixture
def identity_provider(live_server: LiveServer, tmp_path: Path, settings: Settings) -> Iterator[str]:
    """Another server in another process, and our settings as its address in the environment makes them."""
    callback = f"{live_server.url}/sign-in/agency/callback/"
    command = [sys.executable, "-m", "tests.identity_provider", callback]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        variables = {
            "OPENMASH_OIDC_URL": address,
            "OPENMASH_OIDC_NAME": "Agency account",
            "OPENMASH_OIDC_CLIENT_ID": CLIENT_ID,
            "OPENMASH_OIDC_SECRET": CLIENT_SECRET,
        }
        read = providers(Environment(variables))
        openid_connect = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": read.apps}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid_connect}
        directives = {
            **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
            "form-action": ["'self'", *read.origins],
        }
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
        yield address
        server.terminate()


def sign_in_at_the_agency(page: Page, live_server: LiveServer, name: str) -> list[str]:
    """Go there and back. Returns the addresses seen on the way."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with Agency account").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()
    page.wait_for_url(f"{live_server.url}/**")
    return seen


def test_somebody_with_an_account_comes_in_with_their_agencys_sign_in(
    page: Page, live_server: LiveServer, identity_provider: str, person: Person, check_page: CheckPage
) -> None:
    page.goto(f"{live_server.url}/sign-in/")
    check_page(page, "sign-in-with-agency")
    seen = sign_in_at_the_agency(page, live_server, "known")
    page.get_by_role("heading", name="What would you like to do, Farah Aziz?").wait_for()
    asked = next(
        address for address in seen if address.startswith(f"{identity_provider}/identity/o/authorize")
    )
    assert parse_qs(urlsplit(asked).query)["code_challenge_method"] == ["S256"], "with PKCE"
    event = Event.objects.get(verb="signed in")
    assert event.by_id == person.pk and event.ground == "socialaccount"


@pytest.mark.parametrize("name", ["stranger", "unproved"])
def test_somebody_without_an_account_is_turned_away_politely(
    page: Page,
    live_server: LiveServer,
    identity_provider: str,
    person: Person,
    check_page: CheckPage,
    name: str,
) -> None:
    """A stranger has no account here; the other one's address is not vouched for by the agency."""
    if name == "unproved":
        Person.objects.filter(pk=person.pk).update(email="unproved@agency.example")
    sign_in_at_the_agency(page, live_server, name)
    page.get_by_role("heading", name="Your partnership looks after accounts").wait_for()
    check_page(page, "no-account")
    assert page.get_by_role("button", name="Sign out").count() == 0
    assert Event.objects.get().ground == "no account for this address"
    assert Person.objects.count() == 1
