"""A policy, or a thousand, over everybody who came before: what each would have said, and what changes.

Owns: a population as columns and as rows of bits, replaying a policy over it, comparing versions, counting
work by week, agency, sign or group, and sweeping over the numbers that a policy could have had.
Does not own: what a policy means (`meaning`) or its circuit (`compiled`), and where the cases come from.

It says what a policy would have said, never what should have been done for any one child.
"""

from openmash.engines.thresholds.replay.errors import (
    ColumnMissing,
    LabelMissing,
    NoSuchKnob,
    NotWholeNumbers,
    ReadDifferently,
    WindowMissing,
)
from openmash.engines.thresholds.replay.knobs import Knob, Move, knobs, varied, with_moves
from openmash.engines.thresholds.replay.population import Label, Population, columns_needed
from openmash.engines.thresholds.replay.replayed import (
    Replayed,
    RuleCounts,
    flipped,
    flips,
    replay,
    replay_together,
)
from openmash.engines.thresholds.replay.sweeping import Sweep, Swept, sweep

__all__ = [
    "ColumnMissing",
    "Knob",
    "Label",
    "LabelMissing",
    "Move",
    "NoSuchKnob",
    "NotWholeNumbers",
    "Population",
    "ReadDifferently",
    "Replayed",
    "RuleCounts",
    "Sweep",
    "Swept",
    "WindowMissing",
    "columns_needed",
    "flipped",
    "flips",
    "knobs",
    "replay",
    "replay_together",
    "sweep",
    "varied",
    "with_moves",
]
