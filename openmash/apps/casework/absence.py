"""Who is away and who covers for them. Reads only."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from openmash.apps.casework.models import Absence
from openmash.apps.directory.models import Person


def absences() -> QuerySet[Absence]:
    """Those that count: neither replaced by a later word nor withdrawn."""
    counting = Absence.objects.filter(replaced_by__isnull=True, withdrawn=False)
    return counting.select_related("person__agency", "cover__agency")


def away_on(people: Collection[int], today: date) -> dict[int, Absence]:
    """Of these people, those who are away on a day, each with the absence that ends last."""
    found = absences().filter(person__in=people, starts__lte=today, ends__gte=today).order_by("ends", "id")
    return {each.person_id: each for each in found}


def covers_for(person: Person | None, today: date) -> int | None:
    """Who covers for somebody on a day, by id: nobody, unless they are away and somebody is named."""
    if person is None:
        return None
    absence = away_on([person.pk], today).get(person.pk)
    return absence.cover_id if absence is not None else None


def covered_by(person: Person, today: date) -> frozenset[int]:
    """For whom somebody covers on a day, by id."""
    found = absences().filter(cover=person, starts__lte=today, ends__gte=today)
    return frozenset(each.person_id for each in found if covers_for(each.person, today) == person.pk)
