"""When the telephone comes before the form."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmash.engines.thresholds import Answer, Policy, Sign, immediate_before_form
from openmash.web.raising.journey import ABOUT_SIGNS, START, Journey
from openmash.web.raising.typed import first

SAID = {Answer.YES: "You answered yes.", Answer.NOT_KNOWN: "Not known counts as yes until somebody knows."}


@dataclass(frozen=True)
class RingFirst:
    """The numbers to ring, and why now, in whole sentences. Without reasons there is no need to ring."""

    contacts: Mapping[str, str]
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.reasons)


def ring_first(journey: Journey) -> RingFirst:
    """Whether what was typed so far means: ring first, and write afterwards."""
    reasons = []
    if first(journey.values(START), "in_danger") == "yes":
        reasons.append("You said that a child is in danger right now.")
    about = journey.values(ABOUT_SIGNS)
    for sign in journey.signs:
        answer = answer_typed(first(about, f"{sign.id}-immediate"))
        if immediate_before_form(journey.policy, sign.id, answer):
            reasons.append(why_at_once(sign, answer))
    return RingFirst(journey.policy.contacts, tuple(reasons))


def answer_typed(typed: str) -> Answer:
    """An answer as typed; whatever is no answer is not known."""
    return Answer(typed) if typed in {answer.value for answer in Answer} else Answer.NOT_KNOWN


def why_at_once(sign: Sign, answer: Answer) -> str:
    """Why a sign means ringing first."""
    wording = sign.wording.rstrip(".")
    if sign.immediate == "always":
        return f"You chose “{wording}”. This always needs action at once."
    return f"You chose “{wording}”. {sign.immediate_question} {SAID[answer]}"


def ring_only(policy: Policy) -> RingFirst:
    """The numbers with no reason yet, for a page that may find one."""
    return RingFirst(policy.contacts, ())
