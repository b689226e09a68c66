"""What a policy answers at one gate, in the few words that a proof and a comparison speak about."""

from collections.abc import Callable
from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import Case, view
from openmash.engines.thresholds.meaning.outcome import outcome
from openmash.engines.thresholds.policy.model import Policy

Key = tuple[str, str]
"""One response: what (level, consider, within, duty or rule) and the id, as `CompiledGate.responses` has it."""

NAMES = {
    "level": "the level",
    "consider": "the level to consider",
    "within": "the time allowed",
    "duty": "the duties",
    "rule": "the rules",
}


@dataclass(frozen=True)
class Reply:
    """What the policy says of one case: level, level to consider ("" for none), clock, duties, rules fired."""

    level: str
    consider: str
    within: str
    duties: frozenset[str]
    rules: frozenset[str]

    def gives(self, key: Key, policy: Policy) -> bool:
        """Whether the response is at least this one."""
        what, id = key
        match what:
            case "level":
                return policy.level(self.level).rank >= policy.level(id).rank
            case "consider":
                return policy.level(self.consider or self.level).rank >= policy.level(id).rank
            case "within":
                return policy.clock_places[self.within] <= policy.clock_places[id]
        return id in (self.duties if what == "duty" else self.rules)

    def part(self, what: str, policy: Policy) -> str:
        """One part of the reply, in words."""
        match what:
            case "level":
                return f"level {self.level}"
            case "consider":
                return (
                    f"level {self.consider} to consider" if self.consider else "nothing further to consider"
                )
            case "within":
                return policy.clock(self.within).label
            case "duty":
                return ", ".join(d.label for d in policy.duties if d.id in self.duties) or "no duty"
        return ", ".join(rule.id for rule in policy.rules if rule.id in self.rules) or "no rule"


Judge = Callable[[Case], Reply]


def interpreted(policy: Policy, gate: str) -> Judge:
    """The plain meaning of a policy, the only one."""

    def judge(case: Case) -> Reply:
        found = outcome(view(policy, case, gate))
        return Reply(
            level=found.level.code,
            consider=found.consider.code if found.consider else "",
            within=found.respond.id,
            duties=frozenset(duty for rule in found.rules for duty in rule.duties),
            rules=frozenset(rule.id for rule in found.rules),
        )

    return judge


def claim(key: Key, policy: Policy) -> str:
    """One response in words."""
    what, id = key
    match what:
        case "level":
            return f"level {id} or more"
        case "consider":
            return f"level {id} or more to consider"
        case "within":
            return f"an answer within: {policy.clock(id).label}"
        case "duty":
            return f"the duty “{policy.duty(id).label}”"
    return f"rule {id}"
