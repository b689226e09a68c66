"""Looks and lists: each has a ground, and each is written down."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.concerns.queries.lists import mine, worklist
from openmash.apps.concerns.queries.looking import look_as_hub, look_as_raiser
from tests.apps.journey import HOUR, NOW, answered, raised
from tests.cast import MONDAY, Cast


def test_every_look_and_list_is_written_down(cast: Cast) -> None:
    contact = raised(cast, "A06")
    looks: list[tuple[str, Callable[[], object]]] = [
        ("see_as_raiser", lambda: look_as_raiser(contact.pk, by=cast.teacher, now=NOW)),
        ("see_as_raiser", lambda: look_as_raiser(contact.pk, by=cast.safeguarding_lead, now=NOW)),
        ("see_as_hub", lambda: look_as_hub(contact.pk, by=cast.screener, now=NOW)),
        ("see_worklist", lambda: worklist(by=cast.screener, now=NOW)),
        ("see_mine", lambda: mine(by=cast.teacher, now=NOW)),
    ]
    for verb, look in looks:
        before = Event.objects.count()
        look()
        written = list(Event.objects.order_by("id"))[before:]
        assert [event.verb for event in written] == [verb]
        assert written[0].ground
        named = [*written[0].detail.get("contacts", []), written[0].subject_id]
        assert str(contact.pk) in named


@pytest.mark.parametrize("name", ["gp", "boarding_lead", "screener_elsewhere", "camhs"])
def test_nobody_looks_without_a_ground(cast: Cast, name: str) -> None:
    contact = raised(cast, "A06")
    person = cast.people[name]
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=person, now=NOW)
    with pytest.raises(Refused):
        look_as_raiser(contact.pk, by=person, now=NOW)
    assert contact not in mine(by=person, now=NOW)


def test_the_worklist_is_by_clock_and_by_place(cast: Cast) -> None:
    later = raised(cast, "A06", now=MONDAY)
    urgent = raised(cast, "D01", now=MONDAY + HOUR)
    there = raised(cast, "A06", locality_id=cast.elsewhere.pk)
    done = answered(cast, "A06")
    listed = worklist(by=cast.screener, now=NOW).contacts
    assert listed == [urgent, later]
    assert done not in listed
    assert worklist(by=cast.screener_elsewhere, now=NOW).contacts == [there]
    with pytest.raises(Refused):
        worklist(by=cast.teacher, now=NOW)


def test_a_role_ends_with_its_dates(cast: Cast) -> None:
    held = cast.screener.roles_held.get()
    held.ends = NOW.date() - timedelta(days=1)
    held.save()
    with pytest.raises(Refused):
        worklist(by=cast.screener, now=NOW)
