"""Fixtures that drive a real Chromium, look at pages at two widths, and check that everyone can use them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCREENSHOTS = Path(__file__).resolve().parents[1] / "build" / "screenshots"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]

PATIENCE = 30_000  # milliseconds: a busy machine is not a fault
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    named = os.environ.get("OPENMASH_CHROMIUM")
    return named or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the browser; without one, skip them and say so, unless it is required."""
    for item in items:
        if "page" not in getattr(item, "fixturenames", ()):
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=False))
        if chromium() is None and not os.environ.get("OPENMASH_REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="Chromium is missing: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    width, height = WIDTHS["desktop"]
    size = {"width": width, "height": height}
    return {**browser_context_args, "viewport": size, "locale": "en-GB", "timezone_id": "Europe/London"}


def is_worth_a_failure(message: ConsoleMessage) -> bool:
    """Chromium reports each page with an error status, which some tests ask for, as some cut the connection.

    Files that cannot be had though there is a connection are another matter.
    """
    expected = message.text.startswith("Failed to load resource") and (
        "/static/" not in message.location["url"] or "ERR_INTERNET_DISCONNECTED" in message.text
    )
    return message.type in ("error", "warning") and not expected


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A browser page that fails its test when anything complains in its console."""
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if is_worth_a_failure(message) else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(PATIENCE)
    yield page
    assert complaints == []


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[Any], None]:
    """`sign_in(person)`: the browser is signed in as that person, as a made-up person would be."""

    def enter(person: Any) -> None:
        client = Client()
        client.force_login(person, backend="openmash.web.accounts.personas.PersonaBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )

    return enter


@pytest.fixture
def check_page() -> Callable[[Page, str], None]:
    """`check_page(page, "raise-1-the-child")`: pictures and accessibility at both widths, nothing cut off."""
    return look_at


def look_at(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    faults = []
    for device, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=SCREENSHOTS / f"{name}-{device}.png", full_page=True)
        faults += [f"{device}: {fault}" for fault in accessibility_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{device}: the page is wider than the screen")
    if before:
        page.set_viewport_size(before)
    assert not faults, f"{name}:\n" + "\n".join(faults)


def accessibility_faults(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    faults = [(fault, node) for fault in found for node in fault["nodes"] if not is_known(fault["id"], node)]
    return [f"{fault['id']} ({fault['help']}): {node['html'][:200]}" for fault, node in faults]


def is_known(fault_id: str, node: dict[str, Any]) -> bool:
    """The design system marks radios that reveal a question with aria-expanded: some screen readers say it.

    ARIA does not list it for radios, so axe objects. Only that attribute on those radios is let by.
    """
    checks = [*node["any"], *node["all"], *node["none"]]
    return (
        fault_id == "aria-allowed-attr"
        and "govuk-radios__input" in node["html"]
        and all("aria-expanded" in check["message"] and "," not in check["message"] for check in checks)
    )
