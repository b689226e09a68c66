"""What was told about a child and has not reached the work with it yet. Reads only, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.casework.models import CameFrom, Case, NewInformation, StageOpen
from openmash.apps.casework.stages import LOST
from openmash.apps.concerns.models import Contact, Information, Part
from openmash.apps.concerns.models.part import CHILD_ROLES
from openmash.apps.families.queries.linked import description_ids_of, known_person_of_each

New = tuple[Contact, Information | None]


@seeing_everything("opened with the work: the gate of the work decides")
def missing(cases: list[Case]) -> dict[UUID, list[New]]:
    """What is about each child, and neither began the work nor has reached it; a fixed number of queries.

    Of a pregnancy that has ended there is nothing to decide: it waits, in case that is taken back.
    """
    lost = set(
        StageOpen.objects.filter(case__in=cases, stage__in=LOST, ended__isnull=True).values_list(
            "case_id", flat=True
        )
    )
    cases = [case for case in cases if case.pk not in lost]
    child_of = _descriptions(cases)
    contacts = _contacts(cases, child_of)
    known: set[tuple[UUID, UUID, int | None]] = set(
        NewInformation.objects.filter(case__in=cases).values_list("case_id", "contact_id", "information_id")
    )
    began = _what_began(cases)
    told = {
        each.pk: each
        for each in Contact.objects.filter(pk__in={pk for pks in contacts.values() for pk in pks})
    }
    later: dict[UUID, list[Information]] = defaultdict(list)
    for each in Information.objects.filter(contact__in=told).order_by("id"):
        later[each.contact_id].append(each)
    missing: dict[UUID, list[New]] = {}
    for case in cases:
        about_child = sorted((told[pk] for pk in contacts[case.pk]), key=lambda contact: contact.received_at)
        new: list[New] = []
        for contact in about_child:
            if (case.pk, contact.pk, None) not in known and (case.pk, contact.pk) not in began:
                new.append((contact, None))
            new += [
                (contact, more)
                for more in later[contact.pk]
                if more.at > case.opened_at and (case.pk, contact.pk, more.pk) not in known
            ]
        if new:
            missing[case.pk] = new
    return missing


def _what_began(cases: list[Case]) -> set[tuple[UUID, UUID]]:
    """Each case with the concerns it began from, and the notices under which its child was held here since."""
    held = StageOpen.objects.filter(case=OuterRef("case"), verb="receive_transfer", at=OuterRef("at"))
    came = CameFrom.objects.filter(Q(at__lte=F("case__opened_at")) | Exists(held), case__in=cases)
    return set(came.values_list("case_id", "contact_id"))


def _descriptions(cases: list[Case]) -> dict[UUID, set[UUID]]:
    """For each case, every description of its child: the first, and all that people have linked to it."""
    known = known_person_of_each([case.child_id for case in cases])
    linked = description_ids_of(set(known.values()))
    return {
        case.pk: {case.child_id, *(linked[known[case.child_id]] if case.child_id in known else ())}
        for case in cases
    }


def _contacts(cases: list[Case], child_of: Mapping[UUID, set[UUID]]) -> dict[UUID, set[UUID]]:
    parts = Part.objects.filter(
        description_id__in={each for some in child_of.values() for each in some}, role__in=CHILD_ROLES
    )
    contact_of = dict(parts.values_list("description_id", "contact_id"))
    found = {
        case.pk: {contact_of[each] for each in child_of[case.pk] if each in contact_of} for case in cases
    }
    for case_id, contact_id in CameFrom.objects.filter(case__in=cases).values_list("case_id", "contact_id"):
        found[case_id].add(contact_id)
    return found
