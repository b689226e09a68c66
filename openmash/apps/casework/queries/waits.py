"""The waits of a team: for somebody to lead, for a decision, for another agency, and since a child was last seen."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.casework.models import (
    Awaited,
    Case,
    ChildSeen,
    Escalation,
    NewInformation,
    Proposal,
    StageOpen,
)
from openmash.apps.casework.queries.lists import TEAM, in_places, open_cases
from openmash.apps.casework.stages import PROTECTING
from openmash.apps.casework.unborn import is_unborn
from openmash.apps.casework.waits import Spread, Wait, spread
from openmash.apps.directory.models import Person

SEEN = "Since the child was last seen, or protection began"
"""For children in protection: how long nobody has seen them."""


def waits_of_team(
    *, by: Person, now: datetime, also_awaited: Iterable[tuple[UUID, datetime]] = ()
) -> dict[str, Spread[Case]]:
    """By what is waited for, the waits of every child of the places this person manages; empty if they manage none.

    `also_awaited`: what else other agencies owe, by case and since when, of any place.
    """
    places = localities_for(viewer_of(by, timezone.localtime(now).date()), TEAM)
    if places is not None and not places:
        return {}
    cases = {case.pk: case for case in in_places(open_cases(), places)}
    found = {
        "For somebody to lead the work": _unallocated(cases),
        "For a decision": _undecided(cases),
        "For another agency": _awaited(cases, also_awaited),
        SEEN: _unseen(cases),
    }
    return {name: spread(waits, now) for name, waits in found.items()}


Cases = dict[UUID, Case]


def _unallocated(cases: Cases) -> list[Wait[Case]]:
    return [Wait(case, case.unled_since) for case in cases.values() if case.leader is None]  # type: ignore[attr-defined]


def _undecided(cases: Cases) -> list[Wait[Case]]:
    waiting = [
        *NewInformation.objects.filter(case__in=list(cases), decided__isnull=True).values_list(
            "case_id", "received_at"
        ),
        *Escalation.objects.filter(case__in=list(cases), answer__isnull=True).values_list("case_id", "at"),
        *Proposal.objects.filter(case__in=list(cases), second_word__isnull=True).values_list("case_id", "at"),
    ]
    return _each_once(cases, waiting)


def _awaited(cases: Cases, also: Iterable[tuple[UUID, datetime]]) -> list[Wait[Case]]:
    waiting = Awaited.objects.filter(case__in=list(cases), ended__isnull=True)
    owed = (each for each in also if each[0] in cases)
    return _each_once(cases, (*waiting.values_list("case_id", "since"), *owed))


def _each_once(cases: Cases, waiting: Iterable[tuple[UUID, datetime]]) -> list[Wait[Case]]:
    """One wait for each child, whatever number of things is waited for: the longest."""
    longest: dict[UUID, datetime] = {}
    for pk, since in waiting:
        longest[pk] = min(since, longest.get(pk, since))
    return [Wait(cases[pk], since) for pk, since in longest.items()]


def _unseen(cases: Cases) -> list[Wait[Case]]:
    seen = dict(
        ChildSeen.objects.filter(case__in=list(cases))
        .values("case_id")
        .annotate(last=Max("seen_at"))
        .values_list("case_id", "last")
    )
    began: dict[UUID, datetime] = {}
    stages = StageOpen.objects.filter(case__in=list(cases), stage__in=PROTECTING, ended__isnull=True)
    for pk, at in stages.order_by("-id").values_list("case_id", "at"):
        born = getattr(cases[pk], "birth", None)
        began[pk] = max(at, born.born_at) if born is not None else at
    return [Wait(cases[pk], seen.get(pk, at)) for pk, at in began.items() if not is_unborn(cases[pk])]
