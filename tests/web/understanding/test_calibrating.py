"""Rounds of calibration: beginning, judging blind, one's own answers, results, and who may see what."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.policy.models import Judgement, Round
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.queries.calibration import finding_of, to_judge
from tests.cast import Cast
from tests.web.understanding.rounds import (
    FIRST,
    SignedIn,
    address,
    answered_by,
    closed_round,
    many,
    open_round,
    words,
)

pytestmark = pytest.mark.django_db


# --- who may ---


@pytest.mark.parametrize("part", ["teacher", "safeguarding_lead", "screener", "adviser"])
def test_others_begin_close_and_see_nothing(cast: Cast, as_person: SignedIn, part: str) -> None:
    made, client = open_round(cast), as_person(cast.people[part])
    assert "Begin a round" not in words(client.get(address("rounds")))
    assert client.get(address("begin_round")).status_code == 403
    assert client.post(address("begin_round"), {"go": "begin"}).status_code == 403
    assert client.get(address("close_round", made.pk)).status_code == 403
    assert client.post(address("close_round", made.pk)).status_code == 403
    assert client.get(address("results", made.pk)).status_code == 403
    verbs = set(Event.objects.filter(outcome="refused").values_list("verb", flat=True))
    assert verbs == {"begin_round", "close_round", "see_round_results"}
    assert Round.objects.count() == 1


def test_rounds_that_are_not_there(cast: Cast, as_person: SignedIn) -> None:
    for name in ("judge_next", "own_answers", "results", "close_round"):
        assert as_person(cast.manager).get(address(name, 99)).status_code == 404, name
    assert as_person(cast.teacher).get(address("judge", 99, 1)).status_code == 404
    assert as_person(cast.teacher).post(address("judge", 99, 1), {"level": "2"}).status_code == 404


# --- beginning ---


def typed(**more: Any) -> dict[str, Any]:
    day = timezone.localdate()
    last = day + timedelta(days=7)
    return {
        "title": "Winter round",
        "opens_day": day.day,
        "opens_month": day.month,
        "opens_year": day.year,
        "closes_day": last.day,
        "closes_month": last.month,
        "closes_year": last.year,
        "examples": ["v01_baby_bruise", "v04_anxious"],
        "own": "0",
        "go": "check",
        **more,
    }


OWN = {
    "own": "1",
    "own_0-story": "A girl of six is hungry at school.",
    "own_0-gate": "services",
    "own_0-age": "6 years",
    "own_0-signs": "A10 seen",
    "own_0-facts": "",
    "own_0-past": "3 months ago from school about neglect",
    "own_0-raised_by": "school",
}


def begin(client: Client, **more: Any) -> Any:
    return client.post(address("begin_round"), typed(**more))


def test_from_the_form_over_the_check_to_the_round(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.manager)
    assert "Begin a round of calibration" in words(client.get(address("begin_round")))
    checked = words(begin(client, **OWN))
    assert "3 vignettes, and what the threshold says of them" in checked
    assert "A girl of six is hungry at school." in checked
    assert "Immediate: act now" in checked
    assert not Round.objects.exists()
    assert begin(client, **OWN, go="begin").status_code == 302
    made = Round.objects.get()
    assert [each.example for each in made.vignettes.all()] == ["v01_baby_bruise", "v04_anxious", ""]
    assert made.opens_at <= timezone.now() < made.closes_at


def test_one_more_vignette_keeps_what_was_typed(cast: Cast, as_person: SignedIn) -> None:
    page = begin(as_person(cast.manager), **{**OWN, "go": "add", "title": "", "own_0-age": "six"})
    text = page.content.decode()
    assert "Your vignette 2" in text
    assert "A girl of six is hungry at school." in text
    assert 'value="six"' in text
    assert "There is a problem" not in text


def test_changing_something_keeps_what_was_typed(cast: Cast, as_person: SignedIn) -> None:
    text = begin(as_person(cast.manager), **{**OWN, "go": "change"}).content.decode()
    assert "A girl of six is hungry at school." in text
    assert text.count("checked") >= 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, "Answer this question"),
        ({"closes_year": "2020"}, "The round must close after it opens."),
        ({"closes_day": "40"}, "Last day must be a real date"),
        ({"examples": ["v01_baby_bruise"]}, "Choose or write at least 2 vignettes."),
        ({"examples": ["nothing_of_the_kind"]}, "Choose one of the answers on this page"),
        ({**OWN, "own_0-age": "six"}, "“six” in the column “age” cannot be read."),
        ({**OWN, "own_0-signs": "A10 perhaps"}, "perhaps”"),
        ({**OWN, "own_0-signs": "Z99 seen"}, "Z99"),
        ({**OWN, "own_0-gate": ""}, "Choose the decision it is about."),
        ({**OWN, "own_0-story": ""}, "Write the story."),
    ],
)
@pytest.mark.parametrize("go", ["check", "begin"])
def test_what_is_lacking_is_said(
    cast: Cast, as_person: SignedIn, sent: dict[str, Any], said: str, go: str
) -> None:
    page = begin(as_person(cast.manager), **{**sent, "go": go})
    assert page.status_code == 200
    assert "There is a problem" in words(page)
    assert said in words(page)
    assert not Round.objects.exists()


@pytest.mark.parametrize("own", ["", "x", "-1", "²", "999", "9999999999"])
def test_numbers_of_vignettes_that_are_none(cast: Cast, as_person: SignedIn, own: str) -> None:
    assert begin(as_person(cast.manager), own=own, go="add").status_code == 200


def test_an_empty_vignette_is_left_out(cast: Cast, as_person: SignedIn) -> None:
    assert begin(as_person(cast.manager), own="2", go="begin").status_code == 302
    assert Round.objects.get().vignettes.count() == 2


# --- judging ---


def test_one_at_a_time_blind_to_the_end(cast: Cast, as_person: SignedIn) -> None:
    made, client = open_round(cast), as_person(cast.teacher)
    policy = adopted(made.policy_id).policy
    for number in range(1, 8):
        page = client.get(address("judge_next", made.pk), follow=True)
        text = words(page)
        assert f"Vignette {number} of 7" in text
        shown = to_judge(made.pk, number, by=cast.teacher, now=timezone.now())
        assert shown is not None
        assert shown.story in text
        finding = finding_of(made.vignettes.get(pk=shown.vignette_id), policy)
        for fired in finding.fired:
            assert fired.rule.name not in text
            assert fired.rule.because not in text
        for _sign, wording in finding.chosen:
            assert wording not in text
        assert not [each for each in FIRST if each in page.content.decode()]
        page = client.post(address("judge", made.pk, number), {"level": "2", "reason": "It is small."})
        assert page.status_code == 302
    done = client.get(address("judge_next", made.pk), follow=True)
    assert "Your answers" in words(done)
    assert Judgement.objects.count() == 7


def test_an_answer_is_never_changed(cast: Cast, as_person: SignedIn) -> None:
    made, client = open_round(cast), as_person(cast.teacher)
    client.post(address("judge", made.pk, 1), {"level": "2"})
    again = client.post(address("judge", made.pk, 1), {"level": "4"}, follow=True)
    assert "An answer cannot be changed" in words(again)
    assert "Vignette 2 of 7" in words(again)
    assert Judgement.objects.get().level == "2"


def test_nobody_runs_ahead(cast: Cast, as_person: SignedIn) -> None:
    made, client = open_round(cast), as_person(cast.teacher)
    assert client.get(address("judge", made.pk, 5)).status_code == 302
    assert client.post(address("judge", made.pk, 5), {"level": "2"}).status_code == 302
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("level", ["", "9", "S47", "\x00", "2" * 5000])
def test_without_a_level_that_was_offered(cast: Cast, as_person: SignedIn, level: str) -> None:
    made = open_round(cast)
    page = as_person(cast.teacher).post(address("judge", made.pk, 1), {"level": level, "reason": "Kept."})
    assert page.status_code == 200
    assert "There is a problem" in words(page)
    assert "Kept." in words(page)
    assert not Judgement.objects.exists()


def test_who_chose_the_vignettes_does_not_judge(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.manager).get(address("judge_next", open_round(cast).pk))
    assert (page.status_code, "would not be blind" in words(page)) == (409, True)


def test_ones_own_answers_only_afterwards(cast: Cast, as_person: SignedIn) -> None:
    made, client = open_round(cast), as_person(cast.teacher)
    early = client.get(address("own_answers", made.pk))
    assert (early.status_code, "once you have answered every vignette" in words(early)) == (409, True)
    answered_by(made, cast.teacher, often_right=0.5)
    alone = words(client.get(address("own_answers", made.pk)))
    assert "of 6 vignettes" in alone
    assert "once at least 5 other people have finished" in alone
    for person in many(cast, 5, like="gp", job="GP"):
        answered_by(made, person)
    page = words(client.get(address("own_answers", made.pk)))
    assert "over 5 other people who have finished" in page
    assert "Why the threshold says so" in page


# --- results ---


def test_results_wait_until_it_is_closed(cast: Cast, as_person: SignedIn) -> None:
    made, client = open_round(cast), as_person(cast.head)
    waiting = client.get(address("results", made.pk))
    assert (waiting.status_code, "when the round has closed" in words(waiting)) == (409, True)
    answered_by(made, cast.teacher)
    assert "1 person has begun to answer, and 1 has finished." in words(
        client.get(address("close_round", made.pk))
    )
    closed = client.post(address("close_round", made.pk), follow=True)
    assert "Not enough to say." in words(closed)
    assert "Figures about fewer than 5 people are never shown" in words(closed)
    assert client.post(address("close_round", made.pk)).status_code == 409
    assert "has closed already" in words(client.get(address("close_round", made.pk)))


def test_results_by_group_and_where_it_is_misread(cast: Cast, as_person: SignedIn) -> None:
    made = closed_round(cast)
    page = words(as_person(cast.partner).get(address("results", made.pk)))
    assert "18 people took part" in page
    assert "Where the document is misread" in page
    assert "chose a lower level than the threshold" in page
    for group in ("School", "Police", "Class teacher", "Constable"):
        assert group in page
    assert "GP practice" not in page
    assert "2 groups are not shown" in page
    assert "Too few vignettes to say." in page
    for person in Judgement.objects.values_list("person__name", flat=True):
        assert person not in page


def test_the_list_says_how_far_one_is(cast: Cast, as_person: SignedIn) -> None:
    closed_round(cast)
    made, client = open_round(cast, title="Second round"), as_person(cast.teacher)
    assert "You can stop and come back." in words(client.get(address("rounds")))
    client.post(address("judge", made.pk, 1), {"level": "2"})
    page = words(client.get(address("rounds")))
    assert "You have answered 1 of 7." in page
    assert "You did not take part." in page
    answered = made.judgements.count()
    assert answered == 1
