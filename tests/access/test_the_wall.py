"""The second wall opens what the gate opens, hides what it does not, and is written by nothing but actions."""

import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import openmash
from openmash.apps.access.grounds import Ground, grounds_of
from openmash.apps.access.models import (
    ConflictDeclared,
    ConflictEnded,
    EmergencyAccess,
    Restriction,
    RestrictionLifted,
    RestrictionNames,
)
from openmash.apps.access.viewers import member_of_the_public, viewer_of
from openmash.apps.access.wall.passing import acting, seeing_everything, standing_before
from openmash.apps.access.wall.tables import OF_A_CONTACT, OPEN, WALLED
from openmash.apps.concerns.models import Contact, SignRecorded
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.concerns.queries.already_known import may_see
from openmash.apps.directory.models import Person, RoleHeld
from tests.access.world import World

pytestmark = pytest.mark.django_db
OWN_AGENCY = frozenset({Ground.RAISED_IT, Ground.HOLDS_THE_CODE, Ground.LEADS_SAFEGUARDING})


def opened_by_the_gate(person: Person | None, codes: frozenset[str], today: date) -> set[UUID]:
    viewer = viewer_of(person, today) if person else member_of_the_public(codes)
    return {
        each.pk
        for each in Contact.objects.all()
        if may_see(viewer, each) or grounds_of(viewer, facts_for_access(each)) & OWN_AGENCY
    }


def shown_by_the_wall(person: Person | None, codes: frozenset[str], today: date) -> set[UUID]:
    with standing_before(person.pk if person else None, today, codes):
        return set(Contact.objects.values_list("pk", flat=True))


def test_it_opens_for_everybody_what_the_gate_opens(world: World) -> None:
    today = timezone.localdate()
    seen = set()
    for person in Person.objects.all():
        opened = opened_by_the_gate(person, frozenset(), today)
        assert shown_by_the_wall(person, frozenset(), today) == opened, person.name
        seen.add(len(opened))
    assert len(seen) > 3  # nobody, some and many


def test_the_public_sees_what_they_have_proved(world: World) -> None:
    today = timezone.localdate()
    codes = frozenset({str(world.dossiers["restricted"].contact.pk)})
    assert shown_by_the_wall(None, codes, today) == opened_by_the_gate(None, codes, today)
    assert shown_by_the_wall(None, frozenset(), today) == set()


days = st.integers(-400, 400).map(lambda days: timedelta(days=days))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_it_opens_what_the_gate_opens_however_people_are_kept_out(world: World, drawn: st.DataObject) -> None:
    """Roles, restrictions, conflicts, emergencies and their ends, drawn at random, on any day."""
    today = timezone.localdate()
    person = drawn.draw(st.sampled_from(list(Person.objects.order_by("pk"))))
    contacts = list(Contact.objects.order_by("pk"))
    places = [None, world.cast.here, world.cast.elsewhere]
    with transaction.atomic():
        for _each in range(drawn.draw(st.integers(0, 3))):
            starts = today + drawn.draw(days)
            RoleHeld.objects.create(
                person=person,
                role=drawn.draw(st.sampled_from(ROLES)),
                locality=drawn.draw(st.sampled_from(places)),
                starts=starts,
                ends=drawn.draw(st.sampled_from([None, starts + timedelta(days=30)])),
            )
        for contact in drawn.draw(st.lists(st.sampled_from(contacts), unique=True)):
            _keep_out(contact, person, world, drawn)
        asked_on = today + drawn.draw(days)
        assert shown_by_the_wall(person, frozenset(), asked_on) == opened_by_the_gate(
            person, frozenset(), asked_on
        )
        transaction.set_rollback(True)


ROLES = (
    "screening_practitioner",
    "manager",
    "adviser",
    "safeguarding_lead",
    "social_worker",
    "head_of_service",
)


def _keep_out(contact: Contact, person: Person, world: World, drawn: st.DataObject) -> None:
    now = timezone.now()
    other = world.cast.partner
    said: dict[str, Any] = {"contact_id": contact.pk, "by": other, "at": now + drawn.draw(days)}
    which = drawn.draw(
        st.sampled_from(["owned", "named", "closed", "lifted", "emergency", "conflict", "ended"])
    )
    if which in ("conflict", "ended"):
        conflict = ConflictDeclared.objects.create(person=person, reason="Knows them.", **said)
        if which == "ended":
            ConflictEnded.objects.create(conflict=conflict, reason="No longer.", **said)
        return
    closed = Restriction.objects.create(
        kind="other",
        reason="Drawn.",
        owner=person if which == "owned" else other,
        ends_on=now.date() + drawn.draw(days),
        **said,
    )
    if which == "named":
        RestrictionNames.objects.create(restriction=closed, person=person, **said)
    if which == "lifted":
        RestrictionLifted.objects.create(restriction=closed, reason="Over.", **said)
    if which == "emergency":
        EmergencyAccess.objects.create(
            contact_id=contact.pk,
            person=person,
            reason="Now.",
            at=now + drawn.draw(days),
            last_day=now.date() + drawn.draw(days),
        )


@pytest.mark.parametrize("table", sorted(OF_A_CONTACT))
def test_what_hangs_on_a_contact_is_hidden_with_it(world: World, table: str) -> None:
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    for who in ("screener", "screener_elsewhere", "teacher", "manager", "partner", "social_worker"):
        person, today = world.cast.people[who], timezone.localdate()
        opened = opened_by_the_gate(person, frozenset(), today)
        rows = model._default_manager
        wanted = set(rows.filter(contact_id__in=opened).values_list("pk", flat=True))
        with standing_before(person.pk, today):
            assert set(rows.values_list("pk", flat=True)) == wanted, who


def test_a_forgotten_filter_leaks_nothing(world: World) -> None:
    sealed = world.dossiers["sealed"]
    with standing_before(world.cast.second_screener.pk, timezone.localdate()), connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM concerns_contact c")
        found = " ".join(row for (row,) in cursor.fetchall())
        assert world.dossiers["own"].mark in found
        assert sealed.mark not in found
        with seeing_everything("to see that it was there"):
            assert Contact.objects.filter(pk=sealed.contact.pk).exists()
        assert not Contact.objects.filter(pk=sealed.contact.pk).exists()


def test_nothing_but_an_action_writes_behind_it(world: World) -> None:
    contact = world.dossiers["own"].contact
    with standing_before(world.cast.screener.pk, timezone.localdate()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Contact.objects.filter(pk=contact.pk).update(version=99)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            SignRecorded.objects.create(contact=contact, sign="A06", evidence="seen", at=timezone.now())


def test_a_failure_past_the_wall_leaves_one_before_it(world: World) -> None:
    @acting
    def fails() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with standing_before(None, timezone.localdate()):
        with pytest.raises(Exception, match="division by zero"), transaction.atomic():
            fails()
        assert not Contact.objects.exists()
    assert Contact.objects.exists()


def test_every_table_is_behind_it_or_says_why_not() -> None:
    tables = {each._meta.db_table: each._meta.app_label for each in apps.get_models()}
    assert tables.keys() >= WALLED
    said = {table for table, app in tables.items() if table in OPEN or app in OPEN}
    assert tables.keys() - said - WALLED == set()
    assert OPEN.keys() <= tables.keys() | set(tables.values())
    assert OPEN.keys() & WALLED == set()


def _public_actions() -> Iterator[tuple[str, Any]]:
    for package in PACKAGES_OF_ACTIONS:
        for module in _modules(package):
            for name, found in vars(module).items():
                is_own = inspect.isfunction(found) and found.__module__ == module.__name__
                if is_own and not name.startswith("_") and not inspect.isgeneratorfunction(found):
                    yield f"{module.__name__}.{name}", found


def _modules(name: str) -> Iterator[ModuleType]:
    package = import_module(name)
    yield package
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
        yield import_module(found.name)


PACKAGES_OF_ACTIONS = [
    f"{config.name}.actions"
    for config in apps.get_app_configs()
    if config.name.startswith("openmash.apps.")
    and config.label
    not in ("audit", "directory", "access")  # below the wall, and without case data of their own
    and find_spec(f"{config.name}.actions") is not None
]


def test_every_action_reads_past_it() -> None:
    found = dict(_public_actions())
    assert len(found) > 150
    assert [name for name, act in found.items() if not getattr(act, "acts", False)] == []


def test_no_page_reads_past_it() -> None:
    root = Path(openmash.__file__).parent / "web"
    wall = "apps.access.wall"
    asks = [path for path in root.rglob("*.py") if wall in path.read_text(encoding="utf-8")]
    assert [path.name for path in asks] == ["wall.py"]
    assert "seeing_everything" not in asks[0].read_text(encoding="utf-8")
