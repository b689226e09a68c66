"""The columns of a policy: everything its rules look at, as one whole number for each case.

A case becomes a row, and a condition becomes questions of one kind only: is this number at least so many?
(Of an age: is it under so many?) A higher number is never less concern, and a lower age never is.
Periods are worked out as of the case's own day, so a row holds what was known then and nothing later.
"""

from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import View
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.policy.model import Answer


@dataclass(frozen=True)
class SignSeen:
    """How well a sign is known: the rank of its evidence, 0 when it was not chosen."""

    sign: str

    @property
    def name(self) -> str:
        return f"sign_{self.sign}"


@dataclass(frozen=True)
class SignAnswer:
    """The answer to a sign's own question: 0 no (or not chosen), 1 not known, 2 yes."""

    sign: str

    @property
    def name(self) -> str:
        return f"sign_{self.sign}_question"


@dataclass(frozen=True)
class SignExamples:
    """How many different examples of a sign, 0 when it was not chosen. Only signs whose examples count."""

    sign: str

    @property
    def name(self) -> str:
        return f"sign_{self.sign}_examples"


@dataclass(frozen=True)
class SignLasting:
    """How many months a sign has gone on, 0 when nobody said or it was not chosen."""

    sign: str

    @property
    def name(self) -> str:
        return f"sign_{self.sign}_months"


@dataclass(frozen=True)
class SignMayLast:
    """How many months a sign may have gone on: more than any can have when somebody did not say how long, 0 when
    it was not chosen.
    """

    sign: str

    @property
    def name(self) -> str:
        return f"sign_{self.sign}_months_at_most"


@dataclass(frozen=True)
class FactAnswer:
    """The answer to a question of fact: 0 no, 1 not known, 2 yes."""

    fact: str

    @property
    def name(self) -> str:
        return f"fact_{self.fact}"


@dataclass(frozen=True)
class YoungestAge:
    """The youngest the child may be, in months: 0 when not known or not yet born."""

    @property
    def name(self) -> str:
        return "youngest_months"


@dataclass(frozen=True)
class UnbornAnswer:
    """Whether the child is not yet born: 0 no, 1 not known, 2 yes."""

    @property
    def name(self) -> str:
        return "unborn"


@dataclass(frozen=True)
class PastContacts:
    """How many earlier contacts fall in a window, the present one left out."""

    window: Window

    @property
    def name(self) -> str:
        return f"contacts_{self.window.name}"


@dataclass(frozen=True)
class PastEntries:
    """How many entries in the record the earlier contacts of a window stand for."""

    window: Window

    @property
    def name(self) -> str:
        return f"entries_{self.window.name}"


@dataclass(frozen=True)
class PastAgencies:
    """How many different agencies made the earlier contacts of a window; `with_present` adds whoever makes
    the present one.
    """

    window: Window
    with_present: bool

    @property
    def name(self) -> str:
        return f"agencies_{self.window.name}{'_and_present' if self.with_present else ''}"


@dataclass(frozen=True)
class PresentFrom:
    """Whether the present contact is from a kind of agency: 1 if it is or may be, 0 if it is not."""

    agency_kind: str

    @property
    def name(self) -> str:
        return f"present_from_{self.agency_kind}"


Column = (
    SignSeen
    | SignAnswer
    | SignExamples
    | SignLasting
    | SignMayLast
    | FactAnswer
    | YoungestAge
    | UnbornAnswer
    | PastContacts
    | PastEntries
    | PastAgencies
    | PresentFrom
)


@dataclass(frozen=True)
class Atom:
    """One yes-or-no question about a column: is it at least `bound`? Of an age: is it under `bound`?"""

    column: Column
    bound: int

    @property
    def falls(self) -> bool:
        """Whether the answer is yes below the bound and not from it on."""
        return isinstance(self.column, YoungestAge)

    def holds(self, value: int) -> bool:
        return value < self.bound if self.falls else value >= self.bound


def value_of(column: Column, case: View) -> int:
    """The number a case has in a column."""
    match column:
        case SignSeen(sign):
            return case.seen[sign].evidence if sign in case.seen else 0
        case SignAnswer(sign):
            return case.seen[sign].answer.rank if sign in case.seen else 0
        case SignExamples(sign):
            return case.seen[sign].examples if sign in case.seen else 0
        case SignLasting(sign):
            return (case.seen[sign].lasting or 0) if sign in case.seen else 0
        case SignMayLast(sign):
            return case.seen[sign].longest if sign in case.seen else 0
        case FactAnswer(fact):
            return case.fact(fact).rank
        case YoungestAge():
            return 0 if case.unborn is Answer.YES or case.age is None else case.age[0]
        case UnbornAnswer():
            return case.unborn.rank
    return _counted(column, case)


def _counted(column: PastContacts | PastEntries | PastAgencies | PresentFrom, case: View) -> int:
    match column:
        case PastContacts(window):
            return len(window.contacts(case))
        case PastEntries(window):
            return sum(contact.entries for contact in window.contacts(case))
        case PastAgencies(window, with_present):
            agencies = {contact.agency for contact in window.contacts(case)}
            return len((agencies | ({case.agency} if with_present else set())) - {""})
        case PresentFrom(agency_kind):
            return int(case.agency_kind in ("", agency_kind))
