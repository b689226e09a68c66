"""Reads of the directory: no case data, so any signed-in person may be shown it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from openmash.apps.directory.models import Agency, Locality, Person, Role, RoleHeld


@dataclass(frozen=True)
class Persona:
    """A fictitious person anyone may sign in as in a demonstration."""

    id: int
    name: str
    job_title: str
    agency_name: str
    locality_name: str
    roles: tuple[str, ...]
    persona_note: str


def _roles_on(today: date) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)


def roles_of(person: Person, today: date) -> frozenset[tuple[str, int | None]]:
    """The roles held today, each with the locality it is held in (none: all of them)."""
    return frozenset(_roles_on(today).filter(person=person).values_list("role", "locality_id"))


def role_labels(person: Person, today: date) -> tuple[str, ...]:
    """The person's roles today, in plain words."""
    held = _roles_on(today).filter(person=person).values_list("role", flat=True).distinct()
    return tuple(str(Role(role).label) for role in sorted(set(held)))


def personas(today: date) -> list[Persona]:
    """Every fictitious person of the demonstration, by role and name."""
    people = (
        Person.objects.filter(is_persona=True, is_active=True)
        .select_related("agency__locality")
        .prefetch_related(Prefetch("roles_held", queryset=_roles_on(today)))
    )
    listed = [
        Persona(
            id=person.pk,
            name=person.name,
            job_title=person.job_title,
            agency_name=person.agency.name,
            locality_name=person.agency.locality.name,
            roles=tuple(str(held.get_role_display()) for held in person.roles_held.all()),
            persona_note=person.persona_note,
        )
        for person in people
    ]
    return sorted(listed, key=lambda persona: (persona.roles, persona.name))


def person(pk: int) -> Person | None:
    """One active account."""
    return Person.objects.filter(pk=pk, is_active=True).select_related("agency__locality").first()


def persona(pk: int) -> Person | None:
    """One active fictitious person."""
    return Person.objects.filter(pk=pk, is_active=True, is_persona=True).first()


def localities() -> QuerySet[Locality]:
    """Every locality, by name."""
    return Locality.objects.all()


def agencies() -> QuerySet[Agency]:
    """Every agency, by name."""
    return Agency.objects.select_related("locality")


def people_with(role: str, locality_id: int, today: date) -> QuerySet[Person]:
    """Active people who hold a role in a locality today, by name."""
    held = _roles_on(today).filter(role=role).filter(Q(locality_id=locality_id) | Q(locality__isnull=True))
    return Person.objects.filter(is_active=True, roles_held__in=held).select_related("agency").distinct()


def people_to_invite(locality_id: int) -> QuerySet[Person]:
    """Active people of the agencies of a locality, by agency and name: who may be asked to a meeting."""
    people = Person.objects.filter(is_active=True, agency__locality_id=locality_id)
    return people.select_related("agency").order_by("agency__name", "name")


def names_of(ids: Collection[int]) -> dict[int, str]:
    """What each of these people is called, with their agency."""
    people = Person.objects.filter(pk__in=ids).select_related("agency")
    return {person.pk: f"{person.name}, {person.agency.name}" for person in people}


def holders_of(roles: Collection[str], today: date) -> QuerySet[Person]:
    """Active people who hold one of these roles today, wherever it is held."""
    held = _roles_on(today).filter(role__in=roles)
    return Person.objects.filter(is_active=True, roles_held__in=held).distinct()
