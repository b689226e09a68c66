"""Who looked, as a manager reads it."""

from collections.abc import Callable

from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.directory.models import Person
from tests.apps.journey import NOW, screening
from tests.cast import Cast
from tests.web.hearing_back.pages import SignedIn

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_a_manager_asks_about_a_look_at_somebody_of_the_same_name(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    """Given a screener of the child's family name, when the manager looks, then it is asked about and not judged."""
    contact = screening(cast)
    child = contact.parts.select_related("description").first()
    assert child is not None
    Person.objects.filter(pk=cast.screener.pk).update(name=f"Ann {child.description.name.split()[-1]}")
    look_as_hub(contact.pk, by=cast.screener, now=NOW)
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/oversight/")
    expect(
        page.get_by_role("heading", name="Somebody of the same family name is on the record")
    ).to_be_visible()
    check_page(page, "oversight-1-start")
    page.get_by_role("link", name=contact.reference).click()
    expect(page.get_by_text("Opened it").first).to_be_visible()
    check_page(page, "oversight-2-contact")


def test_a_reference_that_is_not_theirs_is_not_said_to_exist(cast: Cast, as_person: SignedIn) -> None:
    contact = screening(cast)
    manager: Client = as_person(cast.manager)
    assert manager.get("/oversight/", {"reference": contact.reference}).status_code == 302
    cast.manager.roles_held.update(locality=cast.elsewhere)
    for reference in (contact.reference, "C-2222-2222", "<b>"):
        answered = manager.get("/oversight/", {"reference": reference})
        assert (
            answered.status_code == 404
            and "There is no record of this reference" in answered.content.decode()
        )
    assert manager.get(f"/oversight/contacts/{contact.pk}/").status_code == 403
    assert as_person(cast.teacher).get("/oversight/").status_code == 403
