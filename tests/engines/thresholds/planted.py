"""What a circuit says, whether or not any policy means it: for trying out faults that no policy can have."""

from openmash.engines.thresholds import Case
from openmash.engines.thresholds.compiled.columns import value_of
from openmash.engines.thresholds.compiled.compile import CompiledPolicy
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.proof.answers import Judge, Reply


def by_circuit(compiled: CompiledPolicy, gate: str) -> Judge:
    """The answers of a circuit at one gate."""
    policy, parts = compiled.policy, compiled.gates[gate]
    responses = parts.responses()

    def judge(case: Case) -> Reply:
        seen = view(policy, case, gate)
        answers = compiled.circuit.holds(
            list(responses.values()), lambda atom: atom.holds(value_of(atom.column, seen))
        )
        true = {key for key, holds in zip(responses, answers, strict=True) if holds}
        levels = [level.code for level in parts.gate.levels]
        level = next((code for code in reversed(levels) if ("level", code) in true), levels[0])
        consider = next((code for code in reversed(levels) if ("consider", code) in true), levels[0])
        higher = levels.index(consider) > levels.index(level)
        clocks = [clock.id for clock in policy.clocks if ("within", clock.id) in true]
        return Reply(
            level=level,
            consider=consider if higher else "",
            within=[*clocks, parts.gate.levels[0].clock][0],
            duties=frozenset(id for what, id in true if what == "duty"),
            rules=frozenset(id for what, id in true if what == "rule"),
        )

    return judge
