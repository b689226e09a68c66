"""One's own answers beside the threshold's and those of others."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.apps.policy.queries.calibration import OwnAnswer
from openmash.engines.thresholds import Finding, Policy
from openmash.web.understanding.presenters.acknowledging import level_words
from openmash.web.understanding.presenters.marks import Bar, bars


@dataclass(frozen=True)
class RuleShown:
    name: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class AnswerShown:
    """`compared` says in words how one's own level stands to the threshold's."""

    story: str
    question: str
    mine: str
    reason: str
    again: str
    threshold: str
    compared: str
    is_same: bool
    rules: tuple[RuleShown, ...]
    others: tuple[Bar, ...]


@dataclass(frozen=True)
class OwnShown:
    same: int
    of: int
    repeated: int
    repeated_same: int
    of_others: int
    answers: tuple[AnswerShown, ...]


def own_shown(answers: Sequence[OwnAnswer], policy: Policy) -> OwnShown:
    """All of one's own answers, in the order in which they were given."""
    repeated = [each for each in answers if each.again]
    return OwnShown(
        same=sum(each.level == each.finding.level.code for each in answers),
        of=len(answers),
        repeated=len(repeated),
        repeated_same=sum(each.level == each.again for each in repeated),
        of_others=max((each.of_others for each in answers), default=0),
        answers=tuple(_answer(each, policy) for each in answers),
    )


def _answer(own: OwnAnswer, policy: Policy) -> AnswerShown:
    threshold = own.finding.level
    apart = policy.level(own.level).rank - threshold.rank
    return AnswerShown(
        story=own.story,
        question=own.gate.question,
        mine=level_words(policy.level(own.level), policy),
        reason=own.reason,
        again=level_words(policy.level(own.again), policy) if own.again else "",
        threshold=level_words(threshold, policy),
        compared="The same" if not apart else f"You chose {'higher' if apart > 0 else 'lower'}",
        is_same=not apart,
        rules=rules_shown(own.finding),
        others=_others(own, policy),
    )


def _others(own: OwnAnswer, policy: Policy) -> tuple[Bar, ...]:
    if own.others is None:
        return ()
    counted = {policy.level(code).rank: count for code, count in own.others.items()}
    return bars(own.gate, counted, own.finding.level, policy)


def rules_shown(finding: Finding) -> tuple[RuleShown, ...]:
    """Why the threshold says so: the rules that led to this level, their reasons, and what met them.

    Rules that only say what else must be done are left out: nobody was asked about that.
    """
    return tuple(
        RuleShown(f"{one.rule.id} {one.rule.name}", (one.rule.because, *one.because))
        for one in finding.fired
        if one.level == finding.level or (one.consider is not None and one.consider == finding.consider)
    )
