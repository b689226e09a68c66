"""Policies and tables of cases from files, and what to say when one cannot be used."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from openmash.engines.thresholds import Policy, PolicyErrors
from openmash.engines.thresholds.compiled.columns import Column
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.wide import WideColumn, wide_columns
from openmash.engines.thresholds.proof.check import load
from openmash.engines.thresholds.replay import Label, Population, columns_needed
from openmash.engines.thresholds.text.workbook import from_workbook


class Stopped(Exception):
    """Something given on the command line cannot be used. The text says what, and what to do."""


def policy_from(name: str) -> Policy:
    """The policy in a folder of texts, or in an Excel workbook."""
    path = Path(name)
    try:
        return load(from_workbook(path.read_bytes()) if path.suffix == ".xlsx" else path)
    except PolicyErrors as wrong:
        raise Stopped("\n".join(str(each) for each in wrong)) from None
    except OSError as wrong:
        raise Stopped(f"{name} cannot be read: {wrong.strerror}.") from None


@dataclass(frozen=True)
class _Cells:
    """A table of cases as text: its columns by name, each a cell for every row."""

    columns: dict[str, list[str]]
    count: int


def population_from(name: str, policy: Policy, *others: Policy, gate: str = "") -> Population:
    """The cases in a CSV file: a column of whole numbers for each thing the rules look at, named as
    `openmash thresholds columns` lists them. Further columns are labels to count by. An empty cell stands for
    what it does everywhere: a question not answered is not known.
    """
    cells = _cells(name)
    wide: dict[Column, WideColumn] = {}
    for each in (policy, *others):
        wide = {**wide_columns(compile_policy(each)), **wide}
    needed = [wide[column] for column in columns_needed(policy, *others, gate=gate)]
    missing = [each.name for each in needed if each.name not in cells.columns]
    if missing:
        shown = ", ".join(missing[:8]) + (" …" if len(missing) > 8 else "")
        raise Stopped(
            f"{name} has no column {shown}. `openmash thresholds columns` lists every column and what it means."
        )
    numbers = {each.column: _numbers(name, each, cells.columns[each.name]) for each in needed}
    known = {each.name for each in wide.values()}
    labels = {title: _label(values) for title, values in cells.columns.items() if title not in known}
    return Population(cells.count, numbers, labels)


def _cells(name: str) -> _Cells:
    try:
        with Path(name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except OSError as wrong:
        raise Stopped(f"{name} cannot be read: {wrong.strerror}.") from None
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Stopped(f"{name} cannot be read as CSV in UTF-8: {wrong}.") from None
    if not rows:
        raise Stopped(f"{name} is empty. Its first row names the columns.")
    head, *lines = rows
    for number, line in enumerate(lines, start=2):
        if len(line) != len(head):
            raise Stopped(f"{name}, row {number}: {len(line)} cells where the first row has {len(head)}.")
    columns = {title.strip(): [line[place] for line in lines] for place, title in enumerate(head)}
    return _Cells(columns, len(lines))


def _numbers(
    name: str, wide: WideColumn, cells: Sequence[str]
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    numbers = np.empty(len(cells), dtype=np.int64)
    for place, cell in enumerate(cells):
        text = cell.strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise Stopped(f"{name}, row {place + 2}: “{text[:40]}” in {wide.name} is not a whole number.")
        numbers[place] = int(text) if text else wide.when_empty
    return numbers


def _label(values: Sequence[str]) -> Label:
    names = tuple(dict.fromkeys(values))
    codes = {value: code for code, value in enumerate(names)}
    return Label(np.array([codes[value] for value in values], dtype=np.int32), names)
