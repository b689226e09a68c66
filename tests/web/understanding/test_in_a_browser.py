"""The whole way in a real browser: acknowledge, begin a round, judge it, see one's own and the round's results."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from openmash.apps.policy.models import Judgement, Round
from tests.cast import Cast
from tests.web.understanding.rounds import address, answered_by, closed_round, many

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


def test_acknowledge_and_see_who_has(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.teacher)
    page.goto(live_server.url)
    page.get_by_role("link", name="Understanding").first.click()
    check_page(page, "understanding-acknowledge")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("You acknowledged this version on")).to_be_visible()
    check_page(page, "understanding-acknowledged-it")
    sign_in(cast.safeguarding_lead)
    page.goto(live_server.url + address("acknowledged"))
    check_page(page, "understanding-own-agency")
    sign_in(cast.partner)
    page.goto(live_server.url + address("acknowledged"))
    check_page(page, "understanding-by-agency")


def test_begin_judge_and_see(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    closed = closed_round(cast)
    sign_in(cast.manager)
    page.goto(live_server.url + address("rounds"))
    check_page(page, "understanding-rounds-leader")
    page.get_by_role("link", name="Begin a round").click()
    page.get_by_label("Title", exact=True).fill("Winter round")
    for story in ("a small bruise", "the third domestic abuse call", "hears a baby cry", "an overdose"):
        page.get_by_label(story).check()
    page.get_by_role("button", name="Write a vignette").click()
    page.get_by_role("button", name="Check the round").click()
    expect(page.get_by_text("4 vignettes, and what the threshold says")).to_be_visible()
    page.get_by_role("button", name="Change something").click()
    page.get_by_label("The story", exact=True).fill(
        "A girl of six is hungry at school, for the second time this term."
    )
    page.get_by_label("Age", exact=True).fill("six")
    page.get_by_role("button", name="Check the round").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the decision it is about.")
    page.get_by_label("Services", exact=True).check()
    page.get_by_role("button", name="Check the round").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    check_page(page, "understanding-begin-with-errors")
    page.get_by_label("Age", exact=True).fill("6 years")
    page.get_by_label("Signs", exact=True).fill("A10 seen")
    page.get_by_label("Earlier contacts", exact=True).fill("1 month ago from school about neglect")
    page.get_by_label("Raised by", exact=True).select_option("school")
    page.get_by_role("button", name="Check the round").click()
    check_page(page, "understanding-check")
    page.get_by_role("button", name="Begin the round").click()
    expect(page.get_by_text("Tell people that it is there.")).to_be_visible()

    sign_in(cast.health_visitor)
    page.goto(live_server.url + address("rounds"))
    check_page(page, "understanding-rounds")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the level that fits best")
    check_page(page, "understanding-judge")
    for number in range(1, 7):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Vignette {number} of 6")
        page.get_by_label("Level 3: Family Help").check()
        page.get_by_label("What decided it for you?").fill("She is hungry, and it has happened before.")
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers")
    assert Judgement.objects.filter(person=cast.health_visitor).count() == 6
    made = Round.objects.get(title="Winter round")
    for person in many(cast, 5, like="housing_officer", job="Housing officer"):
        answered_by(made, person, often_right=0.7)
    page.reload()
    page.get_by_text("Why the threshold says so").first.click()
    check_page(page, "understanding-own-answers")

    sign_in(cast.head)
    page.goto(live_server.url + address("close_round", made.pk))
    check_page(page, "understanding-close")
    page.goto(live_server.url + address("results", closed.pk))
    page.get_by_text("How to read these figures").click()
    expect(page.get_by_role("heading", name="Where the document is misread")).to_be_visible()
    check_page(page, "understanding-results")
