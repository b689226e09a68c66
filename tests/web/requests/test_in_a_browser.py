"""A duty social worker asks a school and a GP; each answers in its own way; the log shows exactly what left."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Contact
from openmash.apps.sharing.models import Request, SharedField
from openmash.apps.sharing.states import State
from tests.cast import Cast
from tests.web.requests.conftest import SECRET

SignIn = Callable[[Any], None]
Check = Callable[[Page, str], None]
ATTENDANCE, COLLECTS = "How has attendance been since September?", "Who collects her from school?"
DISABLED, MOTHER = "Is the child disabled or seriously ill?", "What is her mother treated for?"


def fill_in(page: Page, whom: str, *questions: str) -> None:
    page.get_by_label("Whom do you ask?").select_option(label=whom)
    page.get_by_label("What else do you need to know?").fill("\n".join(questions))
    page.get_by_label("Why do you need it?").fill(
        "She was seen with a bruise, and we decide today what to do."
    )
    page.get_by_label("Name of the child: Ayesha Chowdhury").check()
    page.get_by_label("Age of Ayesha Chowdhury").check()
    page.get_by_label("Duty to share information").check()
    page.get_by_label("Asking them could put somebody in danger").check()
    page.get_by_label("What did they say, or why").fill(SECRET)
    page.get_by_label("By the end of today").check()


def test_a_school_answers_in_part_and_a_gp_gives_a_reason(
    page: Page, live_server: LiveServer, cast: Cast, contact: Contact, sign_in: SignIn, check_page: Check
) -> None:
    # Given a concern in screening, with something not known that matters
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{reverse('screening:contact', args=[contact.pk])}")
    page.get_by_role("link", name="Ask another agency for information").click()
    expect(page.get_by_role("heading", name="Not known, and it matters")).to_be_visible()
    check_page(page, "requests-of-a-concern")

    # When the duty social worker asks the school, leaving something out at first
    page.get_by_role("button", name="Ask another agency").click()
    page.get_by_role("button", name="Send this request").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose whom you ask.")
    check_page(page, "requests-ask-with-errors")
    fill_in(page, "Millbrook Primary School: whoever leads safeguarding there", ATTENDANCE, COLLECTS)
    page.get_by_role("button", name="Send this request").click()
    expect(page.get_by_text("The request was sent.")).to_be_visible()
    expect(page.get_by_text("Still to come")).to_have_count(2)
    check_page(page, "requests-asked")

    # And the GP by name, for something that the threshold itself wants known
    page.get_by_role("link", name=contact.reference).click()
    page.get_by_role("listitem").filter(has_text=DISABLED).get_by_role("link", name="Ask for it").click()
    expect(page.get_by_label(DISABLED)).to_be_checked()
    fill_in(page, "Elm Street Surgery: Gp, Gp", MOTHER)
    page.get_by_role("button", name="Send this request").click()
    expect(page.get_by_text("Question 1: not known, and it matters.")).to_be_visible()

    # And the school's safeguarding lead answers one question now
    sign_in(cast.safeguarding_lead)
    page.goto(f"{live_server.url}{reverse('requests:lists')}")
    check_page(page, "requests-to-answer")
    page.get_by_role("link", name="Ayesha Chowdhury").click()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    expect(page.get_by_text(contact.reference)).to_have_count(0)
    page.get_by_role("button", name="Say that somebody is answering").click()
    expect(page.get_by_text("Being answered")).to_be_visible()
    page.get_by_role("button", name="Answer", exact=True).click()
    box = page.get_by_role("group", name=f"1. {ATTENDANCE}")
    box.get_by_label("Answered", exact=True).check()
    page.get_by_label("Your answer to question 1").fill("82 per cent. Nine Mondays missed.")
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one legal ground.")
    expect(page.get_by_label("Your answer to question 1")).to_have_value("82 per cent. Nine Mondays missed.")
    check_page(page, "requests-answer-with-errors")
    page.get_by_label("Duty to share information").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_text("Answered in part")).to_be_visible()
    check_page(page, "requests-answered-in-part")

    # And the GP answers one question and gives a reason for the other
    sign_in(cast.gp)
    page.goto(f"{live_server.url}{reverse('requests:lists')}")
    page.get_by_role("link", name="Ayesha Chowdhury").click()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("group", name=f"1. {DISABLED}").get_by_label("Not known").check()
    page.get_by_role("group", name=f"2. {MOTHER}").get_by_label("Not shared").check()
    page.get_by_label("Your answer to question 2").fill("It does not bear on her care of Ayesha.")
    page.get_by_label("Duty to share information").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_text("Answered in part")).to_be_visible()

    # Then whoever asked reads both, and the log shows exactly what left
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{reverse('requests:lists')}")
    expect(page.get_by_text("1 of 2 questions still to come")).to_be_visible()
    check_page(page, "requests-lists-of-the-asker")
    gp = Request.objects.get(asked_person=cast.gp)
    page.goto(f"{live_server.url}{reverse('requests:request', args=[gp.pk])}")
    expect(page.get_by_text("It does not bear on her care of Ayesha.").first).to_be_visible()
    expect(page.get_by_text(SECRET)).to_be_visible()
    check_page(page, "requests-answered-by-the-gp")
    from_gp = SharedField.objects.filter(shared__from_agency=cast.gp.agency).values_list("label", "text")
    assert list(from_gp) == [(DISABLED, "Not known: our records do not say, or we cannot tell.")]
    from_school = SharedField.objects.filter(shared__from_agency=cast.safeguarding_lead.agency)
    assert list(from_school.values_list("label", "text")) == [
        (ATTENDANCE, "82 per cent. Nine Mondays missed.")
    ]
    assert not SharedField.objects.filter(text__contains=SECRET).exists()
    assert set(Request.objects.values_list("state", flat=True)) == {State.ANSWERED_IN_PART}

    # And deciding not to share is one page for anybody
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}{reverse('requests:lists')}")
    page.get_by_role("link", name="Write down what you shared").click()
    page.get_by_label("Whom was it about?").fill("Ayesha, Year 4")
    page.get_by_label("With whom?").fill("Her swimming club")
    page.get_by_label("What was it?").fill("Why she missed training")
    page.get_by_label("I did not share it").check()
    page.get_by_label("Why did you not share it?").fill("They do not need it to keep her safe.")
    check_page(page, "requests-write-down")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("It was kept.")).to_be_visible()
    check_page(page, "requests-log-of-a-teacher")
    sign_in(cast.safeguarding_lead)
    page.goto(f"{live_server.url}{reverse('requests:log')}")
    expect(page.get_by_text("82 per cent.")).to_be_visible()
    check_page(page, "requests-log-of-a-lead")
