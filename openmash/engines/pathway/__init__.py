"""How an area works with children, as dated text: what its stages are called, which clocks run, who must meet.

`parse` reads a folder or texts and refuses what is wrong with them in the author's words; `check` asks whether
they fit the stages and verbs of the record. Nothing here knows a child, a table or the time.
"""

from openmash.engines.pathway.check import check
from openmash.engines.pathway.parse import FILES, parse
from openmash.engines.pathway.practice import (
    AGREED_DATE,
    ANY_STAGE,
    WEEKS_BEFORE,
    ClockDefinition,
    Need,
    Practice,
    StageNamed,
)
from openmash.engines.pathway.quorum import missing_from

__all__ = [
    "AGREED_DATE",
    "ANY_STAGE",
    "FILES",
    "WEEKS_BEFORE",
    "ClockDefinition",
    "Need",
    "Practice",
    "StageNamed",
    "check",
    "missing_from",
    "parse",
]
