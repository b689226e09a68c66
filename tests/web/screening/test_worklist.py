import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.concerns.account import Raiser, SignTold
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.queries.lists import worklist
from openmash.web.screening.presenters.worklist import worklist_shown
from tests.cast import Cast, account, child
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address

WORKLIST = reverse("screening:worklist")
FIND = reverse("screening:find_reference")


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_what_is_due_first_comes_first_and_lateness_is_said(cast: Cast, as_person: SignedIn) -> None:
    later = stages.raised(cast, "A06")
    urgent = stages.raised(cast, SignTold("D01", "seen"), parts=(child("Baby Frost", about_age=0),))
    page = as_person(cast.screener).get(WORKLIST).content.decode()
    assert page.index(urgent.reference) < page.index(later.reference)
    assert "Immediate: act now" in page
    assert "Overdue by 50 minutes" in page
    assert "Baby Frost, under 1 year" in page
    assert "Millbrook Primary School" in page


def test_each_filter_shows_its_own_and_says_how_many(cast: Cast, as_person: SignedIn) -> None:
    untaken, mine = stages.raised(cast), stages.screening(cast)
    advice, proposed, disagreed = stages.asked(cast), stages.proposed(cast), stages.disagreed(cast)
    everything = {untaken, mine, advice, proposed, disagreed}
    expected = {
        "all": everything,
        "mine": {mine, proposed, disagreed},
        "untaken": {untaken, advice},
        "advice": {advice},
        "second": {proposed},
        "disagreements": {disagreed},
        "<nonsense>": everything,
    }
    client = as_person(cast.screener)
    for show, contacts in expected.items():
        page = client.get(WORKLIST, {"show": show}).content.decode()
        table = page[: page.index("Follow-ups owed</h2>")]
        shown = {contact for contact in everything if contact.reference in table}
        assert shown == contacts, show
    for words in ("All (5)", "Mine (3)", "Nobody has yet (2)", "Waiting for a second person (1)"):
        assert words in page


def test_who_has_it_is_said(cast: Cast, as_person: SignedIn) -> None:
    stages.raised(cast), stages.screening(cast), stages.proposed(cast), stages.disagreed(cast)
    page = text_of(as_person(cast.manager).get(WORKLIST).content.decode())
    assert "Nobody yet" in page
    assert "A second person, not Screener" in page
    assert "The practitioner" in page


def test_follow_ups_are_listed_with_who_owes_them_and_by_when(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    owed = contact.follow_ups.all()
    page = as_person(cast.manager).get(WORKLIST).content.decode()
    below = page[page.index("Follow-ups owed</h2>") :]
    assert f"{len(owed)} owed" in below and contact.reference in below
    for each in owed:
        assert each.owner.replace("'", "&#x27;") in below
        asked_for = (
            each.duty == "information_request"
        )  # sent as a request, or declined with a reason (rule C16)
        done = address("finish_follow_up", contact, follow_up_id=each.pk)
        assert (reverse("requests:of_contact", args=[contact.pk]) if asked_for else done) in below


def test_a_public_source_with_a_name_in_another_script_is_shown_as_written(
    cast: Cast, as_person: SignedIn
) -> None:
    told = account(cast, "A06", raiser=Raiser("neighbour", "מרים <b>", "07700 900123"))
    raise_concern(account=told, by=None, now=timezone.now())
    page = as_person(cast.screener).get(WORKLIST).content.decode()
    assert 'dir="auto">מרים &lt;b&gt;</span>' in page and "Neighbour or friend" in page


def test_the_list_of_what_was_shown_is_written_down(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.raised(cast)
    as_person(cast.screener).get(WORKLIST)
    (event,) = Event.objects.filter(verb="see_worklist", by_id=cast.screener.pk)
    assert event.detail["contacts"] == [str(contact.pk)]


def test_what_ended_is_on_its_own_page(cast: Cast, as_person: SignedIn) -> None:
    ended, open_still = stages.answered(cast), stages.raised(cast)
    client = as_person(cast.screener)
    page = client.get(reverse("screening:recently_ended")).content.decode()
    assert ended.reference in page and open_still.reference not in page
    above = client.get(WORKLIST).content.decode()
    assert ended.reference not in above[: above.index("Follow-ups owed</h2>")]


@pytest.mark.parametrize("person", ["teacher", "gp", "safeguarding_lead"])
@pytest.mark.parametrize("place", ["worklist", "recently_ended", "find_reference"])
def test_lists_are_refused_to_people_who_do_not_work_at_a_front_door(
    person: str, place: str, cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.raised(cast)
    answer = as_person(cast.people[person]).get(
        reverse(f"screening:{place}"), {"reference": contact.reference}
    )
    assert answer.status_code == 403
    assert contact.reference not in answer.content.decode()
    assert Event.objects.filter(by_id=cast.people[person].pk, outcome="refused").count() == 1


def test_a_reference_is_found_however_it_is_typed(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.raised(cast)
    client = as_person(cast.screener)
    for typed in (contact.reference, contact.reference.lower(), contact.reference.replace("-", " ")):
        answer = client.get(FIND, {"reference": f" {typed} "})
        assert (answer.status_code, answer["Location"]) == (302, address("contact", contact))


@pytest.mark.parametrize("typed", ["", "C-2222-2222", "\x00", "'; --", "x" * 5000])
def test_a_reference_that_is_not_there_is_said_plainly(typed: str, cast: Cast, as_person: SignedIn) -> None:
    answer = as_person(cast.screener).get(FIND, {"reference": typed})
    assert answer.status_code == 404
    assert "No record with this reference" in answer.content.decode()


def test_a_reference_of_another_locality_looks_like_one_that_is_not_there(
    cast: Cast, as_person: SignedIn
) -> None:
    elsewhere = stages.raised(cast, locality_id=cast.elsewhere.pk)
    client = as_person(cast.screener)
    there, nowhere = (
        client.get(FIND, {"reference": typed}).content.decode().replace(typed, "")
        for typed in (elsewhere.reference, "C-2222-2222")
    )
    assert re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", there) == re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"', "", nowhere
    )


def test_forty_open_items_are_looked_up_together(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: object
) -> None:
    for _each in range(6):
        stages.raised(cast)
    now = timezone.now() + timedelta(hours=1)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        found = worklist(by=cast.screener, now=now)
        shown = worklist_shown(found, show="all", me=cast.screener.pk, now=now)
    assert len(shown.rows) == 6
