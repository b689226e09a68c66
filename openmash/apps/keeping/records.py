"""The days from which a record's time is counted: when it began and ended, and when its children can have been born.

What is not known never shortens the time. A child whose birth nobody knows was born, at the latest, on the day on which
somebody described them; one of whom several dates were said, on the latest of these.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from openmash.apps.casework.models import (
    Birth,
    CameFrom,
    Case,
    MeetingAbout,
    NewInformation,
    PregnancyEnded,
    StageOpen,
)
from openmash.apps.casework.stages import OVER, PROTECTING
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.models.part import CHILD_ROLES
from openmash.apps.concerns.states import ENDS
from openmash.apps.families.models import BirthSaid, Description
from openmash.apps.keeping.kinds import RecordKind
from openmash.engines.keeping import Kind, Schedule, keep_until


@dataclass(frozen=True)
class Record:
    """One record that has ended. `born_on`: the latest day on which the youngest child in it can have been born."""

    kind: RecordKind
    id: UUID
    reference: str
    locality_id: int
    period: Kind
    began_on: date
    ended_on: date
    born_on: date

    def kept_until(self, schedule: Schedule) -> date:
        """The last day on which this record by itself is kept."""
        return keep_until(schedule.period(self.period), ended_on=self.ended_on, born_on=self.born_on)


def ended_contacts(where: Q) -> list[Record]:
    """Contacts at their end on which nothing else rests: no work, and no other contact that goes back to them."""
    resting = CameFrom.objects.values("contact")
    followed = Contact.objects.filter(Q(arose_from__isnull=False) | Q(same_child_as__isnull=False))
    found = (
        Contact.objects.filter(where, state__in=sorted(ENDS), answer__isnull=False)
        .exclude(pk__in=resting)
        .exclude(pk__in=NewInformation.objects.values("contact"))
        .exclude(pk__in=followed.values("arose_from").filter(arose_from__isnull=False))
        .exclude(pk__in=followed.values("same_child_as").filter(same_child_as__isnull=False))
        .exclude(pk__in=_work_about_somebody_described_here())
        .annotate(last_at=Max("answer__at"))
    )
    contacts = list(found.select_related("answer"))
    parts = Part.objects.filter(contact__in=contacts, role__in=[role.value for role in CHILD_ROLES])
    of_contact = defaultdict(list)
    for contact_id, description in parts.values_list("contact_id", "description_id"):
        of_contact[contact_id].append(description)
    born = latest_births(each for described in of_contact.values() for each in described)
    return [
        Record(
            kind=RecordKind.CONTACT,
            id=each.pk,
            reference=each.reference,
            locality_id=each.locality_id,
            period=Kind.ADVICE if each.kind == "advice" else Kind.CONCERN,
            began_on=_day(each.received_at),
            ended_on=_day(each.answer.at) if each.answer else _day(each.received_at),
            born_on=max((born[one] for one in of_contact[each.pk]), default=_day(each.received_at)),
        )
        for each in contacts
    ]


def ended_cases(where: Q) -> list[Record]:
    """Work with a child of which nothing goes on."""
    going_on = StageOpen.objects.filter(ended__isnull=True).exclude(stage__in=[each.value for each in OVER])
    cases = list(Case.objects.filter(where).exclude(pk__in=going_on.values("case")))
    stages: dict[UUID, list[StageOpen]] = defaultdict(list)
    for opened in StageOpen.objects.filter(case__in=cases):
        stages[opened.case_id].append(opened)
    lost = set(
        PregnancyEnded.objects.filter(case__in=cases, opened__ended__isnull=True).values_list(
            "case", flat=True
        )
    )
    births = {each.case_id: _day(each.born_at) for each in Birth.objects.filter(case__in=cases)}
    born = latest_births(case.child_id for case in cases)
    return [
        Record(
            kind=RecordKind.CASE,
            id=case.pk,
            reference=case.reference,
            locality_id=case.locality_id,
            period=_period_of_work(stages[case.pk], is_lost=case.pk in lost),
            began_on=_day(case.opened_at),
            ended_on=max(_day(each.at) for each in stages[case.pk]),
            born_on=max(born[case.child_id], births.get(case.pk, date.min)),
        )
        for case in cases
        if stages[case.pk]
    ]


def at_one_table(case_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each case the others that a meeting was about with it: their records are kept as long as the longest."""
    meetings = MeetingAbout.objects.filter(case__in=case_ids).values("meeting")
    about = defaultdict(set)
    for meeting, case in MeetingAbout.objects.filter(meeting__in=meetings).values_list("meeting", "case"):
        about[meeting].add(case)
    together: dict[UUID, set[UUID]] = {case: set() for case in case_ids}
    for cases in about.values():
        for case in cases & together.keys():
            together[case] |= cases - {case}
    return together


def latest_births(descriptions: Iterable[UUID]) -> dict[UUID, date]:
    """For each description the latest day on which that person can have been born."""
    found = {}
    for each in Description.objects.filter(pk__in=list(descriptions)):
        known = [day for day in (each.born_on, each.expected_on) if day is not None]
        found[each.pk] = max(known, default=_day(each.described_at))
    for said in BirthSaid.objects.filter(description__in=list(found)):
        later = [day for day in (said.born_on, said.expected_on) if day is not None]
        found[said.description_id] = max([found[said.description_id], *later])
    return found


def _work_about_somebody_described_here() -> list[UUID]:
    return list(Case.objects.values_list("child__contact_id", flat=True))


def _period_of_work(stages: list[StageOpen], *, is_lost: bool) -> Kind:
    """By the most serious stage there ever was."""
    if any(each.stage in PROTECTING for each in stages):
        return Kind.PROTECTION
    return Kind.PREGNANCY_ENDED if is_lost else Kind.HELP


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]
