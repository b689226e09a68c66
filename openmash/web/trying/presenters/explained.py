"""What a version says of a case, twice: for whoever raises it, and for whoever screens it."""

from collections.abc import Iterable
from dataclasses import dataclass

from openmash.engines.thresholds import (
    Case,
    Change,
    Clock,
    Finding,
    Fired,
    Level,
    Policy,
    Unknown,
    evaluate,
    immediate_before_form,
    what_would_change,
)
from openmash.engines.thresholds.plain.conditions import in_words
from openmash.engines.thresholds.plain.names import named, titled

TOLD_KINDS = (
    ("happens_next", "What happens next"),
    ("meanwhile", "What you can do meanwhile"),
    ("tell_family", "Telling the family"),
    ("if_you_disagree", "If you disagree"),
)
IF_SO = {
    "age": ("as young as could be", "older"),
    "duration": ("they have gone on long enough", "they have not"),
    "agency": ("of as many agencies, and of such a kind, as could be", "of none that a rule asks about"),
}


@dataclass(frozen=True)
class Lines:
    """Some lines under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ForReferrer:
    """What somebody who told this would be told at once."""

    told: str
    rings_first: bool
    parts: tuple[Lines, ...]
    could_change: tuple[str, ...]
    only_screener: tuple[str, ...]


@dataclass(frozen=True)
class RuleShown:
    """A rule that fired: what must hold for it, why it does here, and the signs that satisfied it."""

    id: str
    name: str
    because: str
    conditions: tuple[tuple[str, str], ...]
    signs: tuple[str, ...]
    leads_to: str
    decides: bool


@dataclass(frozen=True)
class AnswerShown:
    """A question not answered yet, and the level after either answer."""

    question: str
    yes: str
    then: str
    no: str
    else_: str


@dataclass(frozen=True)
class ForScreener:
    """Everything the version says, with every reason."""

    summary: str
    consider: str
    respond: str
    bounds: str
    rules: tuple[RuleShown, ...]
    duties: tuple[tuple[str, str, str], ...]
    routes: tuple[tuple[str, str], ...]
    answers: tuple[AnswerShown, ...]
    no_difference: tuple[str, ...]
    more: tuple[str, ...]
    strengths: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """A finding in words. `rank` is the level's within its gate."""

    level: str
    is_immediate: bool
    gate: str
    question: str
    referrer: ForReferrer
    screener: ForScreener


def explained(policy: Policy, case: Case, gate: str) -> Explained:
    """What the version says of the case at a gate, and whatever would change it."""
    finding = evaluate(policy, case, gate)
    changes = what_would_change(policy, case, gate)
    at = policy.gate(finding.gate)
    return Explained(
        level=titled(finding.level, policy),
        is_immediate=finding.respond.kind == "at_once",
        gate=at.name,
        question=at.question,
        referrer=_for_referrer(finding, changes, case, policy),
        screener=_for_screener(finding, changes, policy),
    )


def _for_referrer(finding: Finding, changes: Iterable[Change], case: Case, policy: Policy) -> ForReferrer:
    # Whoever raised it reads an answer at the front door only; the later gates are met by professionals.
    at_the_door = finding.gate == policy.gates[0].id
    filled = {**policy.contacts, "due": f"the end of the time allowed ({finding.respond.label})"}
    parts = []
    for kind, heading in TOLD_KINDS if at_the_door else ():
        lines = [line.text.format_map(filled) for line in policy.advice_for(finding.level, kind)]
        if kind == "meanwhile":
            lines += [words for words in _meanwhile(case, policy) if words not in lines]
        if lines:
            parts.append(Lines(heading, tuple(lines)))
    changes = tuple(changes)
    return ForReferrer(
        told=finding.level.told,
        rings_first=at_the_door and _rings_first(finding, case, policy),
        parts=tuple(parts),
        could_change=tuple(change.text for change in changes if change.kind != "screener"),
        only_screener=tuple(change.text for change in changes if change.kind == "screener"),
    )


def _rings_first(finding: Finding, case: Case, policy: Policy) -> bool:
    return finding.respond.kind == "at_once" or any(
        immediate_before_form(policy, seen.sign, seen.immediate_answer) for seen in case.observations
    )


def _meanwhile(case: Case, policy: Policy) -> list[str]:
    signs = [policy.sign(seen.sign) for seen in case.observations]
    return list(dict.fromkeys(sign.meanwhile for sign in signs if sign.meanwhile and not sign.protective))


def _within(clock: Clock) -> str:
    return clock.label if clock.kind in ("at_once", "same_day") else f"within {clock.label}"


def _for_screener(finding: Finding, changes: Iterable[Change], policy: Policy) -> ForScreener:
    words = dict(finding.chosen)
    moving = [each for each in finding.unknowns if each.if_yes != each.if_no]
    return ForScreener(
        summary=finding.level.summary,
        consider=titled(finding.consider, policy) if finding.consider else "",
        respond=_within(finding.respond),
        bounds=_bounds(finding, policy),
        rules=tuple(_rule(fired, finding, policy) for fired in finding.fired),
        duties=tuple((duty.label, duty.text, ", ".join(rules)) for duty, rules in finding.duties),
        routes=tuple((route.name, route.tell) for route in finding.routes),
        answers=tuple(_answer(each, policy) for each in moving),
        no_difference=tuple(each.question for each in finding.unknowns if each not in moving),
        more=tuple(change.text for change in changes if change.kind in ("sign", "combination")),
        strengths=tuple(f"{sign} {words[sign]}" for sign in finding.strengths),
    )


def _rule(fired: Fired, finding: Finding, policy: Policy) -> RuleShown:
    conditions = [in_words(condition, policy) for condition in fired.rule.conditions]
    return RuleShown(
        id=fired.rule.id,
        name=fired.rule.name,
        because=fired.rule.because,
        conditions=tuple(zip(conditions, fired.because, strict=True)),
        signs=fired.signs,
        leads_to=_leads_to(fired, policy),
        decides=fired.level == finding.level,
    )


def _leads_to(fired: Fired, policy: Policy) -> str:
    said = [named(fired.level, policy)] if fired.level else []
    if fired.consider:
        said.append(f"a manager must consider {named(fired.consider, policy)}")
    if fired.respond:
        said.append(f"an answer {_within(fired.respond)}")
    if not fired.level and fired.rule.duties:
        said.append("something that must be done")
    return "; ".join(said)


def _answer(unknown: Unknown, policy: Policy) -> AnswerShown:
    yes, no = IF_SO.get(unknown.kind if unknown.id != "unborn" else "", ("yes", "no"))
    return AnswerShown(
        unknown.question, yes, _short(unknown.if_yes, policy), no, _short(unknown.if_no, policy)
    )


def _short(level: Level, policy: Policy) -> str:
    return named(level, policy)


def _bounds(finding: Finding, policy: Policy) -> str:
    if finding.lowest == finding.highest:
        return "Nothing that is not known could change the level."
    lowest, highest = named(finding.lowest, policy), named(finding.highest, policy)
    return f"Over every answer to what is not known, it lies between {lowest} and {highest}."
