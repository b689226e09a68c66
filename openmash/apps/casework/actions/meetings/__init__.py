"""Round the table: called, entries of each agency, held, decided for every child, ended."""

from openmash.apps.casework.actions.meetings.at_the_table import dissent, hold_meeting, make_entry
from openmash.apps.casework.actions.meetings.calling import call_meeting, children_of_household
from openmash.apps.casework.actions.meetings.deciding import (
    decide_for_child,
    decision_standing,
    end_meeting,
    say_second_word,
    undecided,
)
from openmash.apps.casework.actions.meetings.noting import (
    cases_of,
    locked_meeting,
    note_meeting,
    permitted_at,
)

__all__ = [
    "call_meeting",
    "cases_of",
    "children_of_household",
    "decide_for_child",
    "decision_standing",
    "dissent",
    "end_meeting",
    "hold_meeting",
    "locked_meeting",
    "make_entry",
    "note_meeting",
    "permitted_at",
    "say_second_word",
    "undecided",
]
