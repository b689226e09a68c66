"""How much evidence is asked for: the numbers of the policy, for everybody to see and to question."""

from collections.abc import Iterator
from dataclasses import dataclass

from openmash.engines.thresholds import EvidenceGrade, Gate, Level, Policy, Rule
from openmash.engines.thresholds.plain.names import grade_number, titled
from openmash.engines.thresholds.policy.conditions import Examples, Signs


@dataclass(frozen=True)
class GradeShown:
    """A grade of evidence with its number, such as “1 of 4”."""

    label: str
    number: str


@dataclass(frozen=True)
class RuleAsks:
    """What one rule asks for: a grade for each condition about signs; none when it needs no sign at all."""

    rule: Rule
    grades: tuple[GradeShown, ...]


@dataclass(frozen=True)
class AnswerAsks:
    """The least evidence with which some rule comes to this answer, and the rules that ask for no more.

    `without_a_sign` are the rules that come to it with no sign, by a fact or a count of contacts. `least` is
    None when there are no others.
    """

    words: str
    least: GradeShown | None
    rules: tuple[Rule, ...]
    without_a_sign: tuple[Rule, ...]


@dataclass(frozen=True)
class GateAsks:
    """One gate: `least` and `most` over all of its rules, None when no rule of it looks at a sign."""

    gate: Gate
    least: GradeShown | None
    most: GradeShown | None
    suspicion_is_enough: bool
    answers: tuple[AnswerAsks, ...]
    rules: tuple[RuleAsks, ...]


def evidence_asked_for(policy: Policy) -> tuple[GateAsks, ...]:
    """What every gate asks for, in the order of the policy; its answers from the most serious."""
    return tuple(_gate(gate, policy) for gate in policy.gates)


def weakest_is_enough(policy: Policy) -> bool:
    """Whether every answer of every gate that rests on signs can be reached with the weakest evidence."""
    return all(gate.suspicion_is_enough for gate in evidence_asked_for(policy))


def grades_of(rule: Rule, policy: Policy) -> list[EvidenceGrade]:
    """The grade that each of its conditions about signs asks for. All must hold, so the strongest decides."""
    return [
        policy.evidence_grade(each.evidence)
        for each in rule.conditions
        if isinstance(each, Signs | Examples) and each.evidence
    ]


def _gate(gate: Gate, policy: Policy) -> GateAsks:
    rules = policy.rules_at(gate)
    asked = [grade for rule in rules for grade in grades_of(rule, policy)]
    answers = tuple(_answers(gate, policy))
    weakest = policy.evidence[0].rank
    needed = [min(_needed(rule, policy).rank for rule in answer.rules) for answer in answers if answer.rules]
    return GateAsks(
        gate=gate,
        least=_shown(min(asked, key=_rank), policy) if asked else None,
        most=_shown(max(asked, key=_rank), policy) if asked else None,
        suspicion_is_enough=all(rank == weakest for rank in needed),
        answers=answers,
        rules=tuple(
            RuleAsks(rule, tuple(_shown(grade, policy) for grade in grades_of(rule, policy)))
            for rule in rules
        ),
    )


def _answers(gate: Gate, policy: Policy) -> Iterator[AnswerAsks]:
    for level in reversed(gate.levels):
        for words, rules in _ways_to(level, policy):
            if rules:
                yield _answer(words, rules, policy)


def _ways_to(level: Level, policy: Policy) -> Iterator[tuple[str, list[Rule]]]:
    title = titled(level, policy)
    yield title, [rule for rule in policy.rules if rule.level == level.code]
    yield f"A manager considers: {title}", [rule for rule in policy.rules if rule.consider == level.code]


def _answer(words: str, rules: list[Rule], policy: Policy) -> AnswerAsks:
    with_signs = [rule for rule in rules if grades_of(rule, policy)]
    least = min((_needed(rule, policy) for rule in with_signs), key=_rank, default=None)
    return AnswerAsks(
        words=words,
        least=_shown(least, policy) if least else None,
        rules=tuple(rule for rule in with_signs if least and _needed(rule, policy).rank == least.rank),
        without_a_sign=tuple(rule for rule in rules if not grades_of(rule, policy)),
    )


def _needed(rule: Rule, policy: Policy) -> EvidenceGrade:
    return max(grades_of(rule, policy), key=_rank)


def _rank(grade: EvidenceGrade) -> int:
    return grade.rank


def _shown(grade: EvidenceGrade, policy: Policy) -> GradeShown:
    return GradeShown(grade.label, grade_number(grade, policy))
