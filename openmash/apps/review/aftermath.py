"""What came after decided concerns, in the hub's own records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import Case, StageEnded, StageOpen
from openmash.apps.casework.stages import PLANNED, Stage
from openmash.apps.concerns.models import Contact, Part, Role
from openmash.apps.concerns.queries.history import DecidedCase
from openmash.apps.directory.models import Person
from openmash.apps.families.queries.linked import same_people_as
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.engines.review.what_if import NONE_KNOWN, Aftermath, Closed, Found

SERIOUS = (Stage.SECTION_47_ENQUIRY.value, Stage.PROTECTION_PLAN.value)


@dataclass
class _Child:
    """What the work with one child came to, with the moments."""

    opened: list[tuple[str, datetime]] = field(default_factory=list)
    assessed: list[datetime] = field(default_factory=list)


@seeing_everything("counted for the whole area, and nobody is shown one")
@transaction.atomic
def aftermath(decided: Sequence[DecidedCase], *, by: Person, now: datetime) -> Aftermath:
    """What came after each of these decisions, as far as is known today. The reading is recorded.

    Children are followed under every description that people have linked; what was linked since counts, because it is
    about what came later and not about what was known then. Of several children the first event counts. A child who
    was handed over to another area is not followed from then on.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    ground = permitted("see_history", "policy", "history", by=by, now=now)
    contacts = {
        contact.pk: contact
        for contact in Contact.objects.filter(pk__in=[each.contact for each in decided]).select_related(
            "decision", "decision__finding"
        )
    }
    children = _children(list(contacts))
    closes = _closes(contacts.values())
    rows = [
        _after(contacts.get(each.contact) if each.contact else None, children, closes, now)
        for each in decided
    ]
    record(
        by=by,
        verb="see_history",
        subject_kind="policy",
        subject_id="history",
        ground=ground,
        now=now,
        detail={"cases": len(rows), "what": "what_came_after"},
    )
    grid = np.array(rows, dtype=np.int32).reshape(len(rows), 4).T
    return Aftermath(*grid)


def _children(contacts: list[UUID]) -> Mapping[UUID, list[_Child]]:
    """For each contact the work with each of its children."""
    subjects = Part.objects.filter(contact_id__in=contacts, role=Role.SUBJECT)
    told = list(subjects.values_list("contact_id", "description_id"))
    same = same_people_as({description for _, description in told})
    work = {child: _Child() for child in same}
    by_description: dict[UUID, list[_Child]] = {}
    for child, every in same.items():
        for each in every:
            by_description.setdefault(each, []).append(work[child])
    cases = dict(Case.objects.filter(child_id__in=by_description).values_list("pk", "child_id"))
    for case, stage, at in StageOpen.objects.filter(case_id__in=cases).values_list("case_id", "stage", "at"):
        for one in by_description[cases[case]]:
            one.opened.append((stage, at))
    ended = StageEnded.objects.filter(case_id__in=cases, opened__stage=Stage.ASSESSMENT.value)
    for case, at in ended.values_list("case_id", "at"):
        for one in by_description[cases[case]]:
            one.assessed.append(at)
    found: dict[UUID, list[_Child]] = {}
    for contact, description in told:
        found.setdefault(contact, []).append(work[description])
    return found


def _closes(contacts: Iterable[Contact]) -> Mapping[tuple[int, str], bool]:
    """For each version decided under, and each of its pathways, whether that ends the matter at the front door."""
    versions = {each.decision.finding.policy_id for each in contacts if each.decision}
    return {(pk, each.id): each.closes for pk in versions for each in adopted(pk).policy.pathways}


def _after(
    contact: Contact | None,
    children: Mapping[UUID, list[_Child]],
    closes: Mapping[tuple[int, str], bool],
    now: datetime,
) -> tuple[int, int, int, int]:
    """Closed, found, days to the first serious event, days followed."""
    if contact is None or contact.decision is None:
        return Closed.NOT_KNOWN, Found.NOT_KNOWN, NONE_KNOWN, 0
    decision, work = contact.decision, children.get(contact.pk, [])
    opened = [(stage, at) for each in work for stage, at in each.opened if at > decision.at]
    serious = [at for stage, at in opened if stage in SERIOUS]
    moved = [at for stage, at in opened if stage == Stage.TRANSFER.value]
    days = (min(serious) - decision.at).days if serious else NONE_KNOWN
    followed = (min([now, *moved]) - decision.at).days if work else 0
    ended = closes.get((decision.finding.policy_id, decision.pathway))
    closed = Closed.NOT_KNOWN if ended is None else Closed.YES if ended else Closed.NO
    return closed, _found(opened, work, decision.at, serious=bool(serious)), days, followed


def _found(
    opened: list[tuple[str, datetime]], work: list[_Child], since: datetime, *, serious: bool
) -> Found:
    if serious:
        return Found.PROTECTION
    if any(stage in PLANNED for stage, _ in opened):
        return Found.HELP
    return Found.NOTHING_MORE if any(at > since for each in work for at in each.assessed) else Found.NOT_KNOWN
