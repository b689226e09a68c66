"""The hub's own records as a history: for whoever leads on the threshold, in the localities where they lead.

Restricted records are counted like all others: what leaves the review are counts of six or more. Deaths, moves to
another area and care are no events of the hub's own, so everybody is followed to the end of last month.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db import transaction

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import Case, ChildSeen, StageOpen
from openmash.apps.casework.stages import Stage
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Answer, Contact, Decision, FindingRecorded, Part, Role, SignRecorded
from openmash.apps.directory.models import Person
from openmash.apps.families.models import HouseholdSaid, Sex
from openmash.apps.families.queries.linked import known_person_of_each
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD
from openmash.engines.review.local.history import CHILDREN, CONTACTS, EVENTS, Column, History, history, schema

LEADS_EVERYWHERE = "policy_lead"
NOT_KEPT = frozenset({"ethnicity", "disabled", "deprivation"})
EVENT_OF = {
    Stage.SECTION_47_ENQUIRY: "enquiry",
    Stage.PROTECTION_PLAN: "plan",
    Stage.TRANSFER: "moved",
}


def last_whole_month(today: date) -> date:
    """The last day of the month before: within a month the review does not change from day to day."""
    return today.replace(day=1) - timedelta(days=1)


@transaction.atomic
def own_records(*, by: Person, now: datetime) -> History:
    """Every concern received up to the end of last month where this person leads. The reading is recorded.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    ground = permitted("see_local_review", "policy", "local_review", by=by, now=now)
    places, last = _places(by, now), last_whole_month(day_of(now))
    found = _read(places, last)
    record(
        by=by,
        verb="see_local_review",
        subject_kind="policy",
        subject_id="local_review",
        ground=ground,
        now=now,
        detail={"concerns": found.contacts.num_rows, "up_to": last.isoformat()},
    )
    return found


def _places(by: Person, now: datetime) -> frozenset[int] | None:
    """The localities this person may review; None for all."""
    viewer = viewer_of(by, day_of(now))
    if any(role == LEADS_EVERYWHERE for role, _ in viewer.roles):
        return None
    return localities_for(viewer, LEADS_ON_THE_THRESHOLD)


def _read(places: frozenset[int] | None, last: date) -> History:
    contacts = Contact.objects.filter(kind="concern", received_at__date__lte=last)
    if places is not None:
        contacts = contacts.filter(locality_id__in=places)
    found = {each.pk: each for each in contacts.select_related("locality", "raised_agency", "policy")}
    parts = list(Part.objects.filter(contact_id__in=found, role=Role.SUBJECT).select_related("description"))
    who = _who([part.description_id for part in parts])
    about: dict[UUID, list[Part]] = defaultdict(list)
    for part in parts:
        about[part.contact_id].append(part)
    rows = _Rows(found, last).contacts(about, who)
    children = _children(parts, who, last)
    known = {row["child"] for row in children}
    events = [each for each in _events(who, last) if each["child"] in known]
    has = {column.name for column in CONTACTS + CHILDREN} - NOT_KEPT | {"events"}
    return history(
        "the hub’s own records",
        last,
        _table(rows, CONTACTS),
        _table(children, CHILDREN),
        _table(events, EVENTS),
        has=has,
    )


def _table(rows: list[dict[str, Any]], columns: Iterable[Column]) -> pa.Table:
    shape = schema(columns)
    return pa.table(
        {each.name: pa.array([row.get(each.name) for row in rows], each.type) for each in shape}, schema=shape
    )


def _who(descriptions: list[UUID]) -> dict[UUID, str]:
    """For each description the child it is of: the known person, or itself where nobody has linked it."""
    known = known_person_of_each(descriptions)
    return {each: str(known.get(each, each)) for each in descriptions}


class _Rows:
    """What is recorded on the contacts, looked up once for all of them."""

    def __init__(self, contacts: dict[UUID, Contact], last: date) -> None:
        self.contacts_by_id, self.last = contacts, last
        self.decisions: dict[UUID, Decision] = {}
        decisions = Decision.objects.filter(contact_id__in=contacts, at__date__lte=last)
        for decision in decisions.select_related("second_word").order_by("id"):
            if decision.was_in_force:
                self.decisions.setdefault(decision.contact_id, decision)
        self.answers: dict[UUID, datetime] = {}
        for answer in Answer.objects.filter(contact_id__in=contacts, sent_at__date__lte=last).order_by("id"):
            if answer.sent_at is not None:
                self.answers.setdefault(answer.contact_id, answer.sent_at)
        self.signs: dict[UUID, list[SignRecorded]] = defaultdict(list)
        for sign in SignRecorded.objects.filter(contact_id__in=contacts).select_related("withdrawn"):
            self.signs[sign.contact_id].append(sign)
        ranks = FindingRecorded.objects.values_list("level_rank", "level").distinct()
        self.level_of = dict(ranks.order_by("level_rank"))
        self.seen: dict[str, list[date]] = {}
        self.closing = self._closing()

    def _closing(self) -> dict[int, frozenset[str]]:
        """For each version of the threshold, the pathways that end the matter at the front door."""
        versions = {each.policy_id for each in self.contacts_by_id.values()}
        return {
            pk: frozenset(path.id for path in adopted(pk).policy.pathways if path.closes) for pk in versions
        }

    def contacts(self, about: dict[UUID, list[Part]], who: dict[UUID, str]) -> list[dict[str, Any]]:
        self.seen = _seen(who)
        rows = []
        for pk, contact in self.contacts_by_id.items():
            shared = self._of_contact(contact)
            rows += [{**shared, **self._of_child(contact, part, who)} for part in about.get(pk, ())] or [
                shared
            ]
        return rows

    def _of_child(self, contact: Contact, part: Part, who: dict[UUID, str]) -> dict[str, Any]:
        child, received = who[part.description_id], day_of(contact.received_at)
        seen = [day for day in self.seen.get(child, ()) if received <= day <= self.last]
        return {
            "child": child,
            "seen_on": min(seen, default=None),
            "age_months": _age(part.description.born_on, received),
        }

    def _of_contact(self, contact: Contact) -> dict[str, Any]:
        decision, answered = self.decisions.get(contact.pk), self.answers.get(contact.pk)
        row: dict[str, Any] = {
            "contact": str(contact.pk),
            "received_on": day_of(contact.received_at),
            "answered_on": day_of(answered) if answered else None,
            "hours_to_answer": _hours(contact.received_at, answered),
            "team": contact.locality.name,
            "agency": contact.raised_agency.name if contact.raised_agency else None,
            "agency_kind": contact.source,
        }
        return row if decision is None else {**row, **self._decided(contact, decision)}

    def _decided(self, contact: Contact, decision: Decision) -> dict[str, Any]:
        signs = [each for each in self.signs[contact.pk] if _counted(each, decision.at)]
        return {
            "decided_on": day_of(decision.at),
            "hours_to_decision": _hours(contact.received_at, decision.at),
            "policy_level": self.level_of.get(decision.policy_rank),
            "policy_rank": decision.policy_rank,
            "decided_level": decision.level,
            "decided_rank": decision.level_rank,
            "override_reason": decision.why_not_policy or None,
            # An empty box says nothing: that everything could be offered is not known.
            "lacked_capacity": True if decision.response_not_available.strip() else None,
            "first_answer": decision.pathway,
            "closed_at_door": decision.pathway in self.closing[contact.policy_id],
            "signs": sorted({each.sign for each in signs}),
        }


def _counted(sign: SignRecorded, at: datetime) -> bool:
    withdrawn = getattr(sign, "withdrawn", None)
    return sign.at <= at and (withdrawn is None or withdrawn.at > at)


def _hours(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - start).total_seconds() / 3600


def _age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return max(0, (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day))


def _cases(who: dict[UUID, str]) -> dict[UUID, str]:
    """The child of each case, where it is one of these children."""
    cases = dict(Case.objects.values_list("id", "child_id"))
    of = _who(list(cases.values()))
    children = set(who.values())
    return {case: of[child] for case, child in cases.items() if of[child] in children}


def _seen(who: dict[UUID, str]) -> dict[str, list[date]]:
    cases = _cases(who)
    days: dict[str, list[date]] = defaultdict(list)
    for case, at in ChildSeen.objects.filter(case_id__in=cases).values_list("case_id", "seen_at"):
        days[cases[case]].append(day_of(at))
    return days


def _events(who: dict[UUID, str], last: date) -> list[dict[str, Any]]:
    cases = _cases(who)
    stages = StageOpen.objects.filter(case_id__in=cases, stage__in=list(EVENT_OF))
    return [
        {"child": cases[row.case_id], "on": day_of(row.at), "kind": EVENT_OF[Stage(row.stage)]}
        for row in stages
        if day_of(row.at) <= last
    ]


def _children(parts: list[Part], who: dict[UUID, str], last: date) -> list[dict[str, Any]]:
    homes = _households(parts, who)
    children: dict[str, dict[str, Any]] = {}
    for part in parts:
        said, child = part.description, who[part.description_id]
        row = children.setdefault(child, {"child": child, "household": homes[child], "followed_to": last})
        row["born_on"] = row.get("born_on") or said.born_on
        if said.sex != Sex.NOT_KNOWN:
            row.setdefault("sex", said.sex)
    return list(children.values())


def _households(parts: list[Part], who: dict[UUID, str]) -> dict[str, str]:
    """Children who were ever on one contact, or on two that somebody said are of one household, are one household."""
    leads: dict[str, str] = {}

    def lead(name: str) -> str:
        while leads.setdefault(name, name) != name:
            name = leads[name]
        return name

    for part in parts:
        leads[lead(who[part.description_id])] = lead(f"contact {part.contact_id}")
    latest = {(row.contact_id, row.earlier_id): row.same for row in HouseholdSaid.objects.order_by("id")}
    for (one, other), same in latest.items():
        if same:
            leads[lead(f"contact {one}")] = lead(f"contact {other}")
    return {child: lead(child) for child in who.values()}
