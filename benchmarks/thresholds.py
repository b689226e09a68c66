"""Threshold policies, timed side by side with other engines on the same decisions, and the answers compared.

    ./dev exec python benchmarks/thresholds.py            everything, over a million concerns: a few minutes
    ./dev exec python benchmarks/thresholds.py --json     one line of figures, for a machine
    ./dev exec python benchmarks/thresholds.py --rows 20000

`benchmarks/README.md` says what is measured and how the cost grows.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.invented_population import cases_of, invented_population
from benchmarks.peers.engines import Answers, DuckDB, GeneratedPython, NotInstalled, Polars, Zen
from benchmarks.peers.problem import Problem, problem_of
from benchmarks.small_policy import small_policy
from benchmarks.timing import Timing, timed
from openmash.engines.thresholds import Policy, parse
from openmash.engines.thresholds.compiled import live
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.compiled.line import Line
from openmash.engines.thresholds.meaning import evaluate as plain
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.meaning.explain import what_would_change
from openmash.engines.thresholds.meaning.outcome import outcome
from openmash.engines.thresholds.proof.check import check
from openmash.engines.thresholds.replay import Move, Population, Replayed, knobs, replay, sweep, with_moves

HEADINGS = (
    f"  {'':<56} {'concerns':>9} {'best, /s':>13} {'middle, /s':>13} {'/s processor':>13} {'we are':>12}"
)
DRAFT = Path(__file__).parents[1] / "policies" / "draft-2026-11"


@dataclass
class Report:
    """What has been found so far: figures, whether all answers were equal, and where to say so."""

    quiet: bool
    figures: dict[str, Any] = field(default_factory=dict)
    equal: bool = True

    def say(self, line: str = "") -> None:
        (sys.stderr if self.quiet else sys.stdout).write(line + "\n")

    def check(self, equal: bool, what: str) -> str:
        if not equal:
            self.equal = False
            self.say(f"NOT EQUAL: {what}")
        return "equal" if equal else "NOT EQUAL"


class Bitmaps:
    """Our own: the policy's program over rows of bits, with every rule, level and time kept as bits."""

    name = "OpenMASH, bitmaps in NumPy, fired rules kept"

    def __init__(self, policy: Policy, population: Population) -> None:
        self.policy, self.population = policy, population
        self.found: Replayed | None = None

    def run(self) -> None:
        self.found = replay(self.population, self.policy)

    def answers(self) -> Answers:
        found = replay(self.population, self.policy)
        fired = [self.population.unpacked(found.rules[row.id]) for row in problem_of(self.policy).rows]
        return Answers(found.ranks(), found.clock_places(), np.stack(fired, axis=1))


def same(one: Answers, other: Answers) -> bool:
    rows = len(other.ranks)
    return (
        np.array_equal(one.ranks[:rows], other.ranks)
        and np.array_equal(one.places[:rows], other.places)
        and np.array_equal(one.fired[:rows], other.fired)
    )


def slicing(population: Population, policy: Policy) -> Timing:
    """Making rows of bits of the columns, which is done once for a population and a policy."""
    fresh = Population(population.count, population.columns, population.labels)
    atoms = compile_policy(policy).circuit.atoms(
        compile_policy(policy).gates[policy.gates[0].id].responses().values()
    )

    def run() -> None:
        fresh._bits.clear()
        for atom in atoms:
            fresh.bits(atom)

    return timed(run, 3)


def compare_engines(report: Report, rows: int, repeats: int) -> None:
    policy = small_policy()
    population = invented_population(policy, rows)
    problem = problem_of(policy)
    report.say(
        f"Replay of {rows:,} concerns, {len(policy.signs)} signs, {len(policy.rules)} rules; levels "
        + ", ".join(f"{code} {n / rows:.1%}" for code, n in replay(population, policy).by_level().items())
    )
    report.say(HEADINGS)
    ours = Bitmaps(policy, population)
    answers = ours.answers()
    speed = line(report, ours.name, rows, timed(ours.run, repeats * 2), None, "")
    report.figures["replay_rows_per_s"] = round(speed)
    line(
        report,
        "  the same, and spread out to a column for each answer",
        rows,
        timed(ours.answers, 3),
        speed,
        "",
    )
    line(
        report, "  making the bits of the columns, once at load", rows, slicing(population, policy), speed, ""
    )
    columns = {column.name: numbers for column, numbers in population.columns.items()}
    for make, most in ((Polars, rows), (DuckDB, rows), (GeneratedPython, rows // 5), (Zen, rows // 50)):
        few = min(rows, max(most, 1000))
        some = {name: numbers[:few] for name, numbers in columns.items()}
        try:
            peer = make(problem, some)
        except NotInstalled as missing:
            report.say(f"  {missing}")
            continue
        took = timed(peer.run, repeats if few == rows else 2)
        equal = report.check(same(answers, peer.answers()), peer.name)
        theirs = line(report, peer.name, few, took, speed, equal)
        if make is Zen:
            report.figures["vs_zen"] = round(speed / theirs)
    interpreter(report, policy, population, answers, speed)


def line(report: Report, name: str, rows: int, took: Timing, ours: float | None, equal: str) -> float:
    """Say how quick something was: rows in a second at best and in the middle, and how much quicker we are."""
    speed = rows / took.least
    ratio = f"{ours / speed:>10,.1f} x" if ours else " " * 12
    speeds = [speed, rows / took.median, rows / (took.processor or took.least)]
    report.say(
        f"  {name:<56} {rows:>9,} " + "".join(f"{one:>14,.0f}" for one in speeds) + f" {ratio}  {equal}"
    )
    return speed


def interpreter(
    report: Report, policy: Policy, population: Population, answers: Answers, ours: float
) -> None:
    count = min(2000, max(population.count // 100, 1))
    cases = cases_of(population, policy, count)
    order = {row.id: nth for nth, row in enumerate(problem_of(policy).rows)}

    def run() -> Answers:
        found = [outcome(view(policy, case)) for case in cases]
        fired = np.zeros((count, len(order)), dtype=np.bool_)
        for nth, one in enumerate(found):
            fired[nth, [order[rule.id] for rule in one.rules]] = True
        places = [policy.clock_places[one.respond.id] for one in found]
        return Answers(np.array([one.level.rank for one in found]), np.array(places), fired)

    name = "OpenMASH, the plain interpreter, from whole cases"
    equal = report.check(same(answers, run()), name)
    again = replay(Population.of(((case, {}) for case in cases), policy), policy)
    report.check(np.array_equal(again.ranks(), answers.ranks[:count]), "a population made of cases")
    line(report, name, count, timed(run, 1), ours, equal)


def full_policy(report: Report, rows: int, repeats: int) -> None:
    draft = parse(DRAFT)
    population = invented_population(draft, rows)
    problem: Problem = problem_of(draft)
    report.say()
    report.say(f"The full draft: {len(draft.signs)} signs, {len(draft.rules)} rules, grades of evidence")
    report.say(HEADINGS)
    ours = Bitmaps(draft, population)
    answers = ours.answers()
    speed = line(report, ours.name, rows, timed(ours.run, repeats * 2), None, "")
    report.figures["replay_full_rows_per_s"] = round(speed)
    line(
        report, "  making the bits of the columns, once at load", rows, slicing(population, draft), speed, ""
    )
    columns = {column.name: numbers for column, numbers in population.columns.items()}
    for make, few in ((Polars, rows), (GeneratedPython, min(rows, 20_000))):
        try:
            peer = make(problem, {name: numbers[:few] for name, numbers in columns.items()})
        except NotInstalled as missing:
            report.say(f"  {missing}")
            continue
        took = timed(peer.run, 2)
        line(report, peer.name, few, took, speed, report.check(same(answers, peer.answers()), peer.name))


def variants_of(policy: Policy, number: int) -> list[list[Move]]:
    """Variants of a policy with one to three numbers moved, among those that any population can answer."""
    chance = random.Random(1)  # noqa: S311
    movable = [knob for knob in knobs(policy) if not (knob.what == "months" and "counted" in knob.words)]
    movable = [knob for knob in movable if knob.what not in ("lasting", "agencies")]

    def somewhere(knob: Any) -> int | str:
        if knob.what == "evidence":
            return chance.choice([grade.id for grade in policy.evidence])
        return chance.randint(6, 200) if knob.what == "months" else chance.randint(1, 6)

    return [
        [Move(knob, somewhere(knob)) for knob in chance.sample(movable, chance.randint(1, 3))]
        for _ in range(number)
    ]


def sweeps(report: Report, rows: int, repeats: int) -> None:
    report.say()
    report.say("A thousand variants of a policy, with one to three numbers moved, counts by level and time")
    for policy, key in ((small_policy(), "sweep_1000_s"), (parse(DRAFT), "sweep_full_1000_s")):
        population = invented_population(policy, rows)
        variants = variants_of(policy, 1000)
        took = timed(partial(sweep, population, policy, variants), max(repeats // 2, 1))
        found = sweep(population, policy, variants)
        checked = range(0, 1000, 40)
        equal = all(
            dict(found.variants[nth].levels) == other.by_level()
            and dict(found.variants[nth].clocks) == other.by_clock()
            for nth in checked
            for other in [replay(population, with_moves(policy, variants[nth]))]
        )
        said = report.check(equal, f"the sweep of {policy.id}")
        report.figures[key] = round(took.least, 3)
        report.say(
            f"  {policy.id}: {took.least:.2f} s (middle {took.median:.2f} s, processor {took.processor:.2f} s) "
            f"for {rows * 1000:,} decisions; "
            f"{len(checked)} variants against a replay of each: {said}"
        )


def explanations(report: Report, repeats: int) -> None:
    draft = parse(DRAFT)
    first = draft.gates[0].id
    cases = [case_of(example) for example in draft.examples if example.gate == first]
    equal = all(
        live.explain(draft, case)
        == live.Explanation(plain.evaluate(draft, case), what_would_change(draft, case))
        for case in cases
    )
    took = sorted(timed(partial(live.explain, draft, case), repeats * 6).least for case in cases)
    slow = timed(lambda: [plain.evaluate(draft, case) for case in cases[:3]], 1).least / 3
    middle = took[len(took) // 2]
    report.figures["explain_ms"] = round(middle * 1000, 3)
    report.say()
    report.say(
        f"Full explanation of one concern (rules, reasons, bounds, every answer that would change it), draft "
        f"policy, {len(cases)} agreed examples: {middle * 1000:.2f} ms, the slowest {took[-1] * 1000:.2f} ms "
        f"(the plain interpreter: {slow * 1000:.0f} ms, without what would change it): "
        f"{report.check(equal, 'the live explanation')}"
    )


def proof(report: Report) -> None:
    draft = parse(DRAFT)
    took = timed(lambda: check(draft, exact=True), 1)
    report.figures["proof_s"] = round(took.least, 2)
    report.say()
    report.say(f"Exact proof of the draft, every gate, every possible case: {took.least:.2f} s")


def growth(report: Report, rows: int) -> None:
    report.say()
    report.say("How a replay grows (fired rules kept)                    steps     ms      rows/s")
    for signs, rules, count in (
        *((signs, 25, rows) for signs in (20, 40, 80, 160)),
        *((40, rules, rows) for rules in (10, 50, 100)),
        *((40, 25, number) for number in (rows // 4, rows * 4)),
    ):
        policy = small_policy(signs, rules)
        population = invented_population(policy, count)
        took = timed(partial(replay, population, policy), 5).least
        report.say(
            f"  {signs:>4} signs, {rules:>4} rules, {count:>10,} concerns {steps(policy):>20} "
            f"{took * 1000:>8.2f} {count / took:>13,.0f}"
        )


def steps(policy: Policy) -> int:
    compiled = compile_policy(policy)
    made = Line(compiled.circuit)
    wanted: Sequence[int] = list(compiled.gates[policy.gates[0].id].responses().values())
    return len(made.program(made.of_all(wanted)).steps)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Time threshold policies, side by side with other engines.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many concerns (a million)")
    parser.add_argument("--repeats", type=int, default=5, help="how often each thing is timed (5)")
    parser.add_argument("--json", action="store_true", help="print one line of figures and nothing else")
    asked = parser.parse_args(arguments)
    report = Report(quiet=asked.json)
    parts: list[Callable[[], None]] = [
        lambda: compare_engines(report, asked.rows, asked.repeats),
        lambda: full_policy(report, asked.rows, asked.repeats),
        lambda: sweeps(report, asked.rows, asked.repeats),
        lambda: explanations(report, asked.repeats),
        lambda: proof(report),
        *([] if asked.json else [lambda: growth(report, asked.rows)]),
    ]
    for part in parts:
        part()
    report.figures["equal"] = report.equal
    if asked.json:
        sys.stdout.write(json.dumps(report.figures) + "\n")
    else:
        report.say()
        report.say("Every answer compared was equal." if report.equal else "SOME ANSWERS WERE NOT EQUAL.")
    return 0 if report.equal else 1


if __name__ == "__main__":
    sys.exit(main())
