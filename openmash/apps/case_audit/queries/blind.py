"""A sampled concern as it stood at its decision: what was told and known then, and nothing of what came of it.

Names of the people described, and of whoever raised it, are taken out of the words: an auditor judges the concern, and
may know the family. Somebody named in the words alone, and described nowhere, stays in them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.case_audit.models import Sampled
from openmash.apps.case_audit.permission import note_look, permitted_on
from openmash.apps.case_audit.queries.standing import at_position
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, FactRecorded, Part, SignRecorded
from openmash.apps.directory.models import AgencyKind, Person
from openmash.apps.families.models import NameSaid
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Case, Policy, case_from_record

NAME = "▢"
"""What stands for a name in the words."""


@dataclass(frozen=True)
class SignKnown:
    """A sign in the words of the threshold, how it was known, and what was written beside it."""

    wording: str
    evidence: str
    note: str


@dataclass(frozen=True)
class AsKnown:
    """All that is put before an auditor."""

    position: int
    of: int
    source: str
    received_on: date
    age: str
    account: str
    added: tuple[str, ...]
    signs: tuple[SignKnown, ...]
    facts: tuple[tuple[str, str], ...]
    earlier: tuple[str, ...]
    policy: Policy
    policy_pk: int


@seeing_everything("a sampled concern opens by its own gate")
@transaction.atomic
def as_known(sample_id: int, position: int, *, by: Person, now: datetime) -> AsKnown:
    """The concern at this place of the person's own order. The look is written into the record's log.

    Raises:
        Sampled.DoesNotExist: there is no such place.
        Refused: it is not open to this person for audit.
    """
    concern = at_position(sample_id, position, by)
    ground = permitted_on("see_sampled", concern, by, now)
    note_look(concern, by=by, ground=ground, now=now)
    contact, then, finding = concern.contact, concern.decision.at, concern.decision.finding
    policy = adopted(finding.policy_id).policy
    case = case_from_record(finding.case)
    names = NamesOf(contact)
    return AsKnown(
        position=position,
        of=Sampled.objects.filter(sample_id=sample_id).count(),
        source=str(contact.get_source_display()),
        received_on=day_of(contact.received_at),
        age=_age(case),
        account=names.out_of(contact.account),
        added=tuple(names.out_of(each.text) for each in contact.information.filter(at__lte=then)),
        signs=tuple(_signs(contact, then, policy, names)),
        facts=tuple(_facts(contact, then, policy)),
        earlier=tuple(_earlier(case)),
        policy=policy,
        policy_pk=finding.policy_id,
    )


class NamesOf:
    """The names described on a contact, by any of which somebody could be known."""

    def __init__(self, contact: Contact) -> None:
        parts = Part.objects.filter(contact=contact).select_related("description")
        told = [contact.raiser_name, contact.raised_by.name if contact.raised_by else ""]
        for part in parts:
            told += [part.description.name, part.description.other_names]
        said = NameSaid.objects.filter(description__part__contact=contact).values_list("given", "family")
        told += [name for pair in said for name in pair]
        words = {word for name in told for word in re.findall(r"[^\W\d_]{2,}", name)}
        self.pattern = (
            re.compile(
                rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE
            )
            if words
            else None
        )

    def out_of(self, text: str) -> str:
        return self.pattern.sub(NAME, text) if self.pattern else text


def _age(case: Case) -> str:
    if case.unborn == "yes":
        return "Not yet born"
    if case.age_months is None:
        return "Not known"
    low, high = case.age_months
    if high < 24:
        return f"{low} months" if low == high else f"{low} to {high} months"
    return f"{low // 12} years" if low // 12 == high // 12 else f"{low // 12} to {high // 12} years"


def _signs(contact: Contact, then: datetime, policy: Policy, names: NamesOf) -> Iterable[SignKnown]:
    rows = SignRecorded.objects.filter(contact=contact, at__lte=then).exclude(withdrawn__at__lte=then)
    for row in rows:
        grade = policy.evidence_grade(row.evidence).label
        yield SignKnown(policy.sign(row.sign).wording, grade, names.out_of(row.note))


def _facts(contact: Contact, then: datetime, policy: Policy) -> Iterable[tuple[str, str]]:
    latest = {row.fact: row for row in FactRecorded.objects.filter(contact=contact, at__lte=then)}
    for fact in policy.facts:
        if fact.id in latest:
            yield fact.question, str(latest[fact.id].get_answer_display())


def _earlier(case: Case) -> Iterable[str]:
    kinds = dict(AgencyKind.choices)
    for each in sorted(case.past, key=lambda past: past.at):
        about = (
            f", about {', '.join(sorted(kind.replace('_', ' ') for kind in each.accumulates))}"
            if each.accumulates
            else ""
        )
        yield f"{each.at:%-d %B %Y}: {kinds.get(each.agency_kind, 'somebody else')}{about}"
