"""Whether a policy is everything that a policy must be, and what to write where it is not.

`check(policy, exact=False)` looks at the form of it, on every load. `check(policy, exact=True)` proves it for
every possible case, when a version is to be agreed; it does not rely on the form.
"""

from collections.abc import Mapping
from pathlib import Path

from openmash.engines.thresholds.compiled.compile import CompiledGate, CompiledPolicy, compile_policy
from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.proof.answers import Judge
from openmash.engines.thresholds.proof.diagrams import Diagrams
from openmash.engines.thresholds.proof.proving import Proving
from openmash.engines.thresholds.proof.quick import excluded_by, form_of, holds_by_form
from openmash.engines.thresholds.proof.report import FAULT, QUESTION, Claim, GateReport, Remark, Report, Rows
from openmash.engines.thresholds.text.parse import parse


def load(source: Path | Mapping[str, str]) -> Policy:
    """Read a policy and check the form of it, which takes some hundredths of a second: as whoever is to use one must.

    Reading refuses whatever could make an answer fall, and this does not rely on that.

    Raises:
        PolicyErrors: the texts are no policy, or some answer is not one of minimums only.
    """
    policy = parse(source)
    compiled = compile_policy(policy)
    if not holds_by_form(compiled):
        raise PolicyErrors(
            PolicyError(remark.file, remark.row, remark.message, remark.hint, remark.key)
            for remark in check_compiled(compiled, exact=False).remarks
        )
    return policy


def check(policy: Policy, *, exact: bool, plain: bool = False, most_nodes: int | None = None) -> Report:
    """Check a policy: its form only, or exactly, for every possible case.

    `plain` proves without CUDD; `most_nodes` is the size at which the proof is given up.

    Raises:
        ProofTooLarge: the exact proof grew beyond its limit; nothing is claimed.
        CircuitDisagrees: the proof and the plain meaning differ, a fault of this program.
    """
    return check_compiled(compile_policy(policy), exact=exact, plain=plain, most_nodes=most_nodes)


def check_compiled(
    compiled: CompiledPolicy,
    *,
    exact: bool,
    judges: Mapping[str, Judge] | None = None,
    plain: bool = False,
    most_nodes: int | None = None,
) -> Report:
    """Check a policy as compiled. `judges` by gate take the place of its plain meaning, to try out faults."""
    policy, rows = compiled.policy, Rows(compiled.policy)
    gates: list[GateReport] = []
    remarks: list[Remark] = []
    engine = ""
    for gate in compiled.gates.values():
        found = GateReport(gate.gate.id, gate.gate.name, ())
        if exact:
            diagrams = Diagrams(
                compiled.circuit, gate.responses().values(), [policy], plain=plain, most_nodes=most_nodes
            )
            engine = diagrams.engine
            proving = Proving(compiled, gate, rows, diagrams, judges[gate.gate.id] if judges else None)
            found = proving.report()
            remarks += proving.remarks
        form = _form(compiled, gate, rows, exact=exact)
        remarks += form
        gates.append(
            GateReport(found.gate, found.name, (*found.claims, *_claims(form)), found.levels, found.decides)
        )
    return Report(policy.id, policy.version, policy.digest, engine, tuple(gates), tuple(remarks))


def _form(compiled: CompiledPolicy, gate: CompiledGate, rows: Rows, *, exact: bool) -> list[Remark]:
    """What is wrong with the form. An exclusion is only asked about where the proof has covered it."""
    policy, circuit, id = compiled.policy, compiled.circuit, gate.gate.id
    found = []
    form = form_of(policy, circuit, gate)
    if not form.minimums:
        rule = next((rule for rule, node in gate.rules.items() if excluded_by(circuit, node)), "")
        whose = f"Rule {rule} leaves something out" if rule else "Something is left out of an answer"
        found.append(
            Remark(
                QUESTION if exact else FAULT,
                "form",
                id,
                "rules.csv",
                rows.number("rules.csv", rule),
                rule,
                f"{whose}: it is not a minimum.",
                "Write it without “unless”.",
            )
        )
    for sign in form.strengths:
        said = f"An answer rests on {sign}, which is a strength."
        row = rows.number("signs.csv", sign)
        found.append(
            Remark(FAULT, "strengths", id, "signs.csv", row, sign, said, "Take it out of every rule.")
        )
    for fact in form.routing:
        said = f"An answer rests on {fact}, which is about routing."
        row = rows.number("facts.csv", fact)
        found.append(
            Remark(FAULT, "routing", id, "facts.csv", row, fact, said, "Name it in routing.csv only.")
        )
    return found


_STATEMENTS = {
    "form": "Every condition is a minimum.",
    "strengths": "Strengths change no answer.",
    "routing": "Routing touches neither level nor time.",
}


def _claims(form: list[Remark]) -> list[Claim]:
    wrong = {remark.check for remark in form}
    return [Claim(name, statement, name not in wrong) for name, statement in _STATEMENTS.items()]
