"""Lists of contacts. Who was shown a list, and which contacts were on it, is written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Viewer, localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.codes import as_reference
from openmash.apps.concerns.models import (
    AskedElsewhere,
    Contact,
    Disagreement,
    Draft,
    FindingRecorded,
    FollowUp,
    Part,
)
from openmash.apps.concerns.queries.asked import waiting_for
from openmash.apps.concerns.states import ENDS, Kind
from openmash.apps.directory.models import Person

HUB_ROLES = frozenset({"screening_practitioner", "manager", "head_of_service", "safeguarding_partner"})
ADVICE_ROLES = HUB_ROLES | {"adviser"}


@dataclass(frozen=True)
class Worklist:
    """What waits at the front doors of this person's localities, soonest due first."""

    contacts: list[Contact]
    follow_ups: list[FollowUp]
    asked: list[AskedElsewhere]
    """What other front doors ask about people these may know."""


def _with_people(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """With `.people` (parts, described), `.as_found` (findings) and `.disagreed`, ready to show."""
    return contacts.select_related(
        "locality", "raised_agency", "raised_by", "screener", "decision", "answer"
    ).prefetch_related(
        Prefetch("parts", queryset=Part.objects.select_related("description"), to_attr="people"),
        Prefetch(
            "findings", queryset=FindingRecorded.objects.defer("finding").order_by("id"), to_attr="as_found"
        ),
        Prefetch("disagreements", queryset=Disagreement.objects.order_by("id"), to_attr="disagreed"),
    )


def _here(viewer: Viewer) -> Q:
    hub, advice = localities_for(viewer, HUB_ROLES), localities_for(viewer, ADVICE_ROLES)
    concerns = Q(kind=Kind.CONCERN) if hub is None else Q(kind=Kind.CONCERN, locality_id__in=hub)
    requests = Q(kind=Kind.ADVICE) if advice is None else Q(kind=Kind.ADVICE, locality_id__in=advice)
    return (concerns | requests) & ~Q(pk__in=viewer.kept_out)


def _must_have_worklist(by: Person, now: datetime, verb: str) -> Viewer:
    viewer = viewer_of(by, day_of(now))
    if not {role for role, _place in viewer.roles} & ADVICE_ROLES:
        raise Refused(
            "The worklist is for the people who screen concerns and give advice.",
            verb=verb,
            subject_kind="worklist",
        )
    return viewer


def _note_list(by: Person, verb: str, shown: list[UUID], now: datetime) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="list",
        subject_id=verb,
        ground="role held in the locality"
        if verb != "see_mine"
        else "raised them, or leads safeguarding there",
        now=now,
        detail={"contacts": [str(pk) for pk in shown]},
    )


@transaction.atomic
def worklist(*, by: Person, now: datetime) -> Worklist:
    """Everything open in this person's localities, by clock, with follow-ups still owed.

    Raises:
        Refused: no role of this person has a worklist.
    """
    viewer = _must_have_worklist(by, now, "see_worklist")
    contacts = list(
        _with_people(Contact.objects.filter(_here(viewer)).exclude(state__in=ENDS)).order_by(
            "due_at", "received_at"
        )
    )
    hub = localities_for(viewer, HUB_ROLES)
    owed = (
        FollowUp.objects.filter(done__isnull=True)
        .select_related("contact")
        .prefetch_related(
            Prefetch("contact__parts", queryset=Part.objects.select_related("description"), to_attr="people")
        )
    )
    owed = owed.exclude(contact_id__in=viewer.kept_out)
    if hub is not None:
        owed = owed.filter(contact__locality_id__in=hub)
    follow_ups = list(owed.order_by("due_at"))
    asked = waiting_for(viewer)
    seen = [contact.pk for contact in contacts] + [each.contact_id for each in follow_ups]
    _note_list(by, "see_worklist", seen + [each.theirs.contact_id for each in asked], now)
    return Worklist(contacts=contacts, follow_ups=follow_ups, asked=asked)


@transaction.atomic
def recently_ended(*, by: Person, now: datetime, limit: int = 50) -> list[Contact]:
    """The last contacts that ended in this person's localities, newest first."""
    viewer = _must_have_worklist(by, now, "see_recently_ended")
    contacts = list(
        _with_people(Contact.objects.filter(_here(viewer), state__in=ENDS)).order_by("-answer__at")[:limit]
    )
    _note_list(by, "see_recently_ended", [c.pk for c in contacts], now)
    return contacts


@transaction.atomic
def mine(*, by: Person, now: datetime) -> list[Contact]:
    """What this person raised; for a safeguarding lead also what their agency raised. Newest first."""
    viewer = viewer_of(by, day_of(now))
    leads = any(role == "safeguarding_lead" for role, _place in viewer.roles)
    agency = Q(raised_agency_id=by.agency_id) & ~Q(pk__in=viewer.kept_out)
    own = Q(raised_by=by) | (agency if leads else Q(pk__in=[]))
    contacts = list(_with_people(Contact.objects.filter(own)).order_by("-received_at"))
    _note_list(by, "see_mine", [c.pk for c in contacts], now)
    return contacts


@transaction.atomic
def find_reference(reference: str, *, by: Person, now: datetime) -> UUID | None:
    """The contact behind a reference, if it is in one of this person's localities."""
    viewer = _must_have_worklist(by, now, "find_reference")
    found = (
        Contact.objects.filter(_here(viewer), reference=as_reference(reference))
        .values_list("pk", flat=True)
        .first()
    )
    _note_list(by, "find_reference", [found] if found else [], now)
    return found


def unfinished_drafts(*, by: Person) -> list[Draft]:
    """This person's drafts not yet sent, last saved first. Their own words, shown to nobody else."""
    return list(Draft.objects.filter(owner=by, sent_as__isnull=True, discarded_at__isnull=True))
