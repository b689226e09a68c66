"""Every page of the front door once in a real browser: pictures at two widths, and axe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.screening import add_information, record_fact, record_sign, withdraw_sign
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.directory.models import Person
from tests.cast import Cast, child
from tests.web.screening import stages
from tests.web.screening.pages import address
from tests.web.screening.test_on_registers import on_register, only_alex, roll_of, say

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]
See = Callable[[str, str], None]


@pytest.fixture
def see(page: Page, live_server: LiveServer, check_page: CheckPage) -> See:
    """`see(path, name)`: open a page and look at it."""

    def look(path: str, name: str) -> None:
        page.goto(f"{live_server.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_page(page, f"screening-{name}")

    return look


def full_record(cast: Cast) -> Contact:
    """A concern with everything on it that can be: a link, a sign withdrawn, facts and information."""
    earlier = stages.answered(cast)
    contact = stages.screening(cast, stages.SIGN, SignTold("A12", "reported", examples=("once", "twice")))
    alex = contact.parts.get(role="subject").description
    before = earlier.parts.get(role="subject").description
    by, now = cast.screener, stages.ago(44)
    say_same_person(
        contact_id=contact.pk,
        description_id=alex.pk,
        earlier_id=before.pk,
        reason="The school gives the same date of birth by telephone.",
        by=by,
        now=now,
    )
    sign = record_sign(
        contact_id=contact.pk, sign="B18", evidence="reported", note="The aunt.", by=by, now=now
    )
    withdraw_sign(
        contact_id=contact.pk, sign_id=sign.pk, reason="The aunt meant another family.", by=by, now=now
    )
    record_fact(contact_id=contact.pk, fact="disabled", answer="no", note="GP, by telephone", by=by, now=now)
    add_information(
        contact_id=contact.pk, text="He said he had no breakfast.\nAgain.", by=cast.teacher, now=now
    )
    contact.refresh_from_db()
    return contact


def test_worklist_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    stages.raised(
        cast, SignTold("D01", "seen"), parts=(child("Baby Frost", about_age=0),), by=cast.health_visitor
    )
    stages.screening(cast)
    stages.asked(cast, parts=())
    stages.proposed(cast)
    stages.decided(cast)
    stages.disagreed(cast)
    sign_in(cast.manager)
    see(reverse("screening:worklist"), "worklist")
    see(reverse("screening:recently_ended"), "recently-ended-none")
    see(f"{reverse('screening:find_reference')}?reference=C-2222-2222", "no-such-reference")


def test_record_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    contact = full_record(cast)
    other = stages.raised(cast)
    sign = contact.signs.first()
    assert sign is not None
    sign_in(cast.screener)
    see(address("contact", contact), "record")
    see(address("contact", other), "record-not-linked")
    see(address("choose_sign", contact), "choose-sign")
    see(address("record_sign", contact, sign_code="D07"), "record-sign")
    see(address("withdraw_sign", contact, sign_id=sign.pk), "withdraw-sign")
    see(address("record_fact", contact), "record-fact")
    see(address("add_information", contact), "add-information")
    see(address("decide", contact), "decide")
    see(reverse("screening:recently_ended"), "recently-ended")


def test_linking_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    earlier, contact = full_record(cast), stages.raised(cast)
    mine, theirs = (each.parts.get(role="subject").description for each in (contact, earlier))
    link = theirs.links.get()
    sign_in(cast.screener)
    see(address("say_same_person", contact, description_id=mine.pk, earlier_id=theirs.pk), "say-same-person")
    see(address("say_household", contact, earlier_contact_id=earlier.pk), "say-household")
    see(address("undo_link", earlier, link_id=link.pk), "undo-link")
    see(address("say_more", contact, description_id=mine.pk), "say-more")
    see(address("say_relationship", contact, description_id=mine.pk), "say-relationship")


def test_on_registers_looks(
    cast: Cast, sign_in: SignIn, see: See, page: Page, check_page: CheckPage, tmp_path: Path
) -> None:
    roll, contact = roll_of(cast, tmp_path), only_alex(cast)
    sign_in(cast.screener)
    place = address("say_on_register", contact, **on_register(contact, roll))
    see(place, "say-on-register")
    page.get_by_role("button", name="Keep my answer").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    check_page(page, "screening-say-on-register-with-errors")
    say(contact, roll, cast)
    see(address("contact", contact), "record-on-register")
    see(place, "say-otherwise-on-register")


def test_asked_elsewhere_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    stages.raised(cast, locality_id=cast.elsewhere.pk, by=cast.police_officer)
    contact = stages.raised(cast)
    sign_in(cast.screener)
    see(address("contact", contact), "record-asked-elsewhere")
    sign_in(cast.screener_elsewhere)
    asked = AskedElsewhere.objects.all()[0]
    see(reverse("screening:worklist"), "worklist-asked")
    see(reverse("screening:answer_elsewhere", args=[asked.pk]), "answer-elsewhere")


def test_deciding_and_answering_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    proposed, decided, disagreed = stages.proposed(cast), stages.decided(cast), stages.disagreed(cast)
    asked = stages.asked(cast)
    owed = stages.decided(cast, "B18").follow_ups.all()[0]
    sign_in(cast.manager)
    see(address("second_word", proposed), "second-word")
    see(address("contact", proposed), "record-proposed")
    see(address("answer", decided), "answer")
    see(address("give_advice", asked), "give-advice")
    see(address("contact", asked), "record-advice")
    see(address("reply_to_disagreement", disagreed), "reply-to-disagreement")
    see(address("contact", disagreed), "record-disagreed")
    see(address("finish_follow_up", owed.contact, follow_up_id=owed.pk), "finish-follow-up")
    see(address("decide", decided), "not-possible")
