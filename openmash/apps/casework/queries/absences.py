"""The absences somebody may see and change: their own, and those of the teams they manage."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.casework.absence import absences
from openmash.apps.casework.models import Absence
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import localities, people_with

MANAGES = frozenset({"team_manager"})
WORKS = frozenset({"social_worker"})


@dataclass(frozen=True)
class Absences:
    """`absences` from today on; `people` whose absence may be written down; `covers` who may cover. No case data."""

    absences: tuple[Absence, ...]
    people: tuple[Person, ...]
    covers: tuple[Person, ...]


def absences_of_team(*, by: Person, now: datetime) -> Absences:
    """What this person sees of who is away."""
    today = timezone.localtime(now).date()
    viewer = viewer_of(by, today)
    managed, own = localities_for(viewer, MANAGES), localities_for(viewer, WORKS)
    team = _workers(managed, now)
    people = {by.pk: by, **{each.pk: each for each in team}}
    covers = {each.pk: each for each in (*team, *_workers(own, now))}
    found = absences().filter(person__in=people, ends__gte=today)
    return Absences(tuple(found), tuple(people.values()), tuple(covers.values()))


def _workers(places: frozenset[int] | None, now: datetime) -> list[Person]:
    today = timezone.localtime(now).date()
    where = [place.pk for place in localities()] if places is None else sorted(places)
    return [each for place in where for each in people_with("social_worker", place, today)]
