"""The shape of a local history: three tables, whatever system they came from.

Unknown is null, and never "no": of a contact with no `closed_at_door` nobody knows whether it was closed, and it is
counted as not known. Dates are days in England. Ids are the source's own; they join tables and are never shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

import pyarrow as pa

from openmash.engines.review.local.store import InMemory, Store


@dataclass(frozen=True)
class Column:
    """A column: its name, its type, what it holds, and whether a row must have it."""

    name: str
    type: pa.DataType
    holds: str
    must: bool = False


CONTACTS = (
    Column("contact", pa.string(), "the concern; one that is about three children has three rows", must=True),
    Column(
        "child",
        pa.string(),
        "the child; null when nobody knows who it is, and then nothing after can be seen",
    ),
    Column("received_on", pa.date32(), "the day it reached the front door", must=True),
    Column("decided_on", pa.date32(), "the day it was decided; null when it is not decided, or nobody knows"),
    Column("answered_on", pa.date32(), "the day whoever raised it was answered"),
    Column("seen_on", pa.date32(), "the first day from then on that the child was seen"),
    Column(
        "hours_to_decision", pa.float64(), "hours from receipt to the decision; null where only days are kept"
    ),
    Column(
        "hours_to_answer", pa.float64(), "hours from receipt to the answer; null where only days are kept"
    ),
    Column("team", pa.string(), "the front door or team that decided it"),
    Column("agency", pa.string(), "the agency that raised it, by name; null for the public"),
    Column(
        "agency_kind", pa.string(), "what kind of agency or person raised it: a word of `kinds.AGENCY_KINDS`"
    ),
    Column("policy_level", pa.string(), "what the published threshold said, by its code, such as 3 or I"),
    Column("policy_rank", pa.int8(), "the rank of that level, from 1; higher is more serious"),
    Column("decided_level", pa.string(), "what a person decided, by the code of the level"),
    Column("decided_rank", pa.int8(), "the rank of that"),
    Column("override_reason", pa.string(), "the kind of reason given for another level than the policy's"),
    Column(
        "lacked_capacity",
        pa.bool_(),
        "whether something could not be offered in time for want of staff or places",
    ),
    Column("first_answer", pa.string(), "the response first decided on, such as advice_only or early_help"),
    Column("closed_at_door", pa.bool_(), "whether that response ended the matter at the front door"),
    Column(
        "signs",
        pa.list_(pa.string()),
        "the signs that counted, by their ids; empty for none, null for not known",
    ),
    Column("age_months", pa.int16(), "the child's age when it was received; 0 before birth"),
    Column("need", pa.string(), "the main need, as the source codes it, such as N1 of the census"),
)
AGE_IN_MONTHS = """
    CREATE MACRO age_in_months(born, received) AS CASE WHEN born IS NOT NULL THEN
        greatest(0, date_diff('month', born, received) - (day(born) > day(received))::INT)::SMALLINT END
"""
"""What `age_months` is, for readers that work with DuckDB."""

CHILDREN = (
    Column("child", pa.string(), "the child", must=True),
    Column("household", pa.string(), "children of one household are not independent of one another"),
    Column("born_on", pa.date32(), "the date of birth, from which it is known when they turn 18"),
    Column("sex", pa.string(), "female or male"),
    Column("ethnicity", pa.string(), "a group, as the source names it; refused and not asked are null"),
    Column("disabled", pa.bool_(), "whether a disability is recorded"),
    Column(
        "deprivation", pa.int8(), "the fifth of small areas the home is in: 1 the most deprived, 5 the least"
    ),
    Column("followed_to", pa.date32(), "the last day on which an event would have been known", must=True),
)
EVENTS = (
    Column("child", pa.string(), "the child", must=True),
    Column("on", pa.date32(), "the day", must=True),
    Column("kind", pa.string(), "a word of `EventKind`", must=True),
    Column("contact", pa.string(), "the concern it followed from, where that is known"),
)


class EventKind(StrEnum):
    """What can come after a decision. `RE_REFERRAL` and `TURNED_18` are worked out here and never read in."""

    RE_REFERRAL = "re_referral"
    ASSESSED = "assessed"
    ENQUIRY = "enquiry"
    CONFERENCE = "conference"
    PLAN = "plan"
    CARE = "care"
    OPENED = "opened"
    MOVED = "moved"
    DIED = "died"
    TURNED_18 = "turned_18"


MEANINGS = {
    EventKind.RE_REFERRAL: "another concern about the same child",
    EventKind.ASSESSED: "an assessment began",
    EventKind.ENQUIRY: "a section 47 enquiry began",
    EventKind.CONFERENCE: "an initial child protection conference was held",
    EventKind.PLAN: "a child protection plan began",
    EventKind.CARE: "the child came into care",
    EventKind.OPENED: "the work was opened by another route than a concern",
    EventKind.MOVED: "the child moved to another area",
    EventKind.DIED: "the child died",
    EventKind.TURNED_18: "the child turned 18",
}


def schema(columns: Iterable[Column]) -> pa.Schema:
    """The Arrow schema of one of the three tables."""
    return pa.schema([pa.field(each.name, each.type, nullable=not each.must) for each in columns])


class CannotRead(Exception):
    """Nothing of a source can be used. The text says why, and what to do."""


@dataclass(frozen=True)
class Fault:
    """Something that could not be read: where it stands in the source, and what was wrong, in plain words."""

    where: str
    what: str


class Source(Protocol):
    """What the review is worked out from: a history read here, or one that stays where it is."""

    @property
    def source(self) -> str:
        """What it is called."""
        ...

    @property
    def followed_to(self) -> date:
        """The last day of it; no child is followed longer."""
        ...

    @property
    def has(self) -> frozenset[str]:
        """The columns it keeps at all: what it does not keep is not shown, and never as none."""
        ...

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was left out of it."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of it to read any of it."""
        ...

    def opened(self) -> Store:
        """Its tables, ready to be asked."""
        ...


@dataclass(frozen=True)
class History:
    """Everything the review is worked out from. The tables are as `CONTACTS`, `CHILDREN` and `EVENTS` say.

    `followed_to` is the last day of the source; no child is followed longer. `has` names the columns the source keeps
    at all: what it does not keep is not shown, and never as none. `faults` are what was left out of it, `notes` what
    must be known of the source to read any of it.
    """

    source: str
    followed_to: date
    contacts: pa.Table
    children: pa.Table
    events: pa.Table
    has: frozenset[str] = frozenset(column.name for column in CONTACTS + CHILDREN)
    faults: tuple[Fault, ...] = field(default=())
    notes: tuple[str, ...] = ()

    def opened(self) -> Store:
        """The tables, ready to be asked."""
        return InMemory(self.contacts, self.children, self.events)


def history(
    source: str,
    followed_to: date,
    contacts: pa.Table,
    children: pa.Table,
    events: pa.Table,
    has: Iterable[str] | None = None,
    faults: Iterable[Fault] = (),
    notes: Iterable[str] = (),
) -> History:
    """A history whose tables have the columns and types they should, and no null where there may be none.

    Raises:
        ValueError: a reader made something else. The text says what.
    """
    shaped = {
        name: _shaped(name, table, columns)
        for name, table, columns in (
            ("contacts", contacts, CONTACTS),
            ("children", children, CHILDREN),
            ("events", events, EVENTS),
        )
    }
    kept = frozenset(column.name for column in CONTACTS + CHILDREN) if has is None else frozenset(has)
    return History(source, followed_to, **shaped, has=kept, faults=tuple(faults), notes=tuple(notes))


def _shaped(name: str, table: pa.Table, columns: tuple[Column, ...]) -> pa.Table:
    shape = schema(columns)
    if missing := set(shape.names) - set(table.column_names):
        raise ValueError(f"{name} has no {', '.join(sorted(missing))}")
    made = table.select(shape.names)
    for column in columns:
        if column.must and made[column.name].null_count:
            raise ValueError(f"{column.name} of {name} must not be null")
    return made.cast(shape)
