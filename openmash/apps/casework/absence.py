"""Who is away and who covers for them. Reads only."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from openmash.apps.access.queries import kept_out_of
from openmash.apps.casework.models import Absence, CameFrom, Case
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import roles_of


def absences() -> QuerySet[Absence]:
    """Those that count: neither replaced by a later word nor withdrawn."""
    counting = Absence.objects.filter(replaced_by__isnull=True, withdrawn=False)
    return counting.select_related("person__agency", "cover__agency")


def away_on(people: Collection[int], today: date) -> dict[int, Absence]:
    """Of these people, those who are away on a day, each with the absence that ends last."""
    found = absences().filter(person__in=people, starts__lte=today, ends__gte=today).order_by("ends", "id")
    return {each.person_id: each for each in found}


def covers_for(person: Person | None, today: date) -> Person | None:
    """Who covers for somebody on a day: nobody, unless they are away and a social worker who is there is named."""
    absence = away_on([person.pk], today).get(person.pk) if person is not None else None
    cover = absence.cover if absence is not None else None
    if cover is None or not works_in(cover, today) or away_on([cover.pk], today):
        return None
    return cover


def covers_on(case: Case, worker: Person | None, today: date) -> Person | None:
    """Who covers for the worker of a case: never somebody who is kept out of a concern that the work came from."""
    cover = covers_for(worker, today)
    if cover is None or _came_from(case) & kept_out_of(cover, today):
        return None
    return cover


def _came_from(case: Case) -> frozenset[str]:
    return frozenset(map(str, CameFrom.objects.filter(case=case).values_list("contact_id", flat=True)))


def works_in(person: Person, day: date) -> frozenset[int | None]:
    """Where somebody is a social worker on a day."""
    return frozenset(place for role, place in roles_of(person, day) if role == "social_worker")


def covered_by(person: Person, today: date) -> frozenset[int]:
    """For whom somebody covers on a day, by id."""
    found = absences().filter(cover=person, starts__lte=today, ends__gte=today)
    return frozenset(each.person_id for each in found if covers_for(each.person, today) == person)
