"""A second opinion on the exact proof, by another method: whole numbers and an SMT solver, no diagrams.

Every column is a whole number, and what is possible is said of numbers and not of questions. One row and one step
at a time, since a solver does not end on the whole policy at once. "Unknown" counts as failure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
import z3

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.compiled.circuit import Always, Ask, AtLeast, Circuit, Node, Not
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.compiled.compile import CompiledPolicy, compile_policy
from openmash.engines.thresholds.meaning.case import LONG_ENOUGH
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.proof.check import check, check_compiled
from tests.engines.thresholds.invented import draft, hurried
from tests.engines.thresholds.planted import by_circuit

Values = Mapping[Column, Any]


@lru_cache(maxsize=1)
def compiled() -> CompiledPolicy:
    return compile_policy(draft())


def numbers(columns: Iterable[Column], after: str = "") -> dict[Column, Any]:
    return {column: z3.Int(column.name + after) for column in columns}


def encoded(circuit: Circuit, wanted: Iterable[Node], values: Values) -> dict[Node, Any]:
    """Each part of a circuit as a formula over the numbers of the columns."""
    found: dict[Node, Any] = {}
    for node in circuit.needed_for(wanted):
        match circuit.gates[node]:
            case Ask(atom):
                value = values[atom.column]
                found[node] = value < atom.bound if atom.falls else value >= atom.bound
            case AtLeast(least, parts):
                each = [found[part] for part in parts]
                counted = z3.Sum([z3.If(one, 1, 0) for one in each]) >= least
                found[node] = z3.Or(each) if least == 1 else z3.And(each) if least == len(each) else counted
            case Not(part):
                found[node] = z3.Not(found[part])
            case Always(value=value):
                found[node] = z3.BoolVal(value)
    return found


def can_be(values: Values) -> list[Any]:
    """What is so of the numbers of any real case."""
    rules = [rule for column in values for rule in (values[column] >= 0, *_alone(column, values))]
    if UnbornAnswer() in values and YoungestAge() in values:
        rules.append(z3.Implies(values[UnbornAnswer()] > 0, values[YoungestAge()] == 0))
    return rules + list(_past_together(values))


def _alone(column: Column, values: Values) -> list[Any]:
    value = values[column]
    match column:
        case SignSeen():
            return [value <= max(grade.rank for grade in draft().evidence)]
        case FactAnswer() | UnbornAnswer():
            return [value <= 2]
        case PresentFrom():
            return [value <= 1]
        case SignAnswer(sign) | SignLasting(sign) | SignMayLast(sign):
            most = [value <= 2] if isinstance(column, SignAnswer) else []
            return [
                *most,
                z3.Implies(value > 0, values[SignSeen(sign)] > 0),
                *_length(column, values),
            ]
        case SignExamples(sign):
            return [(value > 0) == (values[SignSeen(sign)] > 0)]
        case PastEntries(window):
            contacts = values[PastContacts(window)]
            return [value >= contacts, (value > 0) == (contacts > 0)]
        case PastAgencies(window, with_present):
            return [value <= values[PastContacts(window)] + int(with_present)]
    return []


def _length(column: Column, values: Values) -> list[Any]:
    """What may have gone on for longer than was said may have gone on for as long as could be."""
    if not isinstance(column, SignMayLast) or SignLasting(column.sign) not in values:
        return []
    said, longest = values[SignLasting(column.sign)], values[column]
    return [longest >= said, z3.Implies(longest > said, longest >= LONG_ENOUGH)]


def _past_together(values: Values) -> Iterable[Any]:
    counted = [c for c in values if isinstance(c, PastContacts | PastEntries)]
    for column in counted:
        for other in counted:
            if type(column) is type(other) and _inside(column.window, other.window):
                yield values[column] <= values[other]
    for agencies in values:
        if isinstance(agencies, PastAgencies) and agencies.with_present:
            alone = values[PastAgencies(agencies.window, with_present=False)]
            yield z3.And(alone <= values[agencies], values[agencies] <= alone + 1)


def _inside(one: Window, other: Window) -> bool:
    return (
        one.months <= other.months
        and (not other.kind or other.kind == one.kind)
        and (not other.agency_kind or other.agency_kind == one.agency_kind)
        and (one.unassessed or not other.unassessed)
    )


def columns_of(circuit: Circuit, wanted: Iterable[Node]) -> set[Column]:
    """The columns that some parts look at, and those needed to say what is possible."""
    found = {atom.column for atom in circuit.atoms(wanted)}
    found |= {
        SignSeen(c.sign)
        for c in found
        if isinstance(c, SignAnswer | SignExamples | SignLasting | SignMayLast)
    }
    found |= {PastContacts(c.window) for c in found if isinstance(c, PastEntries | PastAgencies)}
    return found | {PastAgencies(c.window, with_present=False) for c in found if isinstance(c, PastAgencies)}


def solver_with(*formulas: Any) -> Any:
    solver = z3.SolverFor("QF_LIA")
    solver.set("timeout", 60_000)
    solver.add(*formulas)
    return solver


def answer(solver: Any, *formulas: Any) -> bool:
    """Whether some numbers satisfy all of these, with what the solver was told before."""
    solver.push()
    solver.add(*formulas)
    found = solver.check()
    solver.pop()
    assert found != z3.unknown, "the solver gave no answer"
    return bool(found == z3.sat)


def falls(circuit: Circuit, node: Node) -> list[Column]:
    """The columns in which one step towards more concern can lose a part of the circuit."""
    before = numbers(columns_of(circuit, [node]))
    had = encoded(circuit, [node], before)[node]
    possible = z3.And(can_be(before))
    solver = solver_with(possible, had)
    found = []
    for column in sorted({atom.column for atom in circuit.atoms([node])}, key=lambda each: each.name):
        grown = z3.Int("grown")
        changed = [(before[column], grown)]
        if isinstance(column, SignSeen) and SignExamples(column.sign) in before:
            # Choosing a sign gives it one example; it cannot have had any before.
            changed.append((before[SignExamples(column.sign)], z3.Int("examples")))
        grows = grown < before[column] if isinstance(column, YoungestAge) else grown > before[column]
        still = [now >= was for was, now in changed[1:]]
        after = [z3.substitute(formula, *changed) for formula in (possible, z3.Not(had))]
        if answer(solver, grows, *still, *after):
            found.append(column)
    return found


def test_no_row_of_the_draft_is_ever_lost_by_one_step_towards_more_concern() -> None:
    # The level, the level to consider and the time are each "any of these rows": what no row loses, none loses.
    for gate in compiled().gates.values():
        rows = {node for id, node in gate.rules.items() if id not in ("C12", "E8", "K6")}
        for answers in (gate.levels, gate.considers, gate.within):
            assert all(_only_joins(compiled().circuit, node, rows) for node in answers.values())
        assert [
            id for id, node in gate.rules.items() if node in rows and falls(compiled().circuit, node)
        ] == []


def _only_joins(circuit: Circuit, node: Node, rows: set[Node]) -> bool:
    gate = circuit.gates[node]
    if node in rows or isinstance(gate, Always):
        return True
    return (
        isinstance(gate, AtLeast)
        and gate.least == 1
        and all(_only_joins(circuit, part, rows) for part in gate.parts)
    )


@pytest.mark.parametrize("gate", ["services", "enquiry", "conference"])
def test_the_same_levels_are_reached_and_the_same_rules_fire(gate: str) -> None:
    parts = compiled().gates[gate]
    wanted = [*parts.levels.values(), *parts.rules.values()]
    values = numbers(columns_of(compiled().circuit, wanted))
    formulas = encoded(compiled().circuit, wanted, values)
    solver = solver_with(*can_be(values))
    reached = [z3.BoolVal(True), *(formulas[node] for node in parts.levels.values()), z3.BoolVal(False)]
    by_solver = [answer(solver, this, z3.Not(next)) for this, next in pairwise(reached)]
    report = next(one for one in check(_only(gate), exact=True).gates if one.gate == gate)
    assert len(report.levels) == sum(by_solver) == len(parts.gate.levels)
    able = {id for id, node in parts.rules.items() if answer(solver, formulas[node])}
    assert {each.rule for each in report.decides} <= able == set(parts.rules)


def _only(gate: str) -> Policy:
    return replace(draft(), rules=tuple(rule for rule in draft().rules if rule.gate == gate), examples=())


def found_by_both(faulty: CompiledPolicy, node: Node, check_name: str) -> list[Column]:
    report = check_compiled(faulty, exact=True, judges={"services": by_circuit(faulty, "services")})
    assert any(remark.check == check_name and remark.pair for remark in report.remarks)
    return falls(faulty.circuit, node)


def test_counting_what_is_not_known_is_found_by_both() -> None:
    policy = hurried()
    made = compile_policy(policy)
    circuit, gate = made.circuit, made.gates["services"]
    facts = [FactAnswer(fact) for fact in ("disabled", "not_mobile", "help_refused")]
    unsure = [
        circuit.all_of([circuit.ask(Atom(f, 1)), circuit.negate(circuit.ask(Atom(f, 2)))]) for f in facts
    ]
    level = circuit.any_of([gate.levels["2"], circuit.at_least(2, unsure)])
    faulty = CompiledPolicy(policy, circuit, {"services": replace(gate, levels={**gate.levels, "2": level})})
    assert set(found_by_both(faulty, level, "monotone_level")) == set(facts)


def test_an_exclusion_is_found_by_both() -> None:
    policy = hurried()
    made = compile_policy(policy)
    circuit, gate = made.circuit, made.gates["services"]
    refused = FactAnswer("help_refused")
    two = circuit.at_least(2, [circuit.ask(Atom(SignSeen(s.id), 1)) for s in policy.signs if s.level == "3"])
    level = circuit.all_of([two, circuit.negate(circuit.ask(Atom(refused, 2)))])
    faulty = CompiledPolicy(policy, circuit, {"services": replace(gate, levels={**gate.levels, "4": level})})
    assert found_by_both(faulty, level, "monotone_level") == [refused]


def test_a_time_taken_from_the_deciding_row_is_found_by_both() -> None:
    policy = hurried()
    made = compile_policy(policy)
    circuit, gate = made.circuit, made.gates["services"]
    time = circuit.all_of([gate.rules["R2"], circuit.negate(gate.rules["R1"])])
    faulty = CompiledPolicy(
        policy, circuit, {"services": replace(gate, within={**gate.within, "same_day": time})}
    )
    serious = {SignSeen(sign.id) for sign in policy.signs if sign.level == "3"}
    assert set(found_by_both(faulty, time, "monotone_within")) == serious
