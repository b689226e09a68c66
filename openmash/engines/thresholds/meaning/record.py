"""A finding and its case as they are kept: enough to show the one years later without the policy it came
from, and to work it out again, bit for bit, from the other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from openmash.engines.thresholds.meaning.case import Case, Observation, PastContact
from openmash.engines.thresholds.meaning.findings import Finding, Fired, Unknown
from openmash.engines.thresholds.policy.model import Answer, Clock, Duty, Level
from openmash.engines.thresholds.text.sentences import write

SHAPE = 2
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
        "gate": finding.gate,
        "level": _level(finding.level),
        "consider": finding.consider and _level(finding.consider),
        "respond": _clock(finding.respond),
        "lowest": _level(finding.lowest),
        "highest": _level(finding.highest),
        "fired": [_fired(one) for one in finding.fired],
        "duties": [{**_duty(duty), "rules": list(rules)} for duty, rules in finding.duties],
        "unknowns": [_unknown(one) for one in finding.unknowns],
        "routes": [{"route": r.id, "name": r.name, "tell": r.tell} for r in finding.routes],
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


def case_as_record(case: Case) -> dict[str, Any]:
    """The case in plain lists, dictionaries, texts and numbers, ready for JSON."""
    return {
        "shape": SHAPE,
        "as_of": case.as_of.isoformat(),
        "observations": [
            {
                "sign": seen.sign,
                "evidence": seen.evidence,
                "immediate_answer": seen.immediate_answer.value,
                "examples": seen.examples,
                "lasting_months": seen.lasting_months,
            }
            for seen in case.observations
        ],
        "facts": {name: answer.value for name, answer in sorted(case.facts.items())},
        "age_months": list(case.age_months) if case.age_months else None,
        "unborn": case.unborn.value,
        "past": [
            {
                "at": contact.at.isoformat(),
                "agency": contact.agency,
                "agency_kind": contact.agency_kind,
                "accumulates": sorted(contact.accumulates),
                "entries": contact.entries,
                "assessed": contact.assessed,
            }
            for contact in case.past
        ],
        "agency": case.agency,
        "agency_kind": case.agency_kind,
    }


def case_from_record(kept: Mapping[str, Any]) -> Case:
    """The case again: `case_from_record(case_as_record(case)) == case`."""
    return Case(
        as_of=date.fromisoformat(kept["as_of"]),
        observations=tuple(
            Observation(**{**seen, "immediate_answer": Answer(seen["immediate_answer"])})
            for seen in kept["observations"]
        ),
        facts={name: Answer(answer) for name, answer in kept["facts"].items()},
        age_months=tuple(kept["age_months"]) if kept["age_months"] else None,
        unborn=Answer(kept["unborn"]),
        past=tuple(
            PastContact(
                **{
                    **contact,
                    "at": date.fromisoformat(contact["at"]),
                    "accumulates": frozenset(contact["accumulates"]),
                }
            )
            for contact in kept["past"]
        ),
        agency=kept["agency"],
        agency_kind=kept["agency_kind"],
    )
