"""What the published threshold says of something just sent, in words for the person who sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from openmash.apps.concerns.promises import due_by, promised
from openmash.apps.concerns.queries.as_raised import as_raised, found_when_raised, what_would_have_changed
from openmash.apps.concerns.states import ENDS, Kind
from openmash.apps.policy.queries import adopted, in_force
from openmash.engines.thresholds import AdviceLine, Change, Policy, Sign
from openmash.web.raising.ringing import RingFirst, answer_typed, why_at_once
from openmash.web.raising.times import deadline

GUIDANCE = "This is guidance from the published threshold. A person decides."
SHOWN_AT_FIRST = 4
"""How many of the things that would change the answer stand in the open; the rest are folded away."""


class Contact(Protocol):
    """What the page needs of a contact."""

    pk: UUID
    reference: str
    kind: str
    state: str
    version: int
    policy_id: int
    received_at: datetime
    in_danger: str
    question: str


@dataclass(frozen=True)
class Because:
    """A rule of the threshold that fired, and the sentences that say why."""

    rule: str
    name: str
    words: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class WouldChange:
    """What would change the answer: how far it could move, by what, and what else is not known."""

    bounds: str
    first: tuple[str, ...]
    more: tuple[str, ...]
    front_door: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True)
class AnswerAtOnce:
    """Everything on the page, in words."""

    contact: Contact
    ring: RingFirst
    headline: str
    level: Mapping[str, Any]
    consider: Mapping[str, Any] | None
    no_signs: bool
    question_only: bool
    due: str
    happens_next: tuple[str, ...]
    meanwhile: tuple[str, ...]
    tell_family: tuple[str, ...]
    if_you_disagree: tuple[str, ...]
    led_here: tuple[Because, ...]
    also: tuple[Because, ...]
    change: WouldChange | None
    strengths: tuple[str, ...]
    policy: Policy
    newer_policy: str
    has_ended: bool
    contacts: Mapping[str, str]
    guidance: str = GUIDANCE

    @property
    def is_advice(self) -> bool:
        return self.contact.kind == Kind.ADVICE


def answer_at_once(contact: Any, now: datetime) -> AnswerAtOnce:
    """The page for a contact that has been opened, under the version it was raised with."""
    policy = adopted(contact.policy_id).policy
    found = found_when_raised(contact)
    said = as_raised(contact)
    chosen = [policy.sign(each.sign) for each in said.signs]
    worries = [sign for sign in chosen if not sign.protective]
    answers = {each.sign: each.immediate_answer for each in said.signs}
    due = deadline(_due(contact, policy, found), now)
    lines = _lines(policy, found["level"]["code"], due)
    changes = what_would_have_changed(contact)
    question_only = contact.kind == Kind.ADVICE and not worries
    led_here, also = _reasons(found)
    return AnswerAtOnce(
        contact=contact,
        ring=RingFirst(policy.contacts, _why_ring(contact, found, worries, answers)),
        headline=_headline(contact, found, worries),
        level=found["level"],
        consider=found["consider"],
        no_signs=not worries,
        due=due,
        happens_next=_happens_next(contact, lines, worries, due),
        meanwhile=(*lines["meanwhile"], *(sign.meanwhile for sign in worries if sign.meanwhile)),
        tell_family=lines["tell_family"],
        if_you_disagree=lines["if_you_disagree"],
        led_here=led_here,
        also=also,
        question_only=question_only,
        change=None if question_only else _what_would_change(found, changes),
        strengths=tuple(sign.wording for sign in chosen if sign.protective),
        policy=policy,
        newer_policy=_newer_policy(contact),
        has_ended=contact.state in ENDS,
        contacts=policy.contacts,
    )


def _due(contact: Contact, policy: Policy, found: Mapping[str, Any]) -> datetime:
    """When the answer was due as it was promised on sending. The contact’s own clock moves on with it."""
    promise = "advise" if contact.kind == Kind.ADVICE else "decide"
    sent = contact.received_at
    return min(promised(policy, promise, sent), due_by(policy, found["respond"]["id"], sent))


def _headline(contact: Contact, found: Mapping[str, Any], worries: list[Sign]) -> str:
    # With nothing to go on, the words of the lowest level would sound like an answer. Nobody has read it yet.
    if not worries and found["level"]["rank"] == 1:
        if contact.kind == Kind.ADVICE:
            return "Thank you for asking. An adviser will read your question."
        return "Thank you for telling us. A person will read what you wrote."
    return str(found["level"]["told"])


def _lines(policy: Policy, level: str, due: str) -> dict[str, tuple[str, ...]]:
    """The policy's advice for a level, with its numbers and the time filled in."""
    filled = {**policy.contacts, "due": due}
    lines = policy.advice_for(policy.level(level))
    kinds = ("happens_next", "meanwhile", "tell_family", "if_you_disagree")
    return {kind: tuple(_filled(line, filled) for line in lines if line.kind == kind) for kind in kinds}


def _filled(line: AdviceLine, words: Mapping[str, str]) -> str:
    return line.text.format_map(words)


def _happens_next(
    contact: Contact, lines: Mapping[str, tuple[str, ...]], worries: list[Sign], due: str
) -> tuple[str, ...]:
    if contact.kind == Kind.ADVICE:
        ours = f"An adviser reads your question and answers you, in their own name, by {due}."
        return (ours, "If you learn more, you can add to it or make it a concern, without writing it again.")
    if not worries:
        return (f"A person reads what you sent and answers you by {due}.",)
    return lines["happens_next"]


def _why_ring(
    contact: Contact, found: Mapping[str, Any], worries: list[Sign], answers: Mapping[str, str]
) -> tuple[str, ...]:
    reasons = []
    if contact.in_danger == "yes":
        reasons.append("You said that a child is in danger right now.")
    at_once = [fired for fired in found["fired"] if fired["level"] == found["level"]["code"]]
    if found["respond"]["kind"] == "at_once":
        named = {sign for fired in at_once for sign in fired["signs"]}
        told = [
            why_at_once(sign, answer_typed(answers[sign.id])) for sign in worries if _is_at_once(sign, named)
        ]
        reasons += told or [fired["rule_because"] for fired in at_once]
    return tuple(dict.fromkeys(reasons))


def _is_at_once(sign: Sign, named: set[str]) -> bool:
    return sign.id in named and sign.immediate != "never"


def _reasons(found: Mapping[str, Any]) -> tuple[tuple[Because, ...], tuple[Because, ...]]:
    """The rules that brought the level, or one to consider; and the others that fired."""
    level, consider = found["level"]["code"], found["consider"] and found["consider"]["code"]
    led: list[Because] = []
    also: list[Because] = []
    for fired in found["fired"]:
        because = Because(fired["rule"], fired["name"], fired["rule_because"], tuple(fired["because"]))
        decisive = fired["level"] == level or (consider and fired["consider"] == consider)
        (led if decisive else also).append(because)
    return tuple(led), tuple(also)


def _what_would_change(found: Mapping[str, Any], changes: tuple[Change, ...]) -> WouldChange | None:
    """None when nothing would."""
    ours = tuple(change.text for change in changes if change.kind != "screener")
    theirs = tuple(change.text for change in changes if change.kind == "screener")
    # The questions whose answer would move the level are among the changes; the rest are still not known.
    rest = tuple(each["question"] for each in found["unknowns"] if each["if_yes"] == each["if_no"])
    if not (ours or theirs or rest):
        return None
    anyone_may_know = any(change.kind == "answer" for change in changes)
    on = "what is not known" if anyone_may_know else "what only we can check"
    return WouldChange(_bounds(found, on), ours[:SHOWN_AT_FIRST], ours[SHOWN_AT_FIRST:], theirs, rest)


def _bounds(found: Mapping[str, Any], on: str) -> str:
    """How far the answer could move, depending on what is not known."""
    low, high, level = found["lowest"], found["highest"], found["level"]
    could = [each for each in (low, high) if each["code"] != level["code"]]
    if not could:
        return ""
    named = " or ".join(f"level {each['code']} ({each['name']})" for each in could)
    return f"Depending on {on}, it could be {named}."


def _newer_policy(contact: Contact) -> str:
    """The version that had come into force by the time of sending, if the draft was begun under another."""
    current = in_force(contact.received_at)
    return current.policy.version if current.pk != contact.policy_id else ""
