"""What makes a policy hold together. Run on every policy ever made: see `Policy.__post_init__`."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from string import Formatter
from typing import TYPE_CHECKING

from openmash.engines.thresholds.policy.errors import PolicyError, did_you_mean
from openmash.engines.thresholds.policy.notes import raise_notes
from openmash.engines.thresholds.policy.rule_checks import rule_problems

if TYPE_CHECKING:
    from openmash.engines.thresholds.policy.model import Clock, Gate, Policy, Sign

HEADER = "policy.toml"
NEEDED_CONTACTS = ("emergency_phone", "duty_phone", "advice_phone", "advice_hours")
NEEDED_PROMISES = ("decide", "answer", "advise", *(f"disagreement_{step}" for step in (1, 2, 3, 4)))
"""What the front door promises: to decide a concern, to answer after deciding, to advise, and to answer each
step of a disagreement."""
# Words of the controlled English, which as the name of a set would make a sentence mean two things.
_RESERVED = (
    *("level", "always", "conditionally", "immediate", "sign", "signs", "fact", "child", "any", "contact"),
    *("contacts", "entry", "entries", "example", "examples"),
)
# Most and least for the number of each kind of clock.
CLOCK_KINDS = {
    "at_once": (0, 0),
    "same_day": (0, 0),
    "hours": (1, 1000),
    "working_days": (1, 400),
    "calendar_days": (1, 800),
    "calendar_weeks": (1, 110),
}


def find_problems(policy: "Policy") -> list[PolicyError]:
    """Every inconsistency, in the order of the files. Empty for a sound policy."""
    return [
        *_levels(policy),
        *_clocks(policy),
        *_grades_and_contacts(policy),
        *_promises(policy),
        *_signs(policy),
        *_sets(policy),
        *_references(policy),
        *rule_problems(policy),
        *_advice(policy),
        *_examples(policy),
        *_twice(policy),
    ]


def _levels(policy: "Policy") -> Iterator[PolicyError]:
    if not policy.gates:
        yield PolicyError(HEADER, None, "A policy needs at least one gate.", "Begin each with [[gate]].")
    for gate in policy.gates:
        yield from _levels_of(gate, policy)


def _levels_of(gate: "Gate", policy: "Policy") -> Iterator[PolicyError]:
    if len(gate.levels) < 2:
        said = f"The gate {gate.id} needs at least two levels."
        yield PolicyError(HEADER, None, said, f'Begin each with [[level]] and gate = "{gate.id}".')
    if gate.second_person_from not in {level.code for level in gate.levels}:
        said = f"“second_person_from” names a level “{gate.second_person_from}” that is not there."
        hint = did_you_mean(gate.second_person_from, [level.code for level in gate.levels])
        yield PolicyError(HEADER, None, said, hint)
    for place, level in enumerate(gate.levels, start=1):
        if level.rank != place:
            said = f"Level {level.code} has rank {level.rank} where {place} is due."
            yield PolicyError(HEADER, None, said, "Number the levels 1, 2, 3 … from least to most serious.")
        if level.clock not in policy.clocks_by_id:
            said = f"Level {level.code} names a clock “{level.clock}” that is not there."
            yield PolicyError(HEADER, None, said, did_you_mean(level.clock, policy.clocks_by_id))
        if not any(pathway.level == level.code for pathway in policy.pathways):
            yield PolicyError(
                "pathways.csv", None, f"Level {level.code} has no pathway.", "Add a row for it."
            )
        if not policy.advice_for(level, "happens_next"):
            said = f"Level {level.code} does not say what happens next."
            yield PolicyError("advice.csv", None, said, "Add a row with kind happens_next.")
    known = [level for level in gate.levels if level.clock in policy.clocks_by_id]
    for lower, higher in pairwise(known):
        if _place(policy, higher.clock) > _place(policy, lower.clock):
            said = f"Level {higher.code} allows more time than level {lower.code}."
            yield PolicyError(
                HEADER, None, said, "A higher level may never be answered later than a lower one."
            )


def _place(policy: "Policy", clock: str) -> int:
    return policy.clocks.index(policy.clock(clock))


def _clocks(policy: "Policy") -> Iterator[PolicyError]:
    last: dict[str, Clock] = {}
    for place, clock in enumerate(policy.clocks):
        if clock.kind not in CLOCK_KINDS:
            said = f"Clock {clock.id} is of a kind “{clock.kind}” that is not known."
            yield PolicyError(HEADER, None, said, did_you_mean(clock.kind, CLOCK_KINDS))
            continue
        least, most = CLOCK_KINDS[clock.kind]
        if not least <= clock.number <= most:
            limits = f"between {least} and {most}" if most else "left out"
            said = f"Clock {clock.id} cannot have the number {clock.number}."
            yield PolicyError(HEADER, None, said, f"For {clock.kind} it must be {limits}.")
        before = last.get(clock.kind)
        if (before and before.number > clock.number) or (clock.kind == "at_once" and place and not before):
            said = f"Clock {clock.id} stands after a longer one."
            yield PolicyError(HEADER, None, said, "List the clocks from shortest to longest.")
        last[clock.kind] = clock


def _grades_and_contacts(policy: "Policy") -> Iterator[PolicyError]:
    if not policy.evidence:
        yield PolicyError(HEADER, None, "There is no grade of evidence.", "Begin each with [[evidence]].")
    before = 0
    for grade in policy.evidence:
        if grade.rank not in (max(before, 1), before + 1):
            said = f"Evidence grade {grade.id} has rank {grade.rank} where {before + 1} is due."
            hint = "Number the grades from weakest to strongest; grades of the same weight share a number."
            yield PolicyError(HEADER, None, said, hint)
        before = grade.rank
    for name in NEEDED_CONTACTS:
        if not policy.contacts.get(name, "").strip():
            said = f"[contacts] does not say “{name}”."
            yield PolicyError(HEADER, None, said, f'Write {name} = "…" below [contacts].')


def _promises(policy: "Policy") -> Iterator[PolicyError]:
    for name in NEEDED_PROMISES:
        if name not in policy.promises:
            said = f"[promises] does not say “{name}”."
            yield PolicyError(HEADER, None, said, f"Write {name} = and a clock’s id below [promises].")
    for name, clock in policy.promises.items():
        if name not in NEEDED_PROMISES:
            hint = did_you_mean(name, NEEDED_PROMISES)
            yield PolicyError(HEADER, None, f"[promises] promises nothing called “{name}”.", hint)
        if clock not in policy.clocks_by_id:
            said = f"[promises] names a clock “{clock}” that is not there."
            yield PolicyError(HEADER, None, said, did_you_mean(clock, policy.clocks_by_id))


def _signs(policy: "Policy") -> Iterator[PolicyError]:
    domains = {domain.id for domain in policy.domains}
    for sign in policy.signs:
        faults = []
        if sign.domain not in domains:
            faults.append((f"There is no domain “{sign.domain}”.", did_you_mean(sign.domain, domains)))
        codes = [level.code for level in policy.levels]
        if sign.level not in codes:
            faults.append((f"There is no level “{sign.level}”.", did_you_mean(sign.level, codes)))
        faults += _immediacy(sign)
        faults += _strength(policy, sign)
        for code, text in raise_notes(sign.note):
            if code not in policy.levels_by_code:
                faults.append((f"The note “{text}” names no level of this policy.", "Use one of its codes."))
        yield from (PolicyError("signs.csv", None, message, hint, sign.id) for message, hint in faults)


def _immediacy(sign: "Sign") -> list[tuple[str, str]]:
    if sign.immediate not in ("never", "always", "unless"):
        return [(f"“{sign.immediate}” is no kind of immediacy.", "Write never, always or unless.")]
    if sign.immediate == "unless" and not sign.immediate_question.endswith("?"):
        said = f"Sign {sign.id} is immediate unless something is known, but does not ask what."
        return [(said, "Write a question to answer yes or no, with yes meaning immediate, ending in “?”.")]
    if sign.immediate != "unless" and sign.immediate_question:
        return [(f"Sign {sign.id} asks a question that changes nothing.", "Write unless, or take it out.")]
    return []


def _strength(policy: "Policy", sign: "Sign") -> list[tuple[str, str]]:
    if not sign.protective:
        return []
    lowest = bool(policy.levels) and sign.level == policy.levels[0].code
    if lowest and sign.immediate == "never" and not sign.accumulates:
        return []
    return [
        (
            f"Sign {sign.id} is a strength, and a strength changes no level.",
            "Give it the lowest level, immediate never, and leave accumulates empty.",
        )
    ]


def _sets(policy: "Policy") -> Iterator[PolicyError]:
    kinds = {sign.accumulates for sign in policy.signs}
    strengths = {sign.id for sign in policy.signs if sign.protective}
    tables = ((policy.sign_sets, policy.signs_by_id, "sign"), (policy.fact_sets, policy.facts_by_id, "fact"))
    for sets, rows, what in tables:
        for name, members in sets.items():
            faults = []
            if name in _RESERVED or (what == "sign" and name in kinds):
                faults.append((f"“{name}” already means something in a rule.", "Give the set another name."))
            if not members:
                faults.append((f"The set {name} is empty.", "Name its members, or take it out."))
            for member in sorted(members):
                if member not in rows:
                    faults.append((f"There is no {what} “{member}”.", did_you_mean(member, rows)))
                elif member in strengths:
                    faults.append((f"{member} is a strength and cannot be counted.", "Take it out."))
            yield from (PolicyError("sets.csv", None, message, hint, name) for message, hint in faults)


def _references(policy: "Policy") -> Iterator[PolicyError]:
    for duty in policy.duties:
        if duty.clock not in policy.clocks_by_id:
            hint = did_you_mean(duty.clock, policy.clocks_by_id)
            yield PolicyError("duties.csv", None, f"There is no clock “{duty.clock}”.", hint, duty.id)
    for pathway in policy.pathways:
        if pathway.level not in policy.levels_by_code:
            hint = did_you_mean(pathway.level, policy.levels_by_code)
            yield PolicyError("pathways.csv", None, f"There is no level “{pathway.level}”.", hint, pathway.id)
        if pathway.clock and pathway.clock not in policy.clocks_by_id:
            hint = did_you_mean(pathway.clock, policy.clocks_by_id)
            yield PolicyError("pathways.csv", None, f"There is no clock “{pathway.clock}”.", hint, pathway.id)
    for fact in policy.facts:
        if fact.gate not in policy.gates_by_id:
            hint = did_you_mean(fact.gate, policy.gates_by_id)
            yield PolicyError("facts.csv", None, f"There is no gate “{fact.gate}”.", hint, fact.id)
        if not fact.question.endswith("?"):
            said = f"“{fact.question}” is not a question."
            yield PolicyError(
                "facts.csv", None, said, "End it with “?”, with yes meaning more concern.", fact.id
            )


def _advice(policy: "Policy") -> Iterator[PolicyError]:
    allowed = {"due", *policy.contacts}
    for place, line in enumerate(policy.advice):
        if line.level not in policy.levels_by_code:
            hint = did_you_mean(line.level, policy.levels_by_code)
            yield PolicyError("advice.csv", None, f"There is no level “{line.level}”.", hint, str(place))
        for message, hint in _placeholders(line.text, allowed):
            yield PolicyError("advice.csv", None, message, hint, str(place))


def _placeholders(text: str, allowed: set[str]) -> Iterator[tuple[str, str]]:
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        yield "A curly bracket is not closed.", "Write for example {due} or {duty_phone}."
        return
    for _, name, form, conversion in parts:
        if name not in allowed or form or conversion:
            yield f"Nothing can be put in place of {{{name}}}.", did_you_mean(str(name), allowed)


def _twice(policy: "Policy") -> Iterator[PolicyError]:
    """Ids given twice in the header; the tables' own are found, with their rows, when they are read."""
    tables = (
        (HEADER, "gate", [gate.id for gate in policy.gates]),
        (HEADER, "level", [level.code for gate in policy.gates for level in gate.levels]),
        (HEADER, "clock", [clock.id for clock in policy.clocks]),
        (HEADER, "domain", [domain.id for domain in policy.domains]),
        (HEADER, "evidence grade", [grade.id for grade in policy.evidence]),
        ("signs.csv", "sign", [sign.id for sign in policy.signs]),
        ("facts.csv", "fact", [fact.id for fact in policy.facts]),
        ("duties.csv", "duty", [duty.id for duty in policy.duties]),
        ("rules.csv", "rule", [rule.id for rule in policy.rules]),
        ("routing.csv", "route", [route.id for route in policy.routes]),
        ("pathways.csv", "pathway", [pathway.id for pathway in policy.pathways]),
    )
    for file, what, ids in tables:
        for one, times in Counter(ids).items():
            if times > 1:
                yield PolicyError(
                    file, None, f"The {what} “{one}” is there twice.", "Give each its own name.", one
                )


def _examples(policy: "Policy") -> Iterator[PolicyError]:
    duties = {duty.id for duty in policy.duties}
    for example in policy.examples:
        gate = policy.gates_by_id.get(example.gate)
        if gate is None:
            hint = did_you_mean(example.gate, policy.gates_by_id)
            said = f"There is no gate “{example.gate}”."
            yield PolicyError("examples.csv", None, said, hint, example.id)
            continue
        rules = {rule.id for rule in policy.rules if rule.gate == example.gate}
        for what, names, rows in (
            ("level", [code for code in (example.level, example.consider) if code], _codes(gate)),
            ("rule", example.rules, rules),
            ("duty", example.duties, duties),
        ):
            for name in names:
                if name not in rows:
                    said = f"There is no {what} “{name}” at the gate {example.gate}."
                    yield PolicyError("examples.csv", None, said, did_you_mean(name, rows), example.id)


def _codes(gate: "Gate") -> set[str]:
    return {level.code for level in gate.levels}
