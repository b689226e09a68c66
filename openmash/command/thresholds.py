"""`openmash thresholds …`: check, try, compare, replay and carry out a threshold policy from its files."""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from openmash.command.files import Stopped, policy_from, population_from
from openmash.engines.thresholds import (
    Example,
    Policy,
    as_record,
    check_examples,
    evaluate,
    what_would_change,
)
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.dmn import as_dmn
from openmash.engines.thresholds.elsewhere.sql import as_sql, as_table
from openmash.engines.thresholds.elsewhere.wide import wide_columns
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.policy.conditions import ChildUnder
from openmash.engines.thresholds.policy.errors import did_you_mean
from openmash.engines.thresholds.policy.wording import wording_warnings
from openmash.engines.thresholds.proof.changes import changed_rows
from openmash.engines.thresholds.proof.check import check
from openmash.engines.thresholds.proof.compare import compare
from openmash.engines.thresholds.proof.errors import ProofError
from openmash.engines.thresholds.replay import Knob, Move, Replayed, flips, knobs, replay_together, sweep
from openmash.engines.thresholds.replay.errors import CannotReplay
from openmash.engines.thresholds.text.files import FILES
from openmash.engines.thresholds.text.workbook import to_workbook

MOST_VALUES = 40
"""Between how many values a number is moved at most."""

Subparsers = Any  # argparse keeps the type of its own subparsers private


def add_to(parts: Subparsers) -> None:
    """Add `thresholds` and everything below it."""
    parser = parts.add_parser("thresholds", help="check, try, compare and replay a threshold policy")
    words = parser.add_subparsers(metavar="WHAT", required=True)
    _check(words)
    _explain(words)
    _compare(words)
    _replay(words)
    _sweep(words)
    _carry(words)


def _word(words: Subparsers, name: str, do: Callable[[argparse.Namespace], int], help: str) -> Any:
    parser = words.add_parser(name, help=help, description=help)
    parser.set_defaults(do=do)
    parser.add_argument("policy", metavar="POLICY", help="a folder of texts, or an Excel workbook")
    return parser


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


# --- check ---


def _check(words: Subparsers) -> None:
    parser = _word(words, "check", do_check, "prove that a policy holds together, for every possible case")
    parser.add_argument("--quick", action="store_true", help="look at its form only")


def do_check(given: argparse.Namespace) -> int:
    """What the check found; 1 when something must be put right."""
    policy = policy_from(given.policy)
    try:
        report = check(policy, exact=not given.quick)
    except ProofError as wrong:
        raise Stopped(str(wrong)) from None
    differ = check_examples(policy)
    _say(report.lines())
    warnings = [str(warning) for warning in wording_warnings(policy)]
    _say(["", "Wording to look at", *(f"  {each}" for each in warnings)] if warnings else [])
    print(f"\nAgreed examples: {len(policy.examples)}, of which {len(differ)} no longer come out as agreed.")
    _say(f"  {each}" for each in differ)
    return 0 if report.sound and not differ else 1


# --- one case ---


def _explain(words: Subparsers) -> None:
    parser = _word(words, "explain", do_explain, "what a policy says of one case, and why")
    for name in ("age", "signs", "facts", "past", "from"):
        parser.add_argument(f"--{name}", dest=f"case_{name}", default="not known" if name == "age" else "")
    parser.add_argument("--gate", default="", help="which gate; the front door's if left out")
    parser.add_argument("--json", action="store_true", help="the whole finding as it would be kept")


def do_explain(given: argparse.Namespace) -> int:
    """The finding for a case written as in examples.csv."""
    policy = policy_from(given.policy)
    gate = _gate(policy, given.gate)
    cells = {name: getattr(given, f"case_{name}") for name in ("age", "signs", "facts", "past")}
    written = Example(
        "given", gate, "", **cells, raised_by=given.case_from, level="", consider="", rules=(), duties=()
    )
    try:
        case = case_of(written)
        found = evaluate(policy, case, gate)
    except ValueError as wrong:
        raise Stopped(str(wrong)) from None
    if given.json:
        print(json.dumps(as_record(found), ensure_ascii=False, indent=2))
        return 0
    print(f"Level {found.level.code} ({found.level.name}), {found.respond.label}.")
    if found.consider:
        print(f"A manager considers level {found.consider.code} ({found.consider.name}).")
    for fired in found.fired:
        _say([f"  {fired.rule.id}  {fired.rule.because}", *(f"      {each}" for each in fired.because)])
    _say(f"  To do: {duty.label} (rule {', '.join(rules)})" for duty, rules in found.duties)
    _say(f"  Where it goes: {route.tell}" for route in found.routes)
    print(f"Over everything not known: from level {found.lowest.code} to level {found.highest.code}.")
    _say(f"  {change.text}" for change in what_would_change(policy, case, gate))
    return 0


def _gate(policy: Policy, name: str) -> str:
    if name and name not in policy.gates_by_id:
        raise Stopped(f"There is no gate “{name}”. Choose from: {', '.join(policy.gates_by_id)}.")
    return name or policy.gates[0].id


# --- two versions ---


def _compare(words: Subparsers) -> None:
    parser = _word(words, "compare", do_compare, "which cases two versions decide differently")
    parser.add_argument("after", metavar="AFTER", help="the later version")


def do_compare(given: argparse.Namespace) -> int:
    """Rows that changed, and the smallest cases that are decided differently, at each gate both have."""
    before, after = policy_from(given.policy), policy_from(given.after)
    _say(["Rows that changed", *(f"  {each}" for each in changed_rows(before, after))])
    try:
        for gate in before.gates_by_id:
            if gate in after.gates_by_id:
                _say(["", *compare(before, after, gate).lines()])
    except ProofError as wrong:
        raise Stopped(str(wrong)) from None
    return 0


# --- a history ---


def _with_cases(parser: Any) -> None:
    parser.add_argument("--cases", required=True, metavar="CSV", help="one row a case; see `columns`")
    parser.add_argument("--gate", default="", help="which gate; the front door's if left out")


def _replay(words: Subparsers) -> None:
    parser = _word(words, "replay", do_replay, "what a policy would have said of a table of cases")
    _with_cases(parser)
    parser.add_argument("--against", metavar="POLICY", help="another version, to see which cases move")
    parser.add_argument("--by", metavar="COLUMN", action="append", default=[], help="count by this label too")


def do_replay(given: argparse.Namespace) -> int:
    """Counts by level, time and rule; with another version, the table of moves."""
    policy = policy_from(given.policy)
    versions = [policy, *([policy_from(given.against)] if given.against else [])]
    gate = _gate(policy, given.gate)
    try:
        population = population_from(given.cases, *versions, gate=gate)
        one, *others = replay_together(population, versions, gate)
        _say(_counts(one, population.count))
        for label in given.by:
            _say(["", f"By {label}", *_rows(one.levels_by(label))])
        for other in others:
            moved = flips(one, other)
            _say(["", "From level, to level", *(f"  {a} → {b}  {n:,}" for (a, b), n in moved.items() if n)])
    except CannotReplay as wrong:
        raise Stopped(str(wrong)) from None
    return 0


def _counts(found: Replayed, count: int) -> list[str]:
    return [
        f"{count:,} cases, policy {found.policy.id} {found.policy.version}",
        *(f"  level {code}  {number:,}" for code, number in found.by_level().items()),
        *(f"  within {clock}  {number:,}" for clock, number in found.by_clock().items()),
        *(f"  duty {duty}  {number:,}" for duty, number in found.by_duty().items() if number),
        "By rule: fires, decides, decides alone",
        *(
            f"  {rule}  {each.fires:,}  {each.decides:,}  {each.alone:,}"
            for rule, each in found.by_rule().items()
        ),
        "By sign",
        *_rows(found.by_sign()),
    ]


def _rows(table: dict[str, Any]) -> list[str]:
    return [f"  {name}: " + ", ".join(f"{k} {n:,}" for k, n in row.items()) for name, row in table.items()]


def _sweep(words: Subparsers) -> None:
    help = "move one number of a policy, or two at once, and count what changes"
    parser = _word(words, "sweep", do_sweep, help)
    _with_cases(parser)
    parser.add_argument("--rule", help="the rule whose numbers to move; all of them if left out")
    parser.add_argument("--by", type=int, default=2, help="how far to move each number, up and down")
    parser.add_argument(
        "--move",
        metavar="NUMBER[=FROM..TO]",
        action="append",
        default=[],
        help="this number alone, such as C4a.0.least or C4a.0.least=2..6; given twice, every pair of values",
    )
    parser.add_argument(
        "--exact",
        action="store_true",
        help="of a pair: counts as they are, small ones and all; not for sharing",
    )


def do_sweep(given: argparse.Namespace) -> int:
    """For every number, how many cases come to each level as it is moved; for two, a table of every pair."""
    policy = policy_from(given.policy)
    gate = _gate(policy, given.gate)
    if len(given.move) > 2:
        raise Stopped("Two numbers at most can be moved at once: a table has two sides.")
    if len(given.move) == 2:
        return _surface(given, policy, gate)
    moves = _moves(given, policy, gate)
    try:
        population = population_from(given.cases, policy, gate=gate)
        found = sweep(population, policy, [[move] for move in moves], gate)
    except CannotReplay as wrong:
        raise Stopped(str(wrong)) from None
    _say(["As it stands: " + _levels(found.as_it_stands.levels)])
    for move, swept in zip(moves, found.variants, strict=True):
        print(f"  {move.knob.words} → {move.to}: {_levels(swept.levels)}; {_times(swept.clocks)}")
    return 0


def _moves(given: argparse.Namespace, policy: Policy, gate: str) -> list[Move]:
    """Each number by itself, to everywhere but where it stands."""
    if given.move:
        return [move for move in _moves_of(given.move[0], policy, gate, given.by) if move.to != move.knob.now]
    wanted = [knob for knob in knobs(policy, gate) if given.rule in (None, knob.rule)]
    return [Move(knob, to) for knob in wanted for to in _settings(knob, policy, given.by) if to != knob.now]


def _moves_of(text: str, policy: Policy, gate: str, by: int) -> list[Move]:
    """One number to each of its values, where it stands among them: `C4a.0.least=2..6`."""
    name, _, range_ = text.partition("=")
    known = {knob.name: knob for knob in knobs(policy, gate)}
    if name not in known:
        raise Stopped(f"No number is called “{name}”. {did_you_mean(name, known)}")
    knob = known[name]
    if not range_ or isinstance(knob.now, str):
        return [Move(knob, to) for to in _settings(knob, policy, by) or [knob.now]]
    low, dots, high = range_.partition("..")
    if not (
        dots and low.isdecimal() and high.isdecimal() and int(low) <= int(high) <= int(low) + MOST_VALUES
    ):
        raise Stopped(
            f"“{range_}” is no range: write it as 2..6, from low to high, {MOST_VALUES} steps at most."
        )
    return [Move(knob, to) for to in sorted({*range(int(low), int(high) + 1), knob.now})]


def _surface(given: argparse.Namespace, policy: Policy, gate: str) -> int:
    """A table for each level: the first number down, the second across, where they stand marked."""
    down, across = (_moves_of(text, policy, gate, given.by) for text in given.move)
    if down[0].knob == across[0].knob:
        raise Stopped("Both are the same number. Name two that differ.")
    pairs = list(product(down, across))
    try:
        population = population_from(given.cases, policy, gate=gate)
        found = sweep(population, policy, pairs, gate)
    except CannotReplay as wrong:
        raise Stopped(str(wrong)) from None
    counted = "as they are" if given.exact else "rounded to fives, and under 5 kept back (<5)"
    print(
        f"Down: {down[0].knob.words}. Across: {across[0].knob.words}. [ ] is as it stands. Counts {counted}."
    )
    shown = str if given.exact else _kept_back
    for code in found.as_it_stands.levels:
        cells = {pair: shown(one.levels[code]) for pair, one in zip(pairs, found.variants, strict=True)}
        _say(["", f"Level {code}", *_grid(down, across, cells)])
    return 0


def _grid(down: Sequence[Move], across: Sequence[Move], cells: dict[tuple[Move, Move], str]) -> list[str]:
    now = {pair: all(move.to == move.knob.now for move in pair) for pair in cells}
    rows = [["", *(str(move.to) for move in across)]]
    rows += [
        [str(one.to), *(f"[{cells[one, each]}]" if now[one, each] else cells[one, each] for each in across)]
        for one in down
    ]
    width = max(len(cell) for row in rows for cell in row)
    return ["  " + "  ".join(cell.rjust(width) for cell in row) for row in rows]


def _kept_back(count: int) -> str:
    return "<5" if 0 < count < 5 else f"{5 * round(count / 5):,}"


def _settings(knob: Knob, policy: Policy, by: int) -> Sequence[int | str]:
    """Where to put a number: every grade of evidence, years up and down for an age, and steps for the rest.

    The months of a period are left as they are: a table of cases holds the counts of its own periods alone.
    """
    if isinstance(knob.now, str):
        return [grade.id for grade in policy.evidence]
    condition = policy.rule(knob.rule).conditions[knob.condition]
    if knob.what == "months" and not isinstance(condition, ChildUnder):
        return []
    step = 12 if isinstance(condition, ChildUnder) else 1
    return [to for steps in range(-by, by + 1) if (to := knob.now + steps * step) >= 1]


def _levels(counts: Any) -> str:
    return ", ".join(f"level {code} {number:,}" for code, number in counts.items())


def _times(counts: Any) -> str:
    return ", ".join(f"within {clock} {number:,}" for clock, number in counts.items())


# --- elsewhere ---


def _carry(words: Subparsers) -> None:
    columns = _word(
        words, "columns", do_columns, "every column a table of cases must have, and what it means"
    )
    columns.add_argument("--sql", action="store_true", help="as CREATE TABLE")
    sql = _word(words, "sql", do_sql, "the policy as one SELECT over such a table")
    for parser in (columns, sql):
        parser.add_argument("--dialect", default="postgres")
    dmn = _word(words, "dmn", do_dmn, "the policy as DMN, one way out")
    for parser in (sql, dmn):
        parser.add_argument("--gate", default="", help="which gate; the front door's if left out")
    out = _word(words, "workbook", do_workbook, "the policy as an Excel workbook")
    out.add_argument("file", metavar="FILE.xlsx")
    back = _word(words, "texts", do_texts, "a policy’s texts, from a workbook, into a folder")
    back.add_argument("folder", metavar="FOLDER")


def do_columns(given: argparse.Namespace) -> int:
    """The columns, one a line."""
    policy = policy_from(given.policy)
    if given.sql:
        print(as_table(policy, dialect=given.dialect))
    else:
        _say(f"{each.name}  {each.meaning}" for each in wide_columns(compile_policy(policy)).values())
    return 0


def do_sql(given: argparse.Namespace) -> int:
    """The SELECT."""
    policy = policy_from(given.policy)
    print(as_sql(policy, _gate(policy, given.gate), dialect=given.dialect))
    return 0


def do_dmn(given: argparse.Namespace) -> int:
    """The DMN."""
    policy = policy_from(given.policy)
    print(as_dmn(policy, _gate(policy, given.gate)))
    return 0


def do_workbook(given: argparse.Namespace) -> int:
    """The workbook, to a file."""
    _write([(Path(given.file), to_workbook(policy_from(given.policy).sources))])
    return 0


def do_texts(given: argparse.Namespace) -> int:
    """The texts, to a folder that need not be there yet."""
    texts = policy_from(given.policy).sources
    _write([(Path(given.folder) / name, texts[name].encode()) for name in FILES])
    return 0


def _write(files: Sequence[tuple[Path, bytes]]) -> None:
    for path, data in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as wrong:
            raise Stopped(f"{path} cannot be written: {wrong.strerror}.") from None
