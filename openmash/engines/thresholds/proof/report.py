"""What a check found, as plain records and as lines for a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.proof.witness import Pair, Witness
from openmash.engines.thresholds.text.parse import COLUMNS, KEYS
from openmash.engines.thresholds.text.tables import read_table

FAULT, WARNING, QUESTION, UNSETTLED = "fault", "warning", "question", "not settled"
"""What must be put right (a rule that can never fire, or never change anything, among it), what another rule
hides, what a board may want to ask itself, and what the
proof could neither show nor refute."""


@dataclass(frozen=True)
class Remark:
    """One thing found. `row` is the row a spreadsheet shows, None when it is in no one row, `key` the row's id.

    `hint` says what to write instead; `example` or `pair` shows it on the smallest real case.
    """

    weight: str
    check: str
    gate: str
    file: str
    row: int | None
    key: str
    message: str
    hint: str
    example: Witness | None = None
    pair: Pair | None = None

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}: {self.message} {self.hint}".rstrip()


@dataclass(frozen=True)
class Claim:
    """One thing that was to be proved of a gate, and whether it was."""

    check: str
    statement: str
    proved: bool


@dataclass(frozen=True)
class Decides:
    """The smallest case in which a rule changes the answer: without it, the policy would not say `what`."""

    rule: str
    what: str
    example: Witness


@dataclass(frozen=True)
class GateReport:
    """What was proved at one gate; `levels` has the smallest case that comes to each level."""

    gate: str
    name: str
    claims: tuple[Claim, ...]
    levels: tuple[tuple[str, Witness], ...] = ()
    decides: tuple[Decides, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a check of a policy found. `engine` says what did the exact proof, "" when only form was checked."""

    policy: str
    version: str
    digest: str
    engine: str
    gates: tuple[GateReport, ...]
    remarks: tuple[Remark, ...]

    @property
    def exact(self) -> bool:
        return bool(self.engine)

    @property
    def sound(self) -> bool:
        """Whether everything that a policy must be was shown of it. A rule that others hide stands in no one's way."""
        return not any(remark.weight in (FAULT, UNSETTLED) for remark in self.remarks)

    def lines(self) -> list[str]:
        """The report for a terminal."""
        how = f"proved for every possible case ({self.engine})" if self.exact else "checked by its form only"
        said = [f"Policy {self.policy} {self.version}: {how}."]
        for gate in self.gates:
            said += ["", f"{gate.name} ({gate.gate})", *_gate_lines(gate)]
        for weight, heading in _HEADINGS.items():
            found = [remark for remark in self.remarks if remark.weight == weight]
            if found:
                said += ["", heading, *(line for remark in found for line in _remark_lines(remark))]
        return [*said, "", "Sound." if self.sound else "Not sound: see what must be put right."]


_HEADINGS = {
    FAULT: "Must be put right",
    UNSETTLED: "Could not be settled",
    WARNING: "Hidden by other rules, and so without effect as written",
    QUESTION: "Questions for the board",
}


def _gate_lines(gate: GateReport) -> Iterator[str]:
    for claim in gate.claims:
        yield f"  {'yes' if claim.proved else 'NO ':3}  {claim.statement}"
    for code, example in gate.levels:
        yield f"  level {code}, least: {example.words}"


def _remark_lines(remark: Remark) -> Iterator[str]:
    yield f"  {remark}"
    if remark.pair:
        yield f"    {remark.pair.less.words}"
        yield f"    then: {remark.pair.more.words}"
    elif remark.example:
        yield f"    {remark.example.words}"


class Rows:
    """Where each row of a policy stands in its tables, as a spreadsheet numbers them."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def number(self, file: str, key: str) -> int | None:
        """The number of a row, None for a policy that was not read from a text."""
        return self._numbers.get((file, key))

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for file, key in KEYS.items():
            for row in read_table(file, self._policy.sources.get(file, ""), COLUMNS[file], []):
                found.setdefault((file, row.cells[key]), row.number)
        return found
