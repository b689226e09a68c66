"""Each thing that happened, in a sentence of ours and in the words of whoever did it."""

from collections.abc import Callable
from typing import Any

from openmash.apps.concerns.queries.events import Event, What
from openmash.engines.thresholds import Policy
from openmash.web.chronology.words import day, level_words, listed, name_of, sign_words

KNOWN = {"yes": "Yes", "no": "No", "not_known": "Not known"}

Words = tuple[str, str]
"""A sentence of ours, and their words."""


def said(event: Event, policy: Policy) -> Words:
    """What happened; `policy` is the version the contact was raised under."""
    what, words = SAID[event.what](event.record, policy)
    return what, words if event.in_their_words else ""


def _sign(sign: Any, policy: Policy) -> Words:
    return f"Sign added at the front door: {sign_words(sign.sign, policy)}", sign.note


def _withdrawn(withdrawn: Any, policy: Policy) -> Words:
    return f"Sign withdrawn: {sign_words(withdrawn.sign.sign, policy)}", withdrawn.reason


def _fact(fact: Any, policy: Policy) -> Words:
    known = policy.facts_by_id.get(fact.fact)
    return f"“{known.question if known else fact.fact}” {KNOWN[fact.answer]}", fact.note


def _decision(decision: Any, policy: Policy) -> Words:
    pathway = next((each.label for each in policy.pathways if each.id == decision.pathway), decision.pathway)
    verb = "Proposed" if decision.needs_second else "Decided"
    return f"{verb}: {level_words(decision.level, policy)}. {pathway}", decision.rationale


def _second_word(word: Any, policy: Policy) -> Words:
    what = "A second person agreed to" if word.agrees else "A second person returned"
    return f"{what} the decision {level_words(word.decision.level, policy)}", word.reason


def _answer(answer: Any, policy: Policy) -> Words:
    if answer.unsafe_because:
        return "No answer sent: it would have been unsafe", answer.unsafe_because
    return "Answer sent to the person who raised it", answer.text


def _disagreement(disagreement: Any, policy: Policy) -> Words:
    asked = (
        f", asking for {level_words(disagreement.level_asked, policy)}" if disagreement.level_asked else ""
    )
    return f"Disagreed with the answer (step {disagreement.step}){asked}", disagreement.reason


def _reply(reply: Any, policy: Policy) -> Words:
    return f"Reply to the disagreement: {reply.get_outcome_display().lower()}", reply.reason


def _follow_up(follow_up: Any, policy: Policy) -> Words:
    return f"To be done by {day(follow_up.due_at)} ({follow_up.owner})", follow_up.text


def _follow_up_done(done: Any, policy: Policy) -> Words:
    return f"Done: {done.follow_up.text}", done.note


def _link(made: Any, policy: Policy) -> Words:
    name = name_of(made.last.description)
    others = [name_of(link.description) for link in made.rows[:-1]]
    if others:
        return (
            f"{name} and {listed(others)} of an earlier contact were said to be the same person",
            made.last.reason,
        )
    return f"{name} was said to be the same person as on earlier contacts", made.last.reason


def _unlink(unlink: Any, policy: Policy) -> Words:
    return f"The link of {name_of(unlink.link.description)} was undone: not the same person", unlink.reason


def _not_same(said: Any, policy: Policy) -> Words:
    return f"{name_of(said.one)} and {name_of(said.other)} were said to be two different people", said.reason


def _taken_back(back: Any, policy: Policy) -> Words:
    pair = f"{name_of(back.not_same.one)} and {name_of(back.not_same.other)}"
    return f"Taken back: {pair} may be the same person after all", back.reason


def _household(said: Any, policy: Policy) -> Words:
    same = "the same household" if said.same else "different households"
    return f"Two contacts were said to be about {same}", said.reason


def _asked(asked: Any, policy: Policy) -> Words:
    return f"The front door of {asked.locality.name} was asked whether it knows anybody of this", ""


def _asked_answered(answered: Any, policy: Policy) -> Words:
    return f"The front door of {answered.asked.locality.name} answered: {answered.get_outcome_display()}", ""


SAID: dict[What, Callable[[Any, Policy], Words]] = {
    What.RAISE: lambda contact, policy: ("Concern raised", contact.account),
    What.ASK: lambda contact, policy: ("Advice asked for", contact.question or contact.account),
    What.INFORMATION: lambda information, policy: ("New information", information.text),
    What.SIGN: _sign,
    What.WITHDRAWN: _withdrawn,
    What.FACT: _fact,
    What.DECISION: _decision,
    What.SECOND_WORD: _second_word,
    What.ANSWER: _answer,
    What.READ: lambda read, policy: ("The answer was read by the person who raised it", ""),
    What.DISAGREEMENT: _disagreement,
    What.REPLY: _reply,
    What.FOLLOW_UP: _follow_up,
    What.FOLLOW_UP_DONE: _follow_up_done,
    What.LINK: _link,
    What.UNLINK: _unlink,
    What.NOT_SAME: _not_same,
    What.TAKEN_BACK: _taken_back,
    What.HOUSEHOLD: _household,
    What.ASKED: _asked,
    What.ASKED_ANSWERED: _asked_answered,
}
