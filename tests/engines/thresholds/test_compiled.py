"""The circuit and the line of steps say what the plain interpreter says, at every gate."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Case, Policy
from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.columns import Atom, FactAnswer, value_of
from openmash.engines.thresholds.compiled.compile import CompiledGate, compile_policy, conditions_of
from openmash.engines.thresholds.compiled.line import Line
from openmash.engines.thresholds.compiled.program import OnNumbers, Program
from openmash.engines.thresholds.compiled.rows import Rows
from openmash.engines.thresholds.meaning.case import View, view
from openmash.engines.thresholds.meaning.conditions_met import matched
from openmash.engines.thresholds.meaning.outcome import Outcome, outcome, routes_for
from tests.engines.thresholds.invented import PROPERTY, cases, draft, policies

SLOWER = settings(PROPERTY, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def said(found: Outcome, case: View) -> dict[tuple[str, str], bool]:
    """What the interpreter says, as yes or no to each thing that the circuit answers."""
    policy, gate = case.policy, case.gate
    rank = found.level.rank
    considered = max(rank, found.consider.rank if found.consider else 0)
    place = policy.clock_places
    fired = {rule.id for rule in found.rules}
    longest = place[gate.levels[0].clock]
    return {
        **{("level", level.code): rank >= level.rank for level in gate.levels[1:]},
        **{("consider", level.code): considered >= level.rank for level in gate.levels[1:]},
        **{
            ("within", clock.id): place[found.respond.id] <= place[clock.id]
            for clock in policy.clocks[:longest]
        },
        **{("rule", rule.id): rule.id in fired for rule in policy.rules_at(gate)},
        **{("duty", duty.id): any(duty.id in rule.duties for rule in found.rules) for duty in policy.duties},
    }


def answers(circuit: Circuit, nodes: Sequence[Node], case: View) -> list[bool]:
    return circuit.holds(nodes, lambda atom: atom.holds(value_of(atom.column, case)))


def circuit_says(circuit: Circuit, gate: CompiledGate, case: View) -> dict[tuple[str, str], bool]:
    nodes = gate.responses()
    return dict(zip(nodes, answers(circuit, [*nodes.values()], case), strict=True))


def agree(policy: Policy, case: Case) -> None:
    compiled = compile_policy(policy)
    for id, gate in compiled.gates.items():
        looked_up = view(policy, case, id)
        found = outcome(looked_up)
        assert circuit_says(compiled.circuit, gate, looked_up) == said(found, looked_up)
        holds = answers(compiled.circuit, [*gate.routes.values()], looked_up)
        taken = {route for route, here in zip(gate.routes, holds, strict=True) if here}
        assert taken == {route.id for route in routes_for(looked_up, found.level)}


@SLOWER
@given(policy=policies(), case=cases())
def test_the_circuit_says_what_the_interpreter_says(policy: Policy, case: Case) -> None:
    agree(policy, case)


@SLOWER
@given(case=cases())
def test_the_circuit_of_the_draft_says_what_the_interpreter_says(case: Case) -> None:
    agree(draft(), case)


@SLOWER
@given(policy=policies(), case=cases())
def test_each_condition_by_itself(policy: Policy, case: Case) -> None:
    circuit = Circuit()
    for id, gate in compile_policy(policy, circuit).gates.items():
        looked_up = view(policy, case, id)
        rank = outcome(looked_up).level.rank
        reached = {gate.gate.levels[0].code: circuit.ALWAYS, **gate.levels}
        for rule in policy.rules_at(gate.gate):
            nodes = conditions_of(rule, policy, circuit, reached)
            assert answers(circuit, nodes, looked_up) == [
                matched(one, looked_up, rank).met for one in rule.conditions
            ]


@SLOWER
@given(case=cases())
def test_a_row_holds_every_column_though_only_what_was_said_is_looked_at(case: Case) -> None:
    compiled = compile_policy(draft())
    nodes = [node for gate in compiled.gates.values() for node in gate.responses().values()]
    columns = tuple(dict.fromkeys(atom.column for atom in compiled.circuit.atoms(nodes)))
    looked_up = view(draft(), case)
    assert Rows(draft(), columns).row(looked_up) == [value_of(column, looked_up) for column in columns]


QUESTIONS = [Atom(FactAnswer(f"fact_{n}"), 1) for n in range(7)]


@st.composite
def circuits(draw: st.DrawFn) -> tuple[Circuit, list[Node]]:
    """A circuit of every kind of part, each over any parts before it, the same one several times too."""
    circuit = Circuit()
    nodes = [Circuit.NEVER, Circuit.ALWAYS, *(circuit.ask(atom) for atom in QUESTIONS)]
    for _ in range(draw(st.integers(1, 10))):
        parts = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=9))
        least = draw(st.integers(0, 9))
        kind = draw(st.sampled_from(["all", "any", "least", "least", "not"]))
        match kind:
            case "all":
                nodes.append(circuit.all_of(parts))
            case "any":
                nodes.append(circuit.any_of(parts))
            case "not":
                nodes.append(circuit.negate(parts[0]))
            case _:
                nodes.append(circuit.at_least(least, parts))
    return circuit, draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=6))


def every_answer(program: Program) -> tuple[list[int], int]:
    """Every way of answering the questions at once, one bit for each."""
    ways = 2 ** len(QUESTIONS)
    answered = [
        sum(1 << way for way in range(ways) if way >> QUESTIONS.index(atom) & 1) for atom in program.atoms
    ]
    return answered, (1 << ways) - 1


def plainly(circuit: Circuit, wanted: Sequence[Node], way: int) -> list[bool]:
    return circuit.holds(wanted, lambda atom: bool(way >> QUESTIONS.index(atom) & 1))


@settings(SLOWER, max_examples=200)
@given(built=circuits(), reuse=st.booleans(), at_once=st.booleans())
def test_the_steps_say_what_the_circuit_says_for_every_answer(
    built: tuple[Circuit, list[Node]], reuse: bool, at_once: bool
) -> None:
    circuit, wanted = built
    line = Line(circuit)
    values = line.of_all(wanted) if at_once else [line.of(node) for node in wanted]
    program = line.program(values, values[:3], reuse=reuse)
    registers = OnNumbers(program).run(*every_answer(program))
    expected = [plainly(circuit, wanted, way) for way in range(2 ** len(QUESTIONS))]
    for nth, register in enumerate(program.results):
        assert [bool(registers[register] >> way & 1) for way, _ in enumerate(expected)] == [
            one[nth] for one in expected
        ]
    for nth, register in enumerate(program.counted):
        assert registers[register] == sum(one[nth] for one in expected)


def test_registers_are_used_again() -> None:
    compiled = compile_policy(draft())
    line = Line(compiled.circuit)
    program = line.program(line.of_all([*compiled.gates["services"].responses().values()]))
    assert len(program.scratch) < len(program.steps) / 8
