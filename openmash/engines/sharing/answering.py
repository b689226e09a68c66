"""What is asked next, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmash.engines.sharing.guide import OUTCOME, WHO, Ground, Guide, Outcome, Question, Rule

Answers = Mapping[str, str]
"""A question's id to the id of its answer."""


@dataclass(frozen=True)
class Answer:
    """A plain answer: what, why, on which grounds, what to write down and how to do it."""

    outcome: Outcome
    rule: Rule
    grounds: tuple[Ground, ...]
    record: tuple[str, ...]
    how: tuple[str, ...]


def sensible(guide: Guide, given: Answers) -> dict[str, str]:
    """What was answered to questions that are asked, in their order, up to the first that is open.

    Whatever else was sent is left out: an answer to a question that another answer has made pointless, or a word
    that is no answer.
    """
    kept: dict[str, str] = {}
    for question in guide.questions:
        if not question.asked_when.holds(kept):
            continue
        if given.get(question.id) not in [choice.id for choice in question.choices]:
            break
        kept[question.id] = given[question.id]
    return kept


def next_question(guide: Guide, given: Answers) -> Question | None:
    """The first question still to be asked; None when all are answered."""
    kept = sensible(guide, given)
    asked = (question for question in guide.questions if question.asked_when.holds(kept))
    return next((question for question in asked if question.id not in kept), None)


def answer(guide: Guide, given: Answers) -> Answer:
    """What the guide says. The first rule that fits, with those of its grounds that hold for whoever asks.

    Raises:
        ValueError: a question is still open.
    """
    if (open_question := next_question(guide, given)) is not None:
        raise ValueError(f"The question “{open_question.id}” is not answered yet.")
    kept = sensible(guide, given)
    rule = next(rule for rule in guide.rules if rule.when.holds(kept))
    grounds = (guide.grounds_by_id[name] for name in rule.grounds)
    known = {**kept, OUTCOME: rule.outcome}
    lines = [line for line in guide.lines if line.when.holds(known)]
    return Answer(
        outcome=guide.outcomes_by_id[rule.outcome],
        rule=rule,
        grounds=tuple(ground for ground in grounds if kept[WHO] in ground.holds_for),
        record=tuple(line.line for line in lines if line.kind == "record"),
        how=tuple(line.line for line in lines if line.kind == "how"),
    )
