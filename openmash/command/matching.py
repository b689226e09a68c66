"""`openmash match …`: read a register and say what is wrong with it, or link two of them on this machine."""

import argparse
import importlib
from types import ModuleType

from openmash.command.files import Stopped

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `match` and everything below it."""
    parser = parts.add_parser("match", help="read registers of people, and link them")
    words = parser.add_subparsers(metavar="WHAT", required=True)
    _read(words)
    _registers(words)


def _word(
    words: "Subparsers[argparse.ArgumentParser]", name: str, does: str, help: str
) -> argparse.ArgumentParser:
    parser = words.add_parser(name, help=help, description=help)
    parser.set_defaults(do=lambda given: int(getattr(_work(), does)(given)))
    parser.add_argument(
        "--to", default=".", metavar="FOLDER", help="where what is found is written; here if left out"
    )
    return parser


def _read(words: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = _word(words, "read", "do_read", "check a register, and write the rows to mend")
    parser.add_argument("file", metavar="FILE", help="CSV, Excel or Parquet")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook")


def _registers(words: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = _word(words, "registers", "do_link", "link two registers: who stands in both")
    parser.add_argument("first", metavar="FILE", help="CSV, Excel or Parquet")
    parser.add_argument("second", metavar="FILE", help="CSV, Excel or Parquet")
    parser.add_argument("--sheet", default="", help="which sheet, if workbooks have several with headings")
    parser.add_argument(
        "--sure",
        choices=("very-likely", "possible"),
        default="very-likely",
        help="what is sure enough to be written as a link; the rest is written to be checked",
    )
    parser.add_argument(
        "--repeats",
        action="store_true",
        help="a person may stand in a register more than once, as in police notifications",
    )
    parser.add_argument(
        "--engine", choices=("duckdb", "spark"), default="duckdb", help="spark beyond one machine"
    )
    parser.add_argument(
        "--processes", type=int, default=0, help="as many as there are processors, if left out"
    )
    parser.add_argument(
        "--memory", type=int, default=2_000, metavar="MB", help="for DuckDB; it spills to disk beyond"
    )


def _work() -> ModuleType:
    """The module that does it. It is loaded only now: it needs the extra `batch`, and the rest here does not."""
    try:
        return importlib.import_module("openmash.command.register_files")
    except ModuleNotFoundError as missing:
        raise Stopped(
            f"Registers need {missing.name}, which is not installed. Install it with: pip install openmash[batch]"
        ) from None
