"""The wide table: one row for each case, and one column of whole numbers for each thing the rules look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from inspect import cleandoc

from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
)
from openmash.engines.thresholds.compiled.compile import CompiledPolicy
from openmash.engines.thresholds.meaning.case import LONG_ENOUGH
from openmash.engines.thresholds.policy.model import Answer, Policy

LONGEST_NAME = 63
"""PostgreSQL cuts a longer name off without a word; every other warehouse here allows as much or more."""


@dataclass(frozen=True)
class WideColumn:
    """A column of the table. `when_empty` is the number that an empty (null) cell stands for."""

    name: str
    column: Column
    when_empty: int
    meaning: str


class Names:
    """Names that stay apart in a database that does not tell capitals from small letters, and fit into it."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}

    def new(self, wanted: str) -> str:
        """The name itself, unless it is too long or taken: then with something added to tell it apart."""
        name = wanted if len(wanted) <= LONGEST_NAME else _shortened(wanted)
        number = 2
        while name.lower() in self._taken:
            name, number = f"{wanted[: LONGEST_NAME - 8]}_{number}", number + 1
        self._taken.add(name.lower())
        return name


def _shortened(name: str) -> str:
    mark = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{mark}"


def wide_columns(compiled: CompiledPolicy) -> dict[Column, WideColumn]:
    """Every column that any gate of the policy looks at, in the order in which the rules first ask for it.

    Names are unique without regard to capitals and at most `LONGEST_NAME` characters. One table so serves
    every gate.
    """
    names, policy = Names(), compiled.policy
    found: dict[Column, WideColumn] = {}
    for gate in compiled.gates.values():
        for atom in compiled.circuit.atoms([*gate.responses().values(), *gate.routes.values()]):
            if atom.column not in found:
                found[atom.column] = wide_column(atom.column, policy, names.new(atom.column.name))
    return found


def wide_column(column: Column, policy: Policy, name: str) -> WideColumn:
    """A column with what a policy says of it."""
    return WideColumn(name, column, when_empty(column), _meaning(column, policy))


def when_empty(column: Column) -> int:
    """What nothing written in a column stands for: never a no where a question could have been asked.

    A question not answered is "not known"; whoever got in touch may be of any kind of agency; a child whose
    age is not written may be the youngest; and a sign of which nobody wrote how long may have gone on for as long
    as could be. A sign that nobody wrote was not chosen, and a contact that nobody wrote is not counted: 0.
    """
    match column:
        case FactAnswer() | SignAnswer() | UnbornAnswer():
            return Answer.NOT_KNOWN.rank
        case PresentFrom():
            return 1
        case SignMayLast():
            return LONG_ENOUGH
    return 0


def _meaning(column: Column, policy: Policy) -> str:
    """What the column means, in one line: what its kind means, and the policy's own words of this one."""
    kind = " ".join(cleandoc(type(column).__doc__ or "").split())
    return " ".join(f"{kind} {_words(column, policy)}".split())


def _words(column: Column, policy: Policy) -> str:
    match column:
        case SignAnswer(sign):
            return f"{sign}: {policy.sign(sign).immediate_question}"
        case SignSeen(sign) | SignExamples(sign) | SignLasting(sign) | SignMayLast(sign):
            return f"{sign}: {policy.sign(sign).wording}"
        case FactAnswer(fact):
            return policy.fact(fact).question
        case PastContacts(window) | PastEntries(window) | PastAgencies(window):
            return f"The window: {window.months} months back from the case's own day{_narrowed(column)}."
        case PresentFrom(agency_kind):
            return f"The kind: {agency_kind}."
    return ""


def _narrowed(column: PastContacts | PastEntries | PastAgencies) -> str:
    window = column.window
    parts = [
        f"of the kind {window.kind}" if window.kind else "",
        f"from {window.agency_kind} or an agency of a kind not known" if window.agency_kind else "",
        "without an assessment since" if window.unassessed else "",
    ]
    return "".join(f", {part}" for part in parts if part)
