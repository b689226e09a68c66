"""ZEN, DuckDB, Polars and generated Python: each answers level, time and fired rules for every row.

An engine is made ready once (`Engine(problem, columns)`, not timed) and then run (`run()`, timed), and hands
its answers over as arrays afterwards (`answers()`, not timed).
"""

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from types import ModuleType
from typing import Any as Anything

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.problem import All, Any, Column, From, Problem, Sum, Test, Under

Columns = Mapping[str, NDArray[Anything]]


@dataclass(frozen=True)
class Answers:
    """For each row the rank of the level, the place of the time, and whether each rule fired, in order."""

    ranks: NDArray[Anything]
    places: NDArray[Anything]
    fired: NDArray[Anything]


class NotInstalled(Exception):
    """The engine is not there. The message says what to install."""


def load(name: str, package: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        said = f"{package} is not installed: install the dependency group “bench” to compare with it."
        raise NotInstalled(said) from None


def in_words(test: Test, count: str) -> str:
    """A test as Python, SQL and ZEN all write it, but for how a test is `count`ed."""
    match test:
        case From(Column(name), least):
            return f"{name} >= {least}"
        case From(Sum(flags, numbers), least):
            parts = [number.name for number in numbers]
            parts += [count.format(in_words(flag, count)) for flag in flags]
            return f"({' + '.join(parts)}) >= {least}"
        case Under(Column(name), bound):
            return f"{name} < {bound}"
        case All(parts):
            return "(" + " and ".join(in_words(part, count) for part in parts) + ")"
        case Any(parts):
            return "(" + " or ".join(in_words(part, count) for part in parts) + ")"
    raise ValueError(test)


class GeneratedPython:
    """One function written out from the policy, called for each row with its numbers."""

    name = "Python, one function generated from the policy"

    def __init__(self, problem: Problem, columns: Columns) -> None:
        names = problem.columns
        self.rows = list(zip(*(columns[name].tolist() for name in names), strict=True))
        self.problem = problem
        space: dict[str, Anything] = {}
        exec(_python(problem), space)  # noqa: S102 (our own text, made from a policy of ours)
        self.decide: Callable[..., tuple[int, int, int]] = space["decide"]

    def run(self) -> None:
        decide = self.decide
        self.found = [decide(row) for row in self.rows]

    def answers(self) -> Answers:
        ranks, places, masks = (np.array(part, dtype=np.int64) for part in zip(*self.found, strict=True))
        return Answers(ranks, places, _from_masks(masks, len(self.problem.rows)))


def _python(problem: Problem) -> str:
    tests = {test: f"t{nth}" for nth, test in enumerate(problem.tests)}
    lines = ["def decide(row):", f"    ({', '.join(problem.columns)},) = row"]
    lines += [f"    {name} = {in_words(test, '({})')}" for test, name in tests.items()]
    lines += ["    rank, place, fired = 1, " + f"{problem.longest}, 0"]
    for nth, row in enumerate(problem.rows):
        lines += [
            f"    if {' and '.join(tests[test] for test in row.tests)}:",
            f"        fired |= {1 << nth}",
        ]
        lines += [f"        if rank < {row.rank}: rank = {row.rank}"] if row.rank > 1 else []
        lines += (
            [f"        if place > {row.place}: place = {row.place}"] if row.place < problem.longest else []
        )
    return "\n".join([*lines, "    return rank, place, fired"])


def _from_masks(masks: NDArray[Anything], rules: int) -> NDArray[np.bool_]:
    return (masks[:, None] >> np.arange(rules) & 1).astype(np.bool_)


class DuckDB:
    """One SQL statement over a table of wide columns, into a table."""

    name = "DuckDB, SQL over wide columns, into a table"

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.problem = problem
        self.connection = load("duckdb", "duckdb").connect()
        concerns = {name: columns[name] for name in problem.columns}
        concerns["row_number"] = np.arange(len(next(iter(concerns.values()))))
        self.connection.register("given", concerns)
        self.connection.execute("create table concerns as select * from given")
        self.statement = _sql(problem)

    def run(self) -> None:
        self.connection.execute(self.statement)

    def answers(self) -> Answers:
        found = self.connection.execute("select * from answers order by row_number").fetchnumpy()
        fired = np.stack([found[row.id] for row in self.problem.rows], axis=1)
        return Answers(found["rank"], found["place"], fired)


def _sql(problem: Problem) -> str:
    tests = {test: f"t{nth}" for nth, test in enumerate(problem.tests)}
    inner = ", ".join(f"({in_words(test, '({})::tinyint')}) as {name}" for test, name in tests.items())
    fires = ", ".join(f"({' and '.join(tests[t] for t in row.tests)}) as {row.id}" for row in problem.rows)
    ranks = sorted({row.rank for row in problem.rows if row.rank > 1}, reverse=True)
    places = sorted({row.place for row in problem.rows if row.place < problem.longest})
    rank = " ".join(f"when {_or(problem, lambda row, r=r: row.rank == r)} then {r}" for r in ranks)  # type: ignore[misc]
    place = " ".join(f"when {_or(problem, lambda row, p=p: row.place == p)} then {p}" for p in places)  # type: ignore[misc]
    return (
        f"create or replace table answers as select row_number, case {rank} else 1 end as rank, "  # noqa: S608
        f"case {place} else {problem.longest} end as place, {', '.join(row.id for row in problem.rows)} from "
        f"(select row_number, {fires} from (select row_number, {inner} from concerns))"
    )


def _or(problem: Problem, of: Callable[[Anything], bool]) -> str:
    return " or ".join(row.id for row in problem.rows if of(row))


class Polars:
    """Expressions over wide columns, evaluated together by its lazy engine."""

    name = "Polars, expressions over wide columns"

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.problem, self.pl = problem, load("polars", "polars")
        pl = self.pl
        tests = {test: f"t{nth}" for nth, test in enumerate(problem.tests)}
        frame = pl.DataFrame({name: columns[name] for name in problem.columns}).lazy()
        frame = frame.select(self._expression(test).alias(name) for test, name in tests.items())
        frame = frame.select(
            pl.all_horizontal([pl.col(tests[test]) for test in row.tests]).alias(row.id)
            for row in problem.rows
        )
        ranks = [pl.col(r.id).cast(pl.UInt8) * r.rank for r in problem.rows if r.rank > 1]
        later = problem.longest
        earlier = [pl.col(r.id).cast(pl.UInt8) * (later - r.place) for r in problem.rows if r.place < later]
        self.plan = frame.with_columns(
            pl.max_horizontal(pl.lit(1, pl.UInt8), *ranks).alias("rank"),
            (later - pl.max_horizontal(pl.lit(0, pl.UInt8), *earlier)).alias("place"),
        )

    def _expression(self, test: Test) -> Anything:
        pl = self.pl
        match test:
            case From(Column(name), least):
                return pl.col(name) >= least
            case From(Sum(flags, numbers), least):
                parts = [self._expression(flag).cast(pl.UInt8) for flag in flags]
                # Added one to the next: quicker than its sum_horizontal, which gives way to wider numbers.
                return reduce(lambda a, b: a + b, [*parts, *(pl.col(n.name) for n in numbers)]) >= least
            case Under(Column(name), bound):
                return pl.col(name) < bound
            case All(parts):
                return pl.all_horizontal([self._expression(part) for part in parts])
            case Any(parts):
                return pl.any_horizontal([self._expression(part) for part in parts])
        raise ValueError(test)

    def run(self) -> None:
        self.found = self.plan.collect()

    def answers(self) -> Answers:
        fired = np.stack([self.found[row.id].to_numpy() for row in self.problem.rows], axis=1)
        return Answers(self.found["rank"].to_numpy(), self.found["place"].to_numpy(), fired)


class Zen:
    """A decision graph: an expression for each condition, a table of every rule, the highest and shortest."""

    name = "ZEN (zen-engine), decision table, evaluate_batch"

    def __init__(self, problem: Problem, columns: Columns) -> None:
        self.problem, zen = problem, load("zen", "zen-engine")
        content = zen.ZenDecisionContent(json.dumps(_graph(problem)))
        self.engine = zen.ZenEngine({"loader": lambda key: content})
        names = problem.columns
        rows = zip(*(columns[name].tolist() for name in names), strict=True)
        self.requests = [{"key": "policy", "context": dict(zip(names, row, strict=True))} for row in rows]

    def run(self) -> None:
        self.found = self.engine.evaluate_batch(self.requests)

    def answers(self) -> Answers:
        results = [one["data"]["result"] for one in self.found]
        order = {row.id: nth for nth, row in enumerate(self.problem.rows)}
        fired = np.zeros((len(results), len(order)), dtype=np.bool_)
        for nth, result in enumerate(results):
            fired[nth, [order[rule] for rule in result["fired"] if rule]] = True
        ranks, places = (np.array([int(one[key]) for one in results]) for key in ("rank", "place"))
        return Answers(ranks, places, fired)


def _graph(problem: Problem) -> dict[str, Anything]:
    tests = {test: f"t{nth}" for nth, test in enumerate(problem.tests)}
    conditions = [(name, in_words(test, "({} ? 1 : 0)")) for test, name in tests.items()]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in tests.values()],
        "outputs": [{"id": f"o_{name}", "name": name, "field": name} for name in ("rule", "rank", "place")],
        "rules": [
            # A row without conditions stands for "none of these", so that there is always a highest.
            {"_id": "none", "o_rule": '""', "o_rank": "1", "o_place": str(problem.longest)},
            *(
                {
                    "_id": row.id,
                    **{tests[test]: "true" for test in row.tests},
                    "o_rule": f'"{row.id}"',
                    "o_rank": str(row.rank),
                    "o_place": str(row.place),
                }
                for row in problem.rows
            ),
        ],
    }
    for rule in table["rules"]:
        for name in tests.values():
            rule.setdefault(name, "")  # type: ignore[attr-defined]
    last = [
        ("rank", "max(map(rows, #.rank))"),
        ("place", "min(map(rows, #.place))"),
        ("fired", "map(rows, #.rule)"),
    ]
    nodes = [
        _node("in", "inputNode", {}),
        _node("conditions", "expressionNode", _expressions(conditions)),
        _node("table", "decisionTableNode", {**table, "outputPath": "rows"}),
        _node("answer", "expressionNode", _expressions(last)),
        _node("out", "outputNode", {}),
    ]
    edges = [
        {"id": f"{one['id']}-{next['id']}", "sourceId": one["id"], "targetId": next["id"], "type": "edge"}
        for one, next in pairwise(nodes)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _node(id: str, kind: str, content: dict[str, Anything]) -> dict[str, Anything]:
    return {"id": id, "type": kind, "name": id, "position": {"x": 0, "y": 0}, "content": content}


def _expressions(pairs: list[tuple[str, str]]) -> dict[str, Anything]:
    made = [{"id": f"e_{key}", "key": key, "value": value} for key, value in pairs]
    return {"expressions": made, "passThrough": False}
