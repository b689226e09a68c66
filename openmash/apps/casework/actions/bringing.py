"""Something new about a child reaches the work: each once, whoever linked it, and whatever came first.

Concerns know nothing of the work that follows from them. So what is new is looked for: when somebody opens the work
or their worklist, and every few minutes by `send_what_is_due`. Its clock counts from when it was told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.casework.actions.timing import start_clocks
from openmash.apps.casework.models import CameFrom, Case, NewInformation
from openmash.apps.casework.pathway import RECEIVED
from openmash.apps.casework.standing import open_stages
from openmash.apps.concerns.models import Contact, Information, Part
from openmash.apps.concerns.models.part import CHILD_ROLES
from openmash.apps.families.queries.linked import description_ids_of, known_person_of_each

New = tuple[Contact, Information | None]
GROUND = "somebody said that it is about this child"


def bring_what_is_new(*, now: datetime, cases: Iterable[Case] | None = None) -> list[NewInformation]:
    """Bring whatever is new to these cases, or to all of them; what was brought, by case."""
    wanted = Case.objects.all() if cases is None else Case.objects.filter(pk__in=[case.pk for case in cases])
    found = _missing(list(wanted))
    return [new for case_id in sorted(found) for new in _bring_to(case_id, now)]


@transaction.atomic
def _bring_to(case_id: UUID, now: datetime) -> list[NewInformation]:
    # Looked for again under the lock: somebody else may have brought it a moment ago.
    case = Case.objects.select_for_update().get(pk=case_id)
    return [_bring(case, contact, more, now) for contact, more in _missing([case]).get(case.pk, [])]


def _missing(cases: list[Case]) -> dict[UUID, list[New]]:
    """What is about each child, and neither began the work nor has reached it; a fixed number of queries."""
    child_of = _descriptions(cases)
    contacts = _contacts(cases, child_of)
    known: set[tuple[UUID, UUID, int | None]] = set(
        NewInformation.objects.filter(case__in=cases).values_list("case_id", "contact_id", "information_id")
    )
    began = {
        (came.case_id, came.contact_id)
        for came in CameFrom.objects.filter(case__in=cases).select_related("case")
        if came.at <= came.case.opened_at
    }
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


def _bring(case: Case, contact: Contact, more: Information | None, now: datetime) -> NewInformation:
    received = more.at if more is not None else contact.received_at
    new = NewInformation.objects.create(
        case=case, contact=contact, information=more, received_at=min(received, now), at=now
    )
    start_clocks(
        case, (RECEIVED,), (), open_stages(case), {"received": new.received_at}, now, about=about(new)
    )
    detail = {"new": new.pk, "contact": str(contact.pk)}
    record(
        by=None, verb=RECEIVED, subject_kind="case", subject_id=case.pk, ground=GROUND, now=now, detail=detail
    )
    return new


def about(new: NewInformation) -> str:
    """What its clock is for."""
    return f"information:{new.pk}"
