"""When the telephone comes before the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    danger = ("You said that a child is in danger right now.",) if in_danger(journey) else ()
    told = (
        why_at_once(sign, answer_to(journey, sign)) for sign in journey.signs if is_at_once(journey, sign)
    )
    return RingFirst(journey.policy.contacts, (*danger, *told))


def in_danger(journey: Journey) -> bool:
    return first(journey.values(START), "in_danger") == "yes"


def answer_to(journey: Journey, sign: Sign) -> Answer:
    """The answer typed so far to a sign’s own question."""
    return answer_typed(first(journey.values(ABOUT_SIGNS), f"{sign.id}-immediate"))


def is_at_once(journey: Journey, sign: Sign) -> bool:
    return immediate_before_form(journey.policy, sign.id, answer_to(journey, sign))


def ring_while_answering(journey: Journey, page: str) -> dict[str, Any]:
    """For `ring-first.js`: which answers on this page mean ringing, and whether something elsewhere does.

    A sign whose question was answered no counts on the page of that question only.
    """
    signs = journey.signs if page == ABOUT_SIGNS else journey.policy.signs
    open_signs = [sign for sign in signs if page == ABOUT_SIGNS or is_at_once(journey, sign)]
    kinds = {
        kind: [sign.id for sign in open_signs if sign.immediate == kind] for kind in ("always", "unless")
    }
    by_signs = any(is_at_once(journey, sign) for sign in journey.signs)
    return {**kinds, "page": page, "standing": by_signs if page == START else in_danger(journey)}


NOTHING_YET = {"page": START, "always": [], "unless": [], "standing": False}
"""The same, before there is a draft."""


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
