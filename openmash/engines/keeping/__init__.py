"""How long each kind of record is kept: the dated text, and the day until which it means.

Owns: the text (`parse`, `Schedule`) and the sum (`keep_until`). Does not own: records, or any decision about one.
"""

from openmash.engines.keeping.parse import parse
from openmash.engines.keeping.schedule import FILES, Kind, Period, Schedule, keep_until

__all__ = ["FILES", "Kind", "Period", "Schedule", "keep_until", "parse"]
