"""Trying a case: what a version says of it, twice, with nothing kept."""

import html
import re

import pytest
from django.urls import reverse

from openmash.apps.audit.models import Event
from tests.cast import Cast
from tests.web.trying.stages import SignedIn, changed, lower_bar

CASE = {"gate": "services", "age_is": "known", "age": "6 years", "signs": ["A13"], "A13-evidence": "said"}


def text_of(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", content)).split())


def test_from_the_signs_to_the_answer_and_back(cast: Cast, as_person: SignedIn) -> None:
    client, address = as_person(cast.teacher), reverse("trying:case")
    first = text_of(client.get(address))
    assert "Do not enter anything about a real child. Nothing here is stored." in first
    about = client.post(address, {"signs_AC": "A13", "go": "about"})
    assert "How is it known?" in text_of(about)
    events = Event.objects.count()
    shown = text_of(client.post(address, {**CASE, "go": "show"}))
    assert "Level 2: Early help" in shown
    assert "To the person who raises it" in shown
    assert "C2c Never below the highest sign" in shown
    assert "Satisfied by A13." in shown
    assert "Every further answer that would change the level" in shown
    assert Event.objects.count() == events
    again = client.post(address, {**CASE, "go": "signs"}).content.decode()
    assert re.search(r'<input[^>]*value="A13"[^>]*checked', again)
    assert '<input type="hidden" name="age" value="6 years">' in again


def test_a_draft_is_tried_by_those_who_lead(cast: Cast, as_person: SignedIn) -> None:
    draft = lower_bar(cast)
    address = reverse("trying:case", args=[draft.pk])
    shown = text_of(as_person(cast.policy_lead).post(address, {**CASE, "go": "show"}))
    assert "Draft 2027-01: services Level 3: Family Help" in shown
    assert "Keep this case as an agreed example" in shown and "A13 said" in shown
    assert as_person(cast.teacher).get(address).status_code == 403
    assert Event.objects.filter(verb="see_drafts", outcome="refused", by_id=cast.teacher.pk).exists()
    assert as_person(cast.policy_lead).get(reverse("trying:case", args=[9999])).status_code == 404


def test_earlier_contacts_count_as_in_the_examples(cast: Cast, as_person: SignedIn) -> None:
    past = (
        "2 months ago from school about neglect\n5 months ago from gp about neglect; 9 months ago from school"
    )
    sent = {
        **CASE,
        "signs": ["A10"],
        "A10-evidence": "seen",
        "past": past,
        "raised_by": "school",
        "go": "show",
    }
    shown = text_of(as_person(cast.gp).post(reverse("trying:case"), sent))
    assert "Level 3: Family Help" in shown and "C6a Neglect adding up" in shown


def test_the_later_gates_are_tried_as_well(cast: Cast, as_person: SignedIn) -> None:
    sent = {**CASE, "gate": "enquiry", "go": "show"}
    shown = text_of(as_person(cast.gp).post(reverse("trying:case"), sent))
    assert "Child protection enquiry" in shown or "child protection enquiry" in shown
    assert "there is no text for whoever raised it" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"gate": "nonsense"}, "Choose one of the answers on this page"),
        ({"gate": ""}, "Choose which threshold to try"),
        ({"age_is": ""}, "Say how old the child is"),
        ({"age": "six"}, "cannot be read"),
        ({"age": ""}, "cannot be read"),
        ({"A13-evidence": ""}, "Say how A13 is known"),
        ({"A13-evidence": "rumour"}, "Choose one of the answers"),
        ({"A13-months": "-1"}, "is a whole number from 0 to 1800"),
        ({"A13-months": "٣"}, "is a whole number from 0 to 1800"),
        ({"past": "last week from school"}, "cannot be read"),
        ({"past": "1 months ago from the_moon"}, "knows no “the_moon”"),
        ({"past": "1 months ago from school about nothing"}, "knows no “nothing”"),
        ({"fact-help_refused": "perhaps"}, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_typed_is_lost(
    cast: Cast, as_person: SignedIn, wrong: dict[str, str], said: str
) -> None:
    response = as_person(cast.teacher).post(reverse("trying:case"), {**CASE, **wrong, "go": "show"})
    shown = text_of(response)
    assert response.status_code == 200
    assert said in shown and "There is a problem" in shown
    assert "To the person who screens it" not in shown
    assert 'name="A13-evidence"' in response.content.decode()


def test_a_sign_that_a_version_does_not_have_is_left_out_and_said(cast: Cast, as_person: SignedIn) -> None:
    sent = {**CASE, "signs": ["A13", "Z99", "<b>"], "go": "show"}
    response = as_person(cast.teacher).post(reverse("trying:case"), sent)
    assert "has no sign Z99, <b>, so it is left out" in text_of(response) or "Z99" in text_of(response)
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize(("age_is", "written"), [("unborn", "unborn"), ("not_known", "not known")])
def test_every_way_of_not_saying_an_age(cast: Cast, as_person: SignedIn, age_is: str, written: str) -> None:
    sent = {**CASE, "age_is": age_is, "age": "", "go": "show"}
    shown = text_of(as_person(cast.policy_lead).post(reverse("trying:case"), sent))
    assert f"age {written}" in shown


def test_the_same_case_can_be_put_to_another_version(cast: Cast, as_person: SignedIn) -> None:
    draft = changed(cast, [("C2c", "level", "3")], version="2027-02")
    page = as_person(cast.policy_lead).post(reverse("trying:case"), {**CASE, "go": "show"}).content.decode()
    assert f'formaction="{reverse("trying:case", args=[draft.pk])}"' in page
    seen_by_others = as_person(cast.teacher).post(reverse("trying:case"), {**CASE, "go": "show"})
    assert "formaction" not in seen_by_others.content.decode()


def test_nobody_gets_in_without_signing_in(cast: Cast, client: object) -> None:
    assert client.get(reverse("trying:case")).status_code == 302  # type: ignore[attr-defined]
    assert client.post(reverse("trying:case"), CASE).status_code == 401  # type: ignore[attr-defined]
