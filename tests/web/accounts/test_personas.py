from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Person


def test_a_made_up_person_is_signed_in_with_one_press(
    page: Page, live_server: LiveServer, persona: Person, check_page: Callable[[Page, str], None]
) -> None:
    page.goto(live_server.url)
    check_page(page, "front-page-with-personas")
    page.get_by_role("button", name="Sign in as Farah Aziz").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do, Farah Aziz?")
    assert "Northvale Primary School" in page.get_by_role("banner").inner_text()
    check_page(page, "home")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Worried about a child?").wait_for()
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["signed in", "signed out"]


def test_outside_the_demonstration_nobody_is_made_up(
    client: Client, persona: Person, settings: Settings
) -> None:
    settings.OPENMASH_DEMO = False
    assert client.post(f"/people/{persona.pk}/sign-in/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Farah Aziz" not in client.get("/").content.decode()


def test_a_real_account_cannot_be_entered_as_a_made_up_one(client: Client, person: Person) -> None:
    assert client.post(f"/people/{person.pk}/sign-in/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_looking_at_the_address_signs_nobody_in(client: Client, persona: Person) -> None:
    assert client.get(f"/people/{persona.pk}/sign-in/").status_code == 405
