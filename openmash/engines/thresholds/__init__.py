"""Thresholds: what a published policy says of a case, and why.

A policy is a folder of text that practitioners write and read. `parse` makes it a `Policy`, the one frozen
meaning of it, or says what is wrong in the author's words. `evaluate` says what it means for a `Case`, with
every rule that fired and the signs that satisfied it. Rules set minimum conditions only; the level is the
highest and the time the shortest over all that fire, so more concern can never mean less response.

It is guidance: a person decides. Not here: what date a clock comes to, and what is done with a finding.
"""

from openmash.engines.thresholds.compiled.live import Explanation, evaluate, explain, what_would_change
from openmash.engines.thresholds.meaning.case import Case, Observation, PastContact
from openmash.engines.thresholds.meaning.counted import Counted, contacts_counted
from openmash.engines.thresholds.meaning.examples import check_examples
from openmash.engines.thresholds.meaning.explain import immediate_before_form
from openmash.engines.thresholds.meaning.findings import Change, Finding, Fired, Unknown
from openmash.engines.thresholds.meaning.record import as_record, case_as_record, case_from_record
from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.policy.model import (
    AdviceLine,
    Answer,
    Clock,
    Domain,
    Duty,
    EvidenceGrade,
    Example,
    Fact,
    Gate,
    Level,
    Pathway,
    Policy,
    Route,
    Rule,
    Sign,
)
from openmash.engines.thresholds.text.parse import parse

__all__ = [
    "AdviceLine",
    "Answer",
    "Case",
    "Change",
    "Clock",
    "Counted",
    "Domain",
    "Duty",
    "EvidenceGrade",
    "Example",
    "Explanation",
    "Fact",
    "Finding",
    "Fired",
    "Gate",
    "Level",
    "Observation",
    "PastContact",
    "Pathway",
    "Policy",
    "PolicyError",
    "PolicyErrors",
    "Route",
    "Rule",
    "Sign",
    "Unknown",
    "as_record",
    "case_as_record",
    "case_from_record",
    "check_examples",
    "contacts_counted",
    "evaluate",
    "explain",
    "immediate_before_form",
    "parse",
    "what_would_change",
]
