"""A policy as plain SQL, for an authority to run inside its own warehouse.

The text is written once, in the little that every warehouse has (CASE, AND, OR, +, comparisons and common
table expressions), and sqlglot puts it into the dialect asked for. PostgreSQL, DuckDB and Spark are tested
against the interpreter row by row; the others are translated and read again, and no server of theirs has been
tried. Nothing here runs SQL.
"""

from collections.abc import Sequence

import sqlglot

from openmash.engines.thresholds.compiled.circuit import Node
from openmash.engines.thresholds.compiled.compile import CompiledGate, CompiledPolicy, compile_policy
from openmash.engines.thresholds.elsewhere.answers import IN_WORDS, check_key, yes_or_no
from openmash.engines.thresholds.elsewhere.expressions import Expressions, quoted, text
from openmash.engines.thresholds.elsewhere.layers import layers_for
from openmash.engines.thresholds.elsewhere.wide import Names, WideColumn, wide_columns
from openmash.engines.thresholds.policy.model import Level, Policy

DIALECTS = ("postgres", "duckdb", "spark", "tsql", "oracle", "bigquery", "snowflake")
# PostgreSQL writes a step that is used once into the next, which works shared parts out over and over. This
# keeps each step apart and changes nothing else: measured, about 4 times quicker.
_FENCES = {"postgres": " OFFSET 0"}


def as_sql(
    policy: Policy, gate: str = "", *, dialect: str = "postgres", table: str = "cases", key: str = "case_id"
) -> str:
    """One SELECT that says of every row of a table (see `as_table`) what the policy says at a gate.

    `gate` is a gate's id, "" for the front door's. `table` may name a schema before a dot; `key` is the
    column that tells rows apart, and is handed on. The columns given are those of `answers`. An empty cell
    never means no: see `wide.when_empty`.

    Raises:
        KeyError: the policy has no such gate.
        ValueError: the dialect is none of `DIALECTS`, or another column is called as `key` is.
    """
    compiled = compile_policy(policy)
    at = compiled.gates[(policy.gate(gate) if gate else policy.gates[0]).id]
    neutral = _select(compiled, at, table, key, _FENCES.get(dialect, ""))
    return _header(policy, f"gate {at.gate.id}") + _translated(neutral, dialect)


def as_table(policy: Policy, *, dialect: str = "postgres", table: str = "cases", key: str = "case_id") -> str:
    """CREATE TABLE for the columns that the policy looks at, at any of its gates, and what each means.

    `key` is made a text; change it to what you have. Every other column is a whole number and may be empty.

    Raises:
        ValueError: the dialect is none of `DIALECTS`, or another column is called as `key` is.
    """
    columns = wide_columns(compile_policy(policy)).values()
    check_key(key, columns)
    cells = [f"{quoted(key)} VARCHAR(100) NOT NULL"]
    cells += [f"{quoted(each.name)} INT /* {_in_comment(_explained(each))} */" for each in columns]
    # The comma stands before: what follows a column and its comma would be taken for the next one's comment.
    created = f"CREATE TABLE {_table(table)} (" + "\n, ".join(cells) + "\n)"
    grades = ", ".join(f"{grade.rank} {grade.id}" for grade in policy.evidence)
    return _header(policy, "every gate", f"Ranks of evidence: {grades}") + _translated(created, dialect)


def _explained(column: WideColumn) -> str:
    return f"{column.meaning} Empty counts as {column.when_empty}."


def _in_comment(words: str) -> str:
    return words.replace("*/", "* /").replace("/*", "/ *")


def _header(policy: Policy, part: str, *more: str) -> str:
    lines = [
        f"Threshold policy {policy.id} {policy.version}, {part}: {policy.title}",
        f"SHA-256 of the policy's text: {policy.digest}",
        "Guidance: a person decides. To change this, change the policy and write it out again.",
        *more,
    ]
    # A comment ends with its line, so nothing written in a title may begin another.
    return "".join(f"-- {' '.join(line.split())}\n" for line in lines)


def _translated(neutral: str, dialect: str) -> str:
    if dialect not in DIALECTS:
        raise ValueError(f"SQL is not written for “{dialect}”, only for {', '.join(DIALECTS)}.")
    # Every name stands in the dialect's own quotation marks, so that none can be taken for one of its words.
    (done,) = sqlglot.transpile(neutral, write=dialect, identify=True, pretty=True, max_text_width=110)
    return f"{done}\n"


def _table(name: str) -> str:
    return ".".join(quoted(part) for part in name.split("."))


def _select(compiled: CompiledPolicy, gate: CompiledGate, table: str, key: str, fence: str) -> str:
    """The SELECT in the neutral form: what was told, then step by step what rests on it, then the answers."""
    circuit, columns = compiled.circuit, wide_columns(compiled)
    check_key(key, columns.values())
    wanted = _wanted(gate)
    made = layers_for(circuit, wanted, Names([key, *IN_WORDS, *(each.name for each in columns.values())]))
    needed = [
        columns[column] for column in dict.fromkeys(atom.column for atom in circuit.atoms(wanted.values()))
    ]
    shown = Expressions(circuit, {each.column: each.name for each in needed}, made.named)
    names = Names(table.split("."))
    before, last = _table(table), quoted(names.new("told"))
    steps = [f"{last} AS ({_told(needed, before, key)}{fence})"]
    for layer in made.layers:
        before, last = last, quoted(names.new("worked_out"))
        cells = [f"{shown.worked_out(node)} AS {quoted(made.named[node])}" for node in layer]
        steps.append(f"{last} AS (SELECT {before}.*, {', '.join(cells)} FROM {before}{fence})")  # noqa: S608 -- quoted
    answers = [quoted(key), *_in_words(gate, shown)]
    answers += [f"{shown.number(each.node)} AS {quoted(each.name)}" for each in yes_or_no(gate, key)]
    return f"WITH {', '.join(steps)} SELECT {', '.join(answers)} FROM {last}"  # noqa: S608 -- every name is quoted, and nothing here runs it


def _told(needed: Sequence[WideColumn], table: str, key: str) -> str:
    """What was told of each case, with what an empty cell stands for written in."""
    cells = [f"COALESCE({quoted(each.name)}, {each.when_empty}) AS {quoted(each.name)}" for each in needed]
    return f"SELECT {', '.join([quoted(key), *cells])} FROM {table}"  # noqa: S608 -- quoted


def _wanted(gate: CompiledGate) -> dict[str, Node]:
    """Every part that an answer rests on, by a name for it. A part of two names goes by the first."""
    kinds = {
        "reaches": gate.levels,
        "may_reach": gate.considers,
        "rule": gate.rules,
        "within": gate.within,
        "duty": gate.duties,
        "route": gate.routes,
    }
    return {f"{kind}_{id}": node for kind, nodes in kinds.items() for id, node in nodes.items()}


def _in_words(compiled: CompiledGate, shown: Expressions) -> list[str]:
    lowest, *higher = compiled.gate.levels
    reached = [(shown.condition(compiled.levels[level.code]), level) for level in reversed(higher)]
    within = [(shown.condition(node), text(clock)) for clock, node in compiled.within.items()]
    found = {
        "level": _first([(when, text(level.code)) for when, level in reached], text(lowest.code)),
        "level_rank": _first([(when, str(level.rank)) for when, level in reached], str(lowest.rank)),
        "consider": _consider(compiled, higher, shown),
        "respond": _first(within, text(lowest.clock)),
    }
    return [f"{expression} AS {quoted(name)}" for name, expression in found.items()]


def _consider(compiled: CompiledGate, higher: Sequence[Level], shown: Expressions) -> str:
    """The highest level that is to be considered and has not been reached."""
    choices = []
    for level in reversed(higher):
        asked, reached = compiled.considers[level.code], compiled.levels[level.code]
        if asked != reached:
            choices.append((f"{shown.number(asked)} > {shown.number(reached)}", text(level.code)))
    return _first(choices, "CAST(NULL AS VARCHAR(10))")


def _first(choices: Sequence[tuple[str, str]], otherwise: str) -> str:
    """What stands beside the first condition that holds."""
    if not choices:
        return otherwise
    return f"CASE {' '.join(f'WHEN {when} THEN {then}' for when, then in choices)} ELSE {otherwise} END"
