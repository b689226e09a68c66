"""Why a condition holds, in a sentence a parent could be read."""

from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import View
from openmash.engines.thresholds.meaning.conditions_met import Match, matched
from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)
from openmash.engines.thresholds.policy.model import Answer, Level


@dataclass(frozen=True)
class Reason:
    """A sentence, and the signs it rests on."""

    text: str
    signs: tuple[str, ...] = ()


def because(condition: Condition, case: View, level: Level) -> Reason:
    """Why this condition holds for this case; `level` is what the case came to."""
    found = matched(condition, case, level.rank)
    return Reason(_sentence(condition, found, case, level), found.signs)


def _sentence(condition: Condition, found: Match, case: View, level: Level) -> str:
    match condition:
        case Signs():
            return _signs(condition, found, case)
        case Examples():
            return f"{found.count} examples were given of: {quoted(condition.sign, case)}."
        case Contacts():
            return _contacts(condition, found, case)
        case ChildUnder(months):
            return _under(months, case)
        case Unborn():
            return _unborn(case)
        case Facts():
            return _facts(found, case)
        case Reached():
            return f"The level that every other rule comes to is {level.code}."


def quoted(sign: str, case: View) -> str:
    """A sign's id and its own words, without the full stop: A10 “Child is sometimes hungry …”."""
    return f"{sign} “{case.policy.sign(sign).wording.rstrip('.')}”"


def _signs(condition: Signs, found: Match, case: View) -> str:
    named = "; ".join(_with_answer(sign, condition, case) for sign in found.signs)
    if found.count == 1:
        return f"This sign was chosen: {named}.{_extent(condition, found)}"
    return f"{found.count} signs were chosen: {named}.{_extent(condition, found)}"


def _with_answer(sign: str, condition: Signs, case: View) -> str:
    words = quoted(sign, case)
    if condition.immediacy != "unless":
        return words
    question = case.policy.sign(sign).immediate_question
    if case.seen[sign].answer is Answer.NOT_KNOWN:
        return f"{words}, and the answer to “{question}” is not known, which is never taken as no"
    return f"{words}, and the answer to “{question}” is yes"


def _extent(condition: Signs, found: Match) -> str:
    parts = []
    if condition.domains > 1:
        parts.append(f"They are spread over {found.domains} parts of the child’s life.")
    if condition.lasting:
        whom = "Each" if found.count > 1 else "It"
        has = "has, or may have," if condition.lasting_open else "has"
        parts.append(f"{whom} {has} gone on for {condition.lasting} months or more.")
    return "".join(f" {part}" for part in parts)


def _unborn(case: View) -> str:
    if case.unborn is Answer.YES:
        return "The child is not yet born."
    return "It is not known whether the child has been born, which is never taken as yes."


def _contacts(condition: Contacts, found: Match, case: View) -> str:
    noun = "entries in the record" if condition.entries else "contacts"
    about = f" about {condition.kind.replace('_', ' ')}" if condition.kind else ""
    by = f" from the {condition.agency_kind.replace('_', ' ')}" if condition.agency_kind else ""
    by = f" from {found.agencies} different agencies" if condition.agencies > 1 else by
    here = ", this one included" if found.signs or not condition.kind else ""
    end = ", with no assessment made since" if condition.unassessed else ""
    return f"There have been {found.count} {noun}{about}{by} in {condition.months} months{here}{end}."


def _under(months: int, case: View) -> str:
    limit = age_in_words(months)
    if case.unborn is Answer.YES:
        return f"The child is not yet born, and so is under {limit}."
    if case.age is None:
        return f"The child’s age is not known, so it has to be taken that the child may be under {limit}."
    if case.age[1] < months:
        return f"The child is under {limit}."
    return f"The child may be under {limit}: the exact age is not known."


def age_in_words(months: int) -> str:
    """24 is “2 years”, 18 is “18 months”."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"{months} month" if months == 1 else f"{months} months"
    return "1 year" if years == 1 else f"{years} years"


def _facts(found: Match, case: View) -> str:
    asked = {name: f"“{case.policy.fact(name).question}”" for name in found.facts}
    yes = [question for name, question in asked.items() if case.fact(name) is Answer.YES]
    open_ = [question for name, question in asked.items() if case.fact(name) is Answer.NOT_KNOWN]
    said = [f"The answer is yes to {' and to '.join(yes)}."] if yes else []
    said += (
        [f"The answer is not known, which is never taken as no, to {' and to '.join(open_)}."]
        if open_
        else []
    )
    return " ".join(said)
