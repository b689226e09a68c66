"""The vignettes of a round to be, with what the threshold says of each."""

from dataclasses import dataclass

from openmash.apps.policy.actions.calibrating import VignetteTold
from openmash.apps.policy.queries.calibration import finding_of
from openmash.engines.thresholds import Policy
from openmash.web.understanding.presenters.acknowledging import level_words
from openmash.web.understanding.presenters.own import rules_shown


@dataclass(frozen=True)
class VignetteToCheck:
    story: str
    gate: str
    level: str
    rules: str
    is_own: bool


def vignette_to_check(told: VignetteTold, policy: Policy) -> VignetteToCheck:
    """Its story, and the level and rules it leads to."""
    finding = finding_of(told, policy)
    return VignetteToCheck(
        story=told.story,
        gate=policy.gate(told.gate).name,
        level=level_words(finding.level, policy),
        rules="; ".join(rule.name for rule in rules_shown(finding)) or "No rule asks for more.",
        is_own=not told.example,
    )
