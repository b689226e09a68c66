"""Registers from files to files: what `openmash match` does."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from openmash.command.files import Stopped
from openmash.engines.matching.batch.linking.backends import Backend, on_spark
from openmash.engines.matching.batch.linking.link import Linked, Machine, link, on_duckdb
from openmash.engines.matching.batch.linking.scoring import Scored
from openmash.engines.matching.batch.reading.faults import CannotRead
from openmash.engines.matching.batch.reading.mend import ToMend
from openmash.engines.matching.batch.reading.register import Count, Register, open_register
from openmash.engines.matching.judging import Sureness
from openmash.engines.matching.weights import current
from openmash.spreadsheets import writer

SURE = {
    "very-likely": frozenset({Sureness.VERY_LIKELY}),
    "possible": frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE}),
}
_BAR = 30


def do_read(given: argparse.Namespace) -> int:
    """What a register holds and what is wrong with it; 1 when there is something to mend."""
    register = _open(given.file, given.sheet)
    progress = Progress()
    with _to_mend(register, given.to) as to_mend:
        try:
            for _ in register.people(
                to_mend, lambda rows: progress(f"Reading {register.path.name}", rows, 0)
            ):
                pass
        except CannotRead as wrong:
            raise Stopped(str(wrong)) from None
        finally:
            progress.end()
    _say(_about(register, register.count, to_mend))
    return 1 if to_mend.count else 0


def do_link(given: argparse.Namespace) -> int:
    """Links, pairs to check and rows to mend, each in a file of its own; always 0 when it came to an end."""
    first, second = _open(given.first, given.sheet), _open(given.second, given.sheet)
    progress = Progress()
    mend_first = _to_mend(first, given.to)
    mend_second = _to_mend(second, given.to, besides=mend_first)
    with mend_first, mend_second:
        try:
            found = link(
                (first, second),
                (mend_first, mend_second),
                weights=current(),
                on=_today(),
                at_least=SURE[given.sure],
                once=not given.repeats,
                machine=Machine(given.processes or os.cpu_count() or 1, given.memory),
                backend=_backend(given.engine),
                progress=progress,
            )
        except CannotRead as wrong:
            raise Stopped(str(wrong)) from None
        finally:
            progress.end()
    _say(_about(first, found.counts[0], mend_first))
    _say(_about(second, found.counts[1], mend_second))
    _say(["", *_written(found, first, second, Path(given.to))])
    return 0


class Progress:
    """One line on the terminal that grows; nothing where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._stage = ""

    def __call__(self, stage: str, done: int, of: int) -> None:
        if not self._shown:
            return
        if stage != self._stage and self._stage:
            sys.stderr.write("\n")
        self._stage = stage
        filled = _BAR * min(done, of) // of if of else 0
        bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done:,} of {of:,}" if of else f"{done:,}"
        sys.stderr.write(f"\r{stage}  {bar}\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        if self._shown and self._stage:
            sys.stderr.write("\n")


def _open(name: str, sheet: str) -> Register:
    path = Path(name)
    try:
        return open_register(path, issuer=path.stem, on=_today(), sheet=sheet)
    except CannotRead as wrong:
        raise Stopped(str(wrong)) from None


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def _to_mend(register: Register, folder: str, besides: ToMend | None = None) -> ToMend:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise Stopped(f"{folder} cannot be written to: {wrong.strerror}.") from None
    path = Path(folder) / f"{register.path.stem}-to-mend.csv"
    if besides and besides.path == path:
        path = path.with_name(f"{register.path.stem}-second-to-mend.csv")
    return ToMend(path, register.columns.headings)


def _backend(engine: str) -> Callable[[Path, Machine], Backend]:
    if engine == "duckdb":
        return on_duckdb
    try:
        return on_spark()
    except ModuleNotFoundError:
        raise Stopped(
            "Spark needs pyspark, which is not installed. Install it with: pip install pyspark"
        ) from None


def _about(register: Register, count: Count, to_mend: ToMend) -> Iterable[str]:
    """What was read of a register, in sentences."""
    yield f"{register.path.name}: {count.people:,} people in {count.rows:,} rows."
    yield from (f"  {note}" for note in register.notes)
    if count.left_out:
        yield f"  Rows left out: {count.left_out:,}."
    if count.kept_with_remarks:
        yield f"  Rows kept, with something to look at: {count.kept_with_remarks:,}."
    if to_mend.count:
        yield f"  They are in {to_mend.path}, each with its line and what is wrong."


def _written(found: Linked, first: Register, second: Register, folder: Path) -> list[str]:
    links, to_check = folder / "links.csv", folder / "to-check.csv"
    heads = [f"Line in {register.path.name}" for register in (first, second)]
    _write(links, heads, found.chosen.links, found.asking_is_first)
    _write(to_check, heads, found.chosen.to_check, found.asking_is_first)
    return [
        f"Pairs that share a key and were judged: {found.proposed:,}.",
        f"Links: {len(found.chosen.links):,}, in {links}.",
        f"Pairs for a person to check: {len(found.chosen.to_check):,}, in {to_check}.",
        f"Brothers, sisters or twins set aside: {found.chosen.siblings:,}.",
        "",
        *found.chosen.expected.sentences(),
    ]


def _write(path: Path, heads: Sequence[str], pairs: Iterable[Scored], asking_is_first: bool) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = writer(file)
        table.row([*heads, "How sure", "Probability of the same person", "Why"])
        for each in pairs:
            lines = (each.asking, each.found) if asking_is_first else (each.found, each.asking)
            table.row([*lines, each.sureness.value, f"{each.same:.6f}", " ".join(each.words)])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
