"""The conditions a rule may set: each a minimum, so that more concern can never make one fail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signs:
    """At least `least` different signs of a kind, across at least `domains` domains.

    The kind is narrowed by whatever is given: one `sign`; a `level` code; a set (`of`, which may also be
    the name of a kind of contact: the signs that accumulate as it); `immediacy` "always" or "unless".
    With `not_ruled_out`, an "unless" sign counts unless its question was answered no. `evidence` is the
    least grade that satisfies it, which every policy must name. `lasting` is the least number of months
    each must have gone on (0 for any); with `lasting_open`, a sign of which somebody did not say how long
    may have gone on so long.
    """

    least: int
    sign: str = ""
    level: str = ""
    of: str = ""
    immediacy: str = ""
    not_ruled_out: bool = False
    evidence: str = ""
    domains: int = 1
    lasting: int = 0
    lasting_open: bool = False


@dataclass(frozen=True)
class Examples:
    """At least `least` different examples of one sign, known at least as well as `evidence`."""

    least: int
    sign: str
    evidence: str = ""


@dataclass(frozen=True)
class Contacts:
    """At least `least` contacts (or chronology entries) within `months` months, the present one included.

    `kind` narrows to contacts that accumulate as it ("" for any), `agency_kind` to those by one kind of
    agency; `agencies` is the least number of different agencies; `unassessed` leaves out contacts since
    which an assessment has been made.
    """

    least: int
    months: int
    kind: str = ""
    entries: bool = False
    agencies: int = 1
    agency_kind: str = ""
    unassessed: bool = False


@dataclass(frozen=True)
class ChildUnder:
    """The child is younger than this, or could be: an age that is not known satisfies it."""

    months: int


@dataclass(frozen=True)
class Unborn:
    """The child is not yet born; with `not_ruled_out`, is not yet born or nobody knows."""

    not_ruled_out: bool = False


@dataclass(frozen=True)
class Facts:
    """A fact, or any fact of a set, answered yes; with `not_ruled_out`, answered yes or not known."""

    fact: str = ""
    of: str = ""
    not_ruled_out: bool = False


@dataclass(frozen=True)
class Reached:
    """The level worked out from every other rule is this one or more. Only for rules that set duties."""

    level: str


Condition = Signs | Examples | Contacts | ChildUnder | Unborn | Facts | Reached
