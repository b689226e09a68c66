"""A finding as it is kept: enough to show it years later without the policy it came from."""

from typing import Any

from openmash.engines.thresholds.findings import Finding, Fired, Unknown
from openmash.engines.thresholds.model import Clock, Duty, Level
from openmash.engines.thresholds.sentences import write

SHAPE = 1
"""Number of this shape, so that a record written today can still be read when the shape has changed."""


def as_record(finding: Finding) -> dict[str, Any]:
    """The finding in plain lists, dictionaries, texts and numbers, ready for JSON."""
    return {
        "shape": SHAPE,
        "policy": {
            "id": finding.policy_id,
            "version": finding.policy_version,
            "digest": finding.digest,
        },
        "level": _level(finding.level),
        "consider": finding.consider and _level(finding.consider),
        "respond": _clock(finding.respond),
        "lowest": _level(finding.lowest),
        "highest": _level(finding.highest),
        "fired": [_fired(one) for one in finding.fired],
        "duties": [{**_duty(duty), "rules": list(rules)} for duty, rules in finding.duties],
        "unknowns": [_unknown(one) for one in finding.unknowns],
        "strengths": list(finding.strengths),
        "chosen": dict(finding.chosen),
    }


def _level(level: Level) -> dict[str, Any]:
    return {
        "code": level.code,
        "rank": level.rank,
        "name": level.name,
        "summary": level.summary,
        "told": level.told,
    }


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "id": clock.id,
        "kind": clock.kind,
        "number": clock.number,
        "label": clock.label,
        "source": clock.source,
        "to_be_confirmed": clock.to_be_confirmed,
    }


def _fired(fired: Fired) -> dict[str, Any]:
    return {
        "rule": fired.rule.id,
        "name": fired.rule.name,
        "rule_because": fired.rule.because,
        "conditions": [write(condition) for condition in fired.rule.conditions],
        "level": fired.level and fired.level.code,
        "consider": fired.consider and fired.consider.code,
        "respond": fired.respond and _clock(fired.respond),
        "duties": list(fired.rule.duties),
        "because": list(fired.because),
        "signs": list(fired.signs),
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {"id": duty.id, "label": duty.label, "text": duty.text, "clock": duty.clock, "blocks": duty.blocks}


def _unknown(unknown: Unknown) -> dict[str, Any]:
    return {
        "kind": unknown.kind,
        "id": unknown.id,
        "question": unknown.question,
        "if_yes": unknown.if_yes.code,
        "if_no": unknown.if_no.code,
        "rules": list(unknown.rules),
    }
