"""The papers round a conference, as six agencies, a social worker and a chair go through them in a browser."""

from django.urls import reverse
from playwright.sync_api import expect

from openmash.apps.casework.models import Case
from openmash.apps.papers.models import Given, Letter, Paper
from tests import files
from tests.cast import Cast
from tests.web.casework.driving import Browser, follow

SIX = {
    "police_officer": "Called to the house twice in June.",
    "health_visitor": "His sister was weighed last week: well.",
    "teacher": "He told me about the belt on Monday.",
    "gp": "Seen for a bruise in May. No other visit since.",
    "camhs": "Referred in spring; he has not been brought.",
    "housing_officer": "The rent is paid. Neighbours complained of noise.",
}
SIX_AGENCIES = ("Police Officer", "Health Visitor", "Teacher", "Gp", "Camhs", "Housing Officer")
CONFERENCE = "Initial child protection conference"


def invite_the_family(browser: Browser, cast: Cast, case: Case) -> None:
    """The invitation to the family is written from the record."""
    page = browser.page
    follow(page, "Papers: documents, letters, minutes")
    page.get_by_role("link", name="Invitation to a conference").click()
    browser.check(page, "papers-letter-to-whom")
    page.get_by_label("Parent or carer", exact=False).first.check()
    page.get_by_role("button", name="Show me the letter").click()
    expect(page.get_by_text("We ask you to come to a meeting about Alex Winter.")).to_be_visible()
    browser.check(page, "papers-letter-to-be")
    browser.press("Keep this letter", "The letter has been kept.")
    browser.check(page, "papers-letter")


def reports_before(browser: Browser, cast: Cast, case: Case) -> None:
    """Each of six agencies writes for itself; the police bring a document; the reports go to who needs them."""
    page = browser.page
    for name, known in SIX.items():
        browser.sign_in(getattr(cast, name))
        page.goto(f"{browser.server}{reverse('casework:worklist')}")
        browser.to_meeting(CONFERENCE)
        follow(page, "Write what your agency knows")
        page.get_by_label("What does your agency know?").fill(known)
        browser.press("Keep this entry", "Your entry has been kept.")
        if name == "police_officer":
            _bring_a_document(browser)
    browser.enter(cast.chair, case)
    browser.to_meeting(CONFERENCE)
    follow(page, "Papers: reports, minutes, documents")
    expect(page.get_by_text("Has written what the agency knows.")).to_have_count(len(SIX))
    page.get_by_role("button", name="Put the reports together").click()
    follow(page, "Say who is given which part")
    browser.press("Give these parts", "There is a problem")
    browser.check(page, "papers-give-with-errors")
    page.get_by_label("Teacher, Teacher", exact=False).check()
    page.get_by_label("What Northfield Police wrote").check()
    page.get_by_label("Why do they need to know these parts?").fill("The school collects him on Fridays.")
    browser.press("Give these parts", "What went to whom, and why, is on this page.")
    browser.check(page, "papers-meeting")
    browser.sign_in(cast.teacher)
    page.goto(f"{browser.server}{reverse('casework:worklist')}")
    page.get_by_role("link", name="Reports before the meeting, number 1").click()
    expect(page.get_by_text(SIX["police_officer"])).to_be_visible()
    expect(page.get_by_text(SIX["gp"])).to_be_hidden()
    browser.check(page, "papers-given")


def _bring_a_document(browser: Browser) -> None:
    page = browser.page
    follow(page, "Papers: reports, minutes, documents")
    browser.check(page, "papers-meeting-invited")
    follow(page, "Add a document")
    browser.press("Keep this document", "There is a problem")
    browser.check(page, "papers-attach-with-errors")
    page.get_by_label("The file").set_input_files(
        {"name": "Custody record.pdf", "mimeType": "application/pdf", "buffer": files.PDF}
    )
    page.get_by_label("What is it, and where does it come from?").fill("Custody record of 14 June.")
    page.get_by_label("Only those who lead the work", exact=False).check()
    browser.press("Keep this document", "The document has been kept.")
    expect(page.get_by_text("no virus scanner is set up here", exact=False).first).to_be_visible()


def minutes_after(browser: Browser, cast: Cast, case: Case) -> None:
    """The minutes are made from the record, and the family is given its part."""
    page = browser.page
    follow(page, "Papers: reports, minutes, documents")
    page.get_by_role("button", name="Make the minutes").click()
    for said in (*SIX.values(), "I want the shouting to stop.", "A child protection plan begins"):
        expect(page.get_by_text(said, exact=False).first).to_be_visible()
    browser.check(page, "papers-minutes")
    follow(page, "Say who is given which part")
    page.get_by_label("The parents or carers").check()
    page.get_by_label("Who was there").check()
    page.get_by_label("Alex Winter: what was said, decided and agreed").check()
    page.get_by_label("Why do they need to know these parts?").fill("It is their child and their plan.")
    browser.press("Give these parts", "What went to whom, and why, is on this page.")
    assert list(Paper.objects.values_list("kind", flat=True)) == ["reports", "minutes"]
    assert Given.objects.filter(person=None, who="The parents or carers").exists()


def letter_at_the_end(browser: Browser, cast: Cast, case: Case) -> None:
    """The child is told that the work has ended, in plain words."""
    page = browser.page
    follow(page, "Papers: documents, letters, minutes")
    browser.check(page, "papers-case")
    page.get_by_role("link", name="The work has ended").click()
    page.get_by_label("The child: Alex Winter").check()
    page.get_by_role("button", name="Show me the letter").click()
    expect(page.get_by_text("The school’s family worker.")).to_be_visible()
    browser.press("Keep this letter", "The letter has been kept.")
    assert set(Letter.objects.values_list("kind", flat=True)) == {"conference_invitation", "closure"}
