"""Can we cope: what happens to waiting when children come to a team that can hold only so many.

Owns: a simulation of a team as slots that children occupy for as long as the work lasts, with season, absence,
empty posts and children who come back; the same at other loads and with other numbers of people; what a team's own
list of allocations says about all of these.
Does not own: where the numbers come from, and any threshold. What comes out is a reason to ask for people, and never a
reason for a level: a child whose need meets the threshold meets it however many are waiting.

Times are in days, each week has seven. A wait runs from the day a child is accepted to the day somebody takes the work.
"""

from openmash.engines.coping.holding_out import Foreseen, check_held, hold_out
from openmash.engines.coping.inputs import Demand, LogNormal, Measured, NotPossible, Scenario, Team
from openmash.engines.coping.learning import Allocation, Learned, learn
from openmash.engines.coping.outcomes import Estimate, Outcome, simulate
from openmash.engines.coping.reading import read_allocations
from openmash.engines.coping.sweeping import Cliff, cliff, fewest_children, runs_within, with_people

__all__ = [
    "Allocation",
    "Cliff",
    "Demand",
    "Estimate",
    "Foreseen",
    "Learned",
    "LogNormal",
    "Measured",
    "NotPossible",
    "Outcome",
    "Scenario",
    "Team",
    "check_held",
    "cliff",
    "fewest_children",
    "hold_out",
    "learn",
    "read_allocations",
    "runs_within",
    "simulate",
    "with_people",
]
