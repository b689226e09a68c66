"""The specification of the threshold language: small tables of a rule, a case, and what must come of them.

Every evaluator is held to every row, and `docs/thresholds-manual.md` is printed from the same tables.
"""

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from openmash.engines.thresholds import Case, Example, Policy, Rule
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.text.sentences import read
from tests.engines.thresholds.invented import draft

FOLDER = Path(__file__).parent / "thresholds"
MANUAL = Path(__file__).parents[2] / "docs" / "thresholds-manual.md"


@dataclass(frozen=True)
class Line:
    """One row: rules, a case in the notation of examples.csv, the answer they must come to, and why."""

    table: str
    number: int
    cells: dict[str, str]

    @property
    def policy(self) -> Policy:
        """The draft's names, with these rules alone."""
        rules = self.cells["rules"].split(" | ")
        return replace(
            draft(), rules=tuple(_rule(n, text) for n, text in enumerate(rules, 1)), routes=(), examples=()
        )

    @property
    def case(self) -> Case:
        wanted = ("age", "signs", "facts", "past", "raised_by")
        cells = {name: self.cells[name] for name in wanted}
        return case_of(Example("x", "services", "", **cells, level="", consider="", rules=(), duties=()))

    @property
    def answer(self) -> str:
        return self.cells["answer"]


def _rule(number: int, text: str) -> Rule:
    conditions, _, follows = text.partition(" = ")
    words = follows.split()
    named = dict(zip(words[::2], words[1::2], strict=False)) if len(words) > 1 else {}
    respond = words[-1] if len(words) % 2 else ""
    return Rule(
        f"R{number}",
        "services",
        "",
        tuple(read(each) for each in conditions.split(" & ")),
        named.get("level", ""),
        named.get("consider", ""),
        respond,
        (),
        "",
    )


@lru_cache(maxsize=1)
def tables() -> tuple[dict[str, str], ...]:
    """Each table's name, title, and what it says."""
    return tuple(_rows("tables"))


@lru_cache(maxsize=1)
def lines() -> tuple[Line, ...]:
    """Every row of every table."""
    return tuple(
        Line(table["table"], number, row)
        for table in tables()
        for number, row in enumerate(_rows(table["table"]), 2)
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def said(level: str, respond: str, consider: str | None) -> str:
    """An answer as the tables write it."""
    return f"{level}, {respond}" + (f", consider {consider}" if consider else "")


def manual() -> str:
    """The manual, as Markdown."""
    parts = [
        "# What each sentence of a threshold policy means",
        "",
        "Printed from the tables in `tests/spec/thresholds` by `./dev exec python -m tests.spec`, and checked when the",
        "tests run. Every row is run on every evaluator: the interpreter, the live one, the bitmaps, and the SQL.",
        "",
        "A row is a rule (`conditions = what follows`; `&` joins conditions, `|` parts rules), a case, and the answer:",
        "level, time allowed, and a higher level to consider if there is one. Signs, facts and clocks are those of",
        "`policies/draft-2026-11`; with no rule firing the answer is level 1 in 1 working day.",
    ]
    for table in tables():
        parts += [
            "",
            f"## {table['title']}",
            "",
            table["says"],
            "",
            "| rule | case | answer | |",
            "|---|---|---|---|",
        ]
        parts += [_printed(line) for line in lines() if line.table == table["table"]]
    return "\n".join(parts) + "\n"


def _printed(line: Line) -> str:
    cells = line.cells
    case = "; ".join(
        part
        for part in (
            cells["age"],
            cells["signs"],
            cells["facts"],
            cells["past"] and f"earlier: {cells['past']}",
            f"from {cells['raised_by'] or 'somebody not known'}",
        )
        if part
    )
    rule = cells["rules"].replace(" | ", "<br>")
    return f"| {rule} | {case} | {cells['answer']} | {cells['why']} |"
