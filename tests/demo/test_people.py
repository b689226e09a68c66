"""Everybody whom a visitor can sign in as."""

import re

import pytest

from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.mine import raised_by
from openmash.apps.directory.models import AgencyKind, Person, Role, RoleHeld
from openmash.apps.directory.queries import people_with, personas
from openmash.demo.world import World

pytestmark = pytest.mark.django_db


def test_every_role_has_somebody_in_more_than_one_locality(world: World) -> None:
    for role in Role.values:
        places = {
            place.pk
            for place in world.county.localities.values()
            if people_with(role, place.pk, world.now.date())
        }
        assert len(places) > 1, role
    for role in ("screening_practitioner", "manager", "adviser", "head_of_service"):
        for place in world.county.localities.values():
            assert people_with(role, place.pk, world.now.date()), f"{role} in {place}"


def test_every_kind_of_agency_has_staff(world: World) -> None:
    assert set(Person.objects.values_list("agency__kind", flat=True)) == set(AgencyKind.values)
    assert 55 <= Person.objects.count() <= 80


def test_no_two_personas_share_a_name_and_every_address_is_invented(world: World) -> None:
    listed = personas(world.now.date())
    assert len({each.name for each in listed}) == len(listed) == Person.objects.count()
    assert all(
        re.fullmatch(r"[a-z.]+@example\.org", email)
        for email in Person.objects.values_list("email", flat=True)
    )
    assert all(each.job_title for each in listed)


def test_nobody_can_sign_in_with_a_password(world: World) -> None:
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_notes_say_what_is_on_the_record(world: World) -> None:
    raisers = Person.objects.exclude(
        pk__in=RoleHeld.objects.exclude(role="safeguarding_lead").values("person")
    )
    unread_somewhere = False
    for person in raisers.select_related("agency"):
        own = [line for line in raised_by(person, now=world.now) if not line.raised_by]
        unread = sum(line.is_unread for line in own)
        assert ("waiting to be read" in person.persona_note) == bool(unread), person.persona_note
        assert ("Has raised no concerns" in person.persona_note) == (
            not [c for c in own if c.kind == "concern"]
        )
        unread_somewhere |= bool(unread)
    assert unread_somewhere


def test_every_persona_has_a_note_that_fits(world: World) -> None:
    for person in Person.objects.all():
        assert 20 < len(person.persona_note) < 300
        assert person.persona_note.endswith(".")


def test_those_with_a_note_on_second_decisions_find_them(world: World) -> None:
    managers = Person.objects.filter(
        roles_held__role="manager", persona_note__contains="second person"
    ).distinct()
    assert managers.count() == Person.objects.filter(roles_held__role="manager").distinct().count()
    assert Contact.objects.filter(state="second_person").exists()
