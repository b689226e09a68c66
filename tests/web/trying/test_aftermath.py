"""What came after, on the page that replays past decisions; and a number moved from there."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from openmash.apps.policy.models import Draft
from openmash.apps.review.what_if import TOO_FEW_LOWER
from openmash.engines.review.what_if import AtStake, Missed
from openmash.web.trying.presenters import aftermath
from tests.cast import Cast, child
from tests.web.trying.stages import HOUR, THREE, SignedIn, changed, decided, lower_bar, some_history

DAY = timedelta(days=1)


def long_history(cast: Cast) -> None:
    """Twelve concerns closed at the door some hundred days ago, and twelve that were taken up."""
    then = timezone.now() - 120 * DAY
    for number in range(12):
        parts = (child(f"Child {number}", about_age=9, sex="male"),)
        decided(cast, "A13", when=then + number * DAY, parts=parts)
        parts = (child(f"Other {number}", about_age=8, sex="female"),)
        decided(cast, "B10", when=then + number * DAY + HOUR, as_=THREE, by=cast.gp, parts=parts)


def read(client: Client, draft: Draft, query: str = "") -> str:
    answered = client.get(f"{reverse('trying:replay', args=[draft.pk])}{query}")
    assert answered.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", "", answered.content.decode())))


def test_a_lower_bar_is_shown_with_the_least_that_was_missed_and_its_bounds(
    cast: Cast, as_person: SignedIn
) -> None:
    long_history(cast)
    page = read(as_person(cast.policy_lead), lower_bar(cast))
    assert (
        "Of 10 concerns that people closed at the front door, that the draft would put higher, and that could be "
        "followed for three months, 0 are known to have come to a section 47 enquiry or a protection plan"
        in page
    )
    assert "the least that was missed, since nobody looked at the others" in page
    assert "The draft would put none lower that were taken up." in page
    assert "a reason to ask for people, and none to set the bar higher" in page


def test_a_higher_bar_is_shown_with_what_is_at_stake(cast: Cast, as_person: SignedIn) -> None:
    long_history(cast)
    page = read(as_person(cast.policy_lead), changed(cast, [("C2b", "level", "2")]))
    assert (
        "Of 10 concerns that were taken up and that the draft would put lower, 0 came to an enquiry or a plan, 0 to "
        "help, and of 10 it is not known yet: this is what is at stake, of which all or nothing might have been lost"
        in page
    )


def test_of_few_or_new_decisions_nothing_is_said_and_it_is_not_none(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    page = read(as_person(cast.policy_lead), lower_bar(cast))
    assert "that is not known, and it is not none" in page
    assert "are known to have come to" not in page


def test_one_number_moved_is_replayed_like_a_draft(cast: Cast, as_person: SignedIn) -> None:
    long_history(cast)
    draft = changed(cast, [("C3", "name", "Several serious signs at once")])
    client = as_person(cast.policy_lead)
    assert "with rule C3 moved to 1" in read(client, draft, "?number=C3.0.least&at=1")
    address = reverse("trying:replay", args=[draft.pk])
    for query in (
        "number=C3.0.least&at=0",
        "number=C3.0.least&at=x",
        "number=Z9.0.least&at=1",
        "number=C3.0.least",
    ):
        assert client.get(f"{address}?{query}").status_code == 404


def test_from_a_number_to_who_would_move_to_can_we_cope(
    page: Page,
    live_server: LiveServer,
    cast: Cast,
    sign_in: Callable[[Person], None],
    check_page: Callable[[Page, str], None],
) -> None:
    long_history(cast)
    draft = lower_bar(cast)
    sign_in(cast.policy_lead)
    page.goto(f"{live_server.url}{reverse('trying:sweep', args=[draft.pk])}?knob=C3.0.least")
    page.get_by_role("link", name="Replay past decisions with it at 2").click()
    expect(page.get_by_role("heading", name="What came after")).to_be_visible()
    expect(page.get_by_text("with rule C3 moved to 2", exact=False).first).to_be_visible()
    check_page(page, "trying-what-came-after")
    page.get_by_role("link", name="Can we cope with").last.click()
    expect(page.get_by_role("heading", name="Can we cope?")).to_be_visible()
    assert float(page.get_by_label("Children accepted in a week").input_value()) > 0


def test_a_small_count_of_what_came_after_is_never_shown_or_told_by_the_rest() -> None:
    for later in (1, 2, 3, 4, 9, 10, 11):
        said = aftermath._missed(Missed(cases=20, followed=12, later=later, horizon=365))
        few = "fewer than 6 are known" in said or "not shown are known" in said
        assert few == (later < 5 or 12 - later < 5), said
        assert f" {later} are known" not in said or later % 5 == 0
    for protection, help in ((1, 11), (3, 3), (0, 12)):
        said = aftermath._at_stake(AtStake(12, protection, help, 12 - protection - help, 0))
        assert " 1 came" not in said and " 3 came" not in said and "11 to help" not in said
    assert aftermath._at_stake(AtStake(9, 9, 0, 0, 0)) == TOO_FEW_LOWER
