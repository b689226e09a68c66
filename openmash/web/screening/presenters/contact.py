"""One contact as its page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from openmash.apps.concerns.queries.opened import Opened
from openmash.apps.concerns.states import MEANINGS, Kind, State
from openmash.engines.thresholds import Answer, Policy
from openmash.web.layout.times import Due, due_in_words, moment
from openmash.web.screening.presenters.findings import (
    FindingShown,
    finding_now,
    finding_shown,
    rank_words,
)
from openmash.web.screening.presenters.people import (
    FIRST,
    PersonShown,
    child_line,
    people_shown,
    source_of,
    who,
)
from openmash.web.screening.presenters.people import raised_by as raiser
from openmash.web.screening.presenters.worklist import holder_of

WORDS = {"yes": "Yes", "no": "No", "not_known": "Not known"}


@dataclass(frozen=True)
class SignShown:
    """A sign as somebody recorded it. One withdrawn stays, with who withdrew it and why."""

    id: int
    code: str
    wording: str
    evidence: str
    question: str
    answer: str
    examples: tuple[str, ...]
    since: Any
    when: str
    note: str
    by: str
    at: datetime
    withdrawn_by: str
    withdrawn_because: str


@dataclass(frozen=True)
class FactShown:
    id: str
    question: str
    answer: str
    said_by: str
    note: str
    ask: str


@dataclass(frozen=True)
class Header:
    """The top of every page about a contact."""

    id: str
    reference: str
    is_advice: bool
    children: tuple[str, ...]
    state: str
    colour: str
    due: Due | None
    holder: str
    held_at: str
    received: str
    locality: str

    @property
    def tag(self) -> str:
        """The design system's class for the colour of the stage; the words beside it say the same."""
        return f"govuk-tag--{self.colour}"


@dataclass(frozen=True)
class ContactShown:
    raised_by: str
    source: str
    raiser_contact: str
    people: tuple[PersonShown, ...]
    asked: tuple[tuple[str, str], ...]
    signs: tuple[SignShown, ...]
    known_facts: tuple[FactShown, ...]
    unknown_facts: tuple[FactShown, ...]
    now: FindingShown
    when_raised: FindingShown | None
    version: str
    version_in_force: str


def header(opened: Opened, now: datetime) -> Header:
    contact = opened.contact
    meaning, today = MEANINGS[State(contact.state)], timezone.localtime(now).date()
    subjects = [part.description for part in opened.people if part.role == FIRST]
    waits = contact.state not in (State.ANSWERED, State.ADVISED, State.BECAME_CONCERN)
    step = opened.disagreements[-1].step if opened.disagreements else 1
    return Header(
        id=str(contact.pk),
        reference=contact.reference,
        is_advice=contact.kind == Kind.ADVICE,
        children=tuple(child_line(each, today) for each in subjects),
        state=meaning.label,
        colour=meaning.colour,
        due=due_in_words(contact.due_at, now) if waits else None,
        holder=holder_of(contact, step) if waits else "",
        held_at=rank_words(contact.held_rank, opened.policy) if contact.held_rank else "",
        received=moment(contact.received_at),
        locality=contact.locality.name,
    )


def contact_shown(opened: Opened, now: datetime) -> ContactShown:
    contact, policy = opened.contact, opened.policy
    facts = facts_shown(opened)
    return ContactShown(
        raised_by=raiser(contact),
        source=source_of(contact),
        raiser_contact=contact.raiser_contact,
        people=tuple(people_shown(opened.people, timezone.localtime(now).date(), opened.said_by)),
        asked=_asked(contact),
        signs=tuple(sign_shown(sign, policy) for sign in opened.signs),
        known_facts=tuple(fact for fact in facts if fact.answer != WORDS["not_known"]),
        unknown_facts=tuple(fact for fact in facts if fact.answer == WORDS["not_known"]),
        now=finding_now(opened),
        when_raised=_when_raised(opened),
        version=policy.version,
        version_in_force=opened.in_force.policy.version if opened.in_force.pk != opened.under.pk else "",
    )


def _when_raised(opened: Opened) -> FindingShown | None:
    if opened.raised is None:
        return None
    return finding_shown(opened.raised.finding, opened.policy, ask=opened.ask_about_earlier)


def _asked(contact: Any) -> tuple[tuple[str, str], ...]:
    """What everybody who raises a concern is asked, with the answer in words."""
    rows = [
        ("Is the child in danger now?", WORDS[contact.in_danger]),
        ("Where is the child now?", contact.where_now or WORDS["not_known"]),
        ("Has the child been seen?", WORDS[contact.seen]),
        ("Has the child been spoken to?", WORDS[contact.spoken_to]),
        ("Do the parents or carers know about this?", WORDS[contact.parents_know]),
    ]
    if contact.parents_know_why_not:
        rows.append(("Why the parents or carers do not know", contact.parents_know_why_not))
    return tuple(rows)


def sign_shown(sign: Any, policy: Policy) -> SignShown:
    known = policy.signs_by_id.get(sign.sign)
    grade = policy.grades_by_id.get(sign.evidence)
    withdrawn = getattr(sign, "withdrawn", None)
    asks = known is not None and known.immediate == "unless"
    return SignShown(
        id=sign.pk,
        code=sign.sign,
        wording=known.wording if known else "This sign is not in this version of the threshold.",
        evidence=grade.label if grade else sign.evidence,
        question=known.immediate_question if known and asks else "",
        answer=WORDS[sign.immediate_answer] if asks else "",
        examples=tuple(str(example) for example in sign.examples),
        since=sign.since,
        when=sign.when,
        note=sign.note,
        by=who(sign.by),
        at=sign.at,
        withdrawn_by=who(withdrawn.by) if withdrawn else "",
        withdrawn_because=withdrawn.reason if withdrawn else "",
    )


def facts_shown(opened: Opened) -> list[FactShown]:
    """Every question of fact asked at the front door, answered or not. What was not asked is not known."""
    recorded = {fact.fact: fact for fact in opened.facts}
    shown = []
    for fact in opened.policy.facts_at(opened.policy.gates[0]):
        said = recorded.get(fact.id)
        answer = opened.case.facts.get(fact.id, Answer.NOT_KNOWN)
        shown.append(
            FactShown(
                id=fact.id,
                question=fact.question,
                answer=WORDS[answer.value],
                said_by=who(said.by) if said else "",
                note=said.note if said else "",
                ask=fact.ask,
            )
        )
    return shown
