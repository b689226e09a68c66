"""Turns what is recorded on a contact into the case the threshold policy is asked about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from openmash.apps.concerns.models import Contact, Decision, FactRecorded, Part, Role, SignRecorded
from openmash.apps.families.ages import age_range, months_between
from openmash.apps.families.models import Description
from openmash.engines.thresholds import Answer, Case, Observation, PastContact, Policy


def day_of(moment: datetime) -> date:
    """The calendar day in England on which a moment falls."""
    return timezone.localtime(moment).date()


def case_of(
    contact: Contact,
    policy: Policy,
    *,
    signs: Iterable[SignRecorded],
    facts: Iterable[FactRecorded],
    parts: Iterable[Part],
    earlier: Iterable[tuple[Contact, Iterable[SignRecorded]]],
    as_of: datetime,
) -> Case:
    """The case as it stood at `as_of`: signs not withdrawn, latest facts, and earlier linked contacts."""
    today = day_of(as_of)
    parts = list(parts)
    children = [part.description for part in parts if part.role == Role.SUBJECT]
    others = [part.description for part in parts if part.role == Role.OTHER_CHILD]
    return Case(
        as_of=today,
        observations=tuple(_observation(sign, today) for sign in signs),
        facts=_facts(contact, facts, policy),
        age_months=_youngest(children, others, today),
        unborn=_unborn(children),
        past=_earlier(list(earlier), policy),
        agency=_agency_of(contact),
        agency_kind=_kind_of(contact, policy),
    )


def _observation(sign: SignRecorded, today: date) -> Observation:
    return Observation(
        sign=sign.sign,
        evidence=sign.evidence,
        immediate_answer=Answer(sign.immediate_answer),
        examples=max(1, len(sign.examples)),
        lasting_months=months_between(sign.since, today) if sign.since else None,
    )


def _facts(contact: Contact, facts: Iterable[FactRecorded], policy: Policy) -> Mapping[str, Answer]:
    known = {fact.id for fact in policy.facts}
    answers = {fact.fact: Answer(fact.answer) for fact in facts if fact.fact in known}
    seen = "yes" if "yes" in (contact.seen, contact.spoken_to) else contact.seen
    told = {
        "child_not_seen": {"yes": Answer.NO, "no": Answer.YES}.get(seen, Answer.NOT_KNOWN),
        "in_danger_now": Answer(contact.in_danger),
    }
    return {**{fact: answer for fact, answer in told.items() if fact in known}, **answers}


def _youngest(
    subjects: Iterable[Description], others: Iterable[Description], today: date
) -> tuple[int, int] | None:
    """The age of the youngest child at home: a rule about young children must hold if any of them may be young.

    Nobody knowing the age of a child the concern is about makes it not known; of another child it is left out.
    """
    ages = [_age(child, today) for child in subjects if child.kind != Description.Kind.UNBORN]
    known = [age for age in ages if age is not None]
    if not ages or len(known) < len(ages):
        return None
    born = [child for child in others if child.kind != Description.Kind.UNBORN]
    known += [age for child in born if (age := _age(child, today)) is not None]
    return min(low for low, _high in known), min(high for _low, high in known)


def _age(child: Description, today: date) -> tuple[int, int] | None:
    return age_range(child.born_on, child.about_age, day_of(child.described_at), today)


def _unborn(children: Iterable[Description]) -> Answer:
    kinds = {child.kind for child in children}
    if Description.Kind.UNBORN in kinds:
        return Answer.YES
    return Answer.NO if kinds else Answer.NOT_KNOWN


def _earlier(
    contacts: list[tuple[Contact, Iterable[SignRecorded]]], policy: Policy
) -> tuple[PastContact, ...]:
    """Each earlier contact, with whether an assessment has been decided on since it came (rule C7)."""
    decided = [
        each.decision.at for each, _signs in contacts if each.decision and _assesses(each.decision, policy)
    ]
    last = max(decided, default=None)
    return tuple(
        _past(each, signs, policy, assessed=last is not None and each.received_at <= last)
        for each, signs in contacts
    )


def _past(contact: Contact, signs: Iterable[SignRecorded], policy: Policy, *, assessed: bool) -> PastContact:
    # Signs of an older policy may no longer exist; those that do keep what they add up to.
    known = {sign.id: sign for sign in policy.signs}
    told = {sign.sign for sign in signs} & known.keys()
    kinds = [known[sign].accumulates for sign in told if known[sign].accumulates]
    return PastContact(
        at=day_of(contact.received_at),
        agency=_agency_of(contact),
        agency_kind=_kind_of(contact, policy),
        accumulates=frozenset(kinds),
        entries=max(Counter(kinds).values(), default=1),
        assessed=assessed,
    )


def _agency_of(contact: Contact) -> str:
    return str(contact.raised_agency_id) if contact.raised_agency_id else contact.source


def _kind_of(contact: Contact, policy: Policy) -> str:
    return contact.source if contact.source in policy.agency_kinds else "public"


def _assesses(decision: Decision, policy: Policy) -> bool:
    pathway = next((p for p in policy.pathways if p.id == decision.pathway), None)
    # A pathway of an older policy that has gone is not taken as an assessment: that would lower the count.
    return pathway is not None and not pathway.closes
