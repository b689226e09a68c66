"""From a case to its row: the number it has in each column of a policy."""

from collections.abc import Iterator, Sequence
from datetime import date

from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    value_of,
)
from openmash.engines.thresholds.meaning.case import Case, View, view
from openmash.engines.thresholds.policy.model import Policy


class Rows:
    """The rows of cases under one policy.

    Of a sign that was not chosen, and a fact that was not asked about, a case has what a case has of which
    nothing is known. So only the columns about what was said of it need looking at.
    """

    def __init__(self, policy: Policy, columns: Sequence[Column], gate: str = "") -> None:
        self.columns = columns
        nothing = view(policy, Case(date.min), gate)
        self.empty = [value_of(column, nothing) for column in columns]
        self._of_sign: dict[str, list[int]] = {}
        self._of_fact: dict[str, list[int]] = {}
        self._always: list[int] = []
        for place, column in enumerate(columns):
            match column:
                case (
                    SignSeen(sign)
                    | SignAnswer(sign)
                    | SignExamples(sign)
                    | SignLasting(sign)
                    | SignMayLast(sign)
                ):
                    self._of_sign.setdefault(sign, []).append(place)
                case FactAnswer(fact):
                    self._of_fact.setdefault(fact, []).append(place)
                case _:
                    self._always.append(place)

    def told(self, case: View) -> Iterator[tuple[int, int]]:
        """The place and the number of each column that a case says something about."""
        columns = self.columns
        for place in self._places(case):
            yield place, value_of(columns[place], case)

    def _places(self, case: View) -> Iterator[int]:
        yield from self._always
        for sign in case.seen:
            yield from self._of_sign.get(sign, ())
        for fact in case.facts:
            yield from self._of_fact.get(fact, ())

    def row(self, case: View) -> list[int]:
        """A whole row: one number for each column."""
        row = list(self.empty)
        for place, number in self.told(case):
            row[place] = number
        return row
