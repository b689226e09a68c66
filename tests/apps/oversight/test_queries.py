"""Who may ask who looked, and what they are told."""

from datetime import timedelta

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record_refusal
from openmash.apps.audit.models import Event
from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.directory.models import Person
from openmash.apps.oversight.queries import contact_of, looks_to_ask_about, oversees, who_looked
from openmash.apps.oversight.rules import Why
from tests.apps.journey import NOW, screening
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_every_look_and_every_act_is_told_with_its_ground(cast: Cast) -> None:
    contact = screening(cast)
    look_as_hub(contact.pk, by=cast.second_screener, now=NOW)
    looked = who_looked(contact.pk, by=cast.manager, now=NOW)
    assert [(line.by, line.looked) for line in looked.lines][-1] == (cast.second_screener, True)
    assert cast.teacher in [line.by for line in looked.lines]
    assert all(line.ground for line in looked.lines)
    assert Event.objects.filter(verb="see_who_looked", by_id=cast.manager.pk).count() == 1


@pytest.mark.parametrize(
    "who", ["teacher", "screener", "adviser", "social_worker", "policy_lead", "police_officer"]
)
def test_nobody_else_is_told(cast: Cast, who: str) -> None:
    contact, by = screening(cast), cast.people[who]
    with pytest.raises(Refused):
        who_looked(contact.pk, by=by, now=NOW)
    with pytest.raises(Refused):
        looks_to_ask_about(by=by, now=NOW)
    assert not oversees(by, NOW) and contact_of(contact.reference, by=by, now=NOW) is None


def test_a_manager_of_another_place_is_told_nothing(cast: Cast) -> None:
    contact = screening(cast)
    namesake = contact.parts.select_related("description").first()
    assert namesake is not None
    Person.objects.filter(pk=cast.screener.pk).update(name=f"Ann {namesake.description.name.split()[-1]}")
    look_as_hub(contact.pk, by=cast.screener, now=NOW)
    assert [each.question.why for each in looks_to_ask_about(by=cast.manager, now=NOW)] == [Why.OWN_NAME]
    cast.manager.roles_held.update(locality=cast.elsewhere)
    assert looks_to_ask_about(by=cast.manager, now=NOW) == []
    with pytest.raises(Refused):
        who_looked(contact.pk, by=cast.manager, now=NOW)


def test_refusals_are_found_and_what_is_older_than_four_weeks_is_not(cast: Cast) -> None:
    contact = screening(cast)
    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            look_as_hub(contact.pk, by=cast.social_worker, now=NOW)
        record_refusal(by=cast.social_worker, refusal=refusal.value, now=NOW)
    found = looks_to_ask_about(by=cast.manager, now=NOW)
    assert [(each.question.why, each.by) for each in found] == [(Why.REFUSED, cast.social_worker)]
    assert found[0].references == ((str(contact.pk), contact.reference),)
    assert looks_to_ask_about(by=cast.manager, now=NOW + timedelta(days=29)) == []
