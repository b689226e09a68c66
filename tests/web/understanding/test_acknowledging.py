"""Reading and acknowledging the version in force, and who has: without a browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.policy.models import Acknowledgement, AdoptedPolicy
from openmash.apps.policy.queries import in_force
from tests.cast import Cast
from tests.web.understanding.rounds import SignedIn, address, words

pytestmark = pytest.mark.django_db
BUTTON = "I have read this, and know what it asks of me"


def test_read_it_and_say_so(cast: Cast, as_person: SignedIn) -> None:
    client, policy = as_person(cast.teacher), in_force(timezone.now()).policy
    page = words(client.get(address("acknowledge")))
    assert BUTTON in page
    assert all(level.summary in page for level in policy.levels)
    assert policy.contacts["duty_phone"] in page
    sent = client.post(address("acknowledge"), {"policy": cast.policy.pk}, follow=True)
    assert "It is written down that you have read this version." in words(sent)
    assert "You acknowledged this version on" in words(sent)
    assert BUTTON not in words(sent)
    assert Acknowledgement.objects.get().person == cast.teacher


def test_twice_is_once(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.teacher)
    for _ in range(2):
        assert client.post(address("acknowledge"), {"policy": cast.policy.pk}).status_code == 302
    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize("sent", ["", "0", "x", "²", "99999999999999999999", "-1"])
def test_another_version_than_the_one_in_force(cast: Cast, as_person: SignedIn, sent: str) -> None:
    page = as_person(cast.teacher).post(address("acknowledge"), {"policy": sent}, follow=True)
    assert "Another version of the threshold is in force now" in words(page)
    assert not Acknowledgement.objects.exists()


def test_without_any_version(cast: Cast, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    early = AdoptedPolicy.objects.get().in_force_from - timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: early)
    for person, name in ((cast.teacher, "acknowledge"), (cast.manager, "acknowledged")):
        page = as_person(person).get(address(name))
        assert (page.status_code, "No threshold is in force yet" in words(page)) == (404, True)


def test_leaders_see_agencies_and_no_names(cast: Cast, as_person: SignedIn) -> None:
    as_person(cast.safeguarding_lead).post(address("acknowledge"), {"policy": cast.policy.pk})
    page = words(as_person(cast.manager).get(address("acknowledged")))
    assert "1 of 2" in page
    assert "No safeguarding lead with an account" in page
    for person in (cast.teacher, cast.gp, cast.safeguarding_lead):
        assert person.name not in page.replace("safeguarding lead", "")


def test_a_safeguarding_lead_sees_their_own_colleagues_only(cast: Cast, as_person: SignedIn) -> None:
    page = words(as_person(cast.safeguarding_lead).get(address("acknowledged")))
    assert "2 of 2 with an account have not acknowledged it yet" in page
    assert "Teacher, Teacher" in page
    assert "Elm Street Surgery" not in page


@pytest.mark.parametrize("part", ["teacher", "screener", "adviser"])
def test_others_are_refused_and_it_is_recorded(cast: Cast, as_person: SignedIn, part: str) -> None:
    client: Client = as_person(cast.people[part])
    assert client.get(address("acknowledged")).status_code == 403
    assert "Who has acknowledged" not in words(client.get(address("acknowledge")))
    refused = Event.objects.get(outcome="refused")
    assert (refused.verb, refused.subject_kind, refused.by_id) == (
        "see_acknowledgements",
        "policy",
        cast.people[part].pk,
    )
