"""What somebody else did to a contact while this person was working on it, in sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.concerns.queries.changes import ChangeMade
from openmash.engines.thresholds import Policy
from openmash.web.layout.times import short_moment
from openmash.web.screening.presenters.contact import WORDS
from openmash.web.screening.presenters.findings import code_words
from openmash.web.screening.presenters.people import who


@dataclass(frozen=True)
class ChangeShown:
    """`what` is a sentence of ours, `words` are theirs."""

    by: str
    is_you: bool
    when: str
    what: str
    words: str


def change_shown(change: ChangeMade, policy: Policy, *, me: int, now: datetime) -> ChangeShown:
    what, words = SAID[change.verb](change.record, policy)
    return ChangeShown(
        by=who(change.by),
        is_you=change.by is not None and change.by.pk == me,
        when=short_moment(change.at, now),
        what=what,
        words=words,
    )


def _sign(sign: Any, policy: Policy) -> tuple[str, str]:
    known, grade = policy.signs_by_id.get(sign.sign), policy.grades_by_id.get(sign.evidence)
    wording = known.wording if known else ""
    return f"Added the sign {sign.sign} “{wording}” ({grade.label if grade else sign.evidence})", sign.note


def _withdrawn(withdrawn: Any, policy: Policy) -> tuple[str, str]:
    known = policy.signs_by_id.get(withdrawn.sign.sign)
    return f"Withdrew the sign {withdrawn.sign.sign} “{known.wording if known else ''}”", withdrawn.reason


def _fact(fact: Any, policy: Policy) -> tuple[str, str]:
    known = policy.facts_by_id.get(fact.fact)
    return f"Answered “{known.question if known else fact.fact}”: {WORDS[fact.answer]}", fact.note


def _decision(decision: Any, policy: Policy) -> tuple[str, str]:
    pathway = next((each.label for each in policy.pathways if each.id == decision.pathway), decision.pathway)
    verb = "Proposed" if decision.needs_second else "Decided"
    return f"{verb} {code_words(decision.level, policy)}, {pathway}", decision.rationale


def _second(word: Any, policy: Policy) -> tuple[str, str]:
    return ("Agreed to the decision" if word.agrees else "Returned the decision"), word.reason


def _answer(answer: Any, policy: Policy) -> tuple[str, str]:
    if answer.unsafe_because:
        return "Recorded that sending an answer would be unsafe", answer.unsafe_because
    return "Sent an answer to the person who raised it", answer.text


def _reply(reply: Any, policy: Policy) -> tuple[str, str]:
    return f"Replied to the disagreement: {reply.get_outcome_display().lower()}", reply.reason


SAID: dict[str, Callable[[Any, Policy], tuple[str, str]]] = {
    "record_sign": _sign,
    "withdraw_sign": _withdrawn,
    "record_fact": _fact,
    "add_information": lambda information, policy: ("Added new information", information.text),
    "decide": _decision,
    "second_word": _second,
    "answer": _answer,
    "disagree": lambda disagreement, policy: ("Disagreed with the answer", disagreement.reason),
    "reply_to_disagreement": _reply,
}
