"""Thresholds: what a published policy says of a case, and why.

A policy is a folder of text that practitioners write and read. `parse` makes it a `Policy`, the one frozen
meaning of it, or says what is wrong in the author's words. `evaluate` says what it means for a `Case`, with
every rule that fired and the signs that satisfied it. Rules set minimum conditions only; the level is the
highest and the time the shortest over all that fire, so more concern can never mean less response.

It is guidance: a person decides. Not here: what date a clock comes to, and what is done with a finding.
"""

from openmash.engines.thresholds.case import Case, Observation, PastContact
from openmash.engines.thresholds.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.evaluate import evaluate
from openmash.engines.thresholds.examples import check_examples
from openmash.engines.thresholds.explain import immediate_before_form, what_would_change
from openmash.engines.thresholds.findings import Change, Finding, Fired, Unknown
from openmash.engines.thresholds.model import (
    AdviceLine,
    Answer,
    Clock,
    Domain,
    Duty,
    EvidenceGrade,
    Example,
    Fact,
    Level,
    Pathway,
    Policy,
    Rule,
    Sign,
)
from openmash.engines.thresholds.parse import parse
from openmash.engines.thresholds.record import as_record

__all__ = [
    "AdviceLine",
    "Answer",
    "Case",
    "Change",
    "Clock",
    "Domain",
    "Duty",
    "EvidenceGrade",
    "Example",
    "Fact",
    "Finding",
    "Fired",
    "Level",
    "Observation",
    "PastContact",
    "Pathway",
    "Policy",
    "PolicyError",
    "PolicyErrors",
    "Rule",
    "Sign",
    "Unknown",
    "as_record",
    "check_examples",
    "evaluate",
    "immediate_before_form",
    "parse",
    "what_would_change",
]
