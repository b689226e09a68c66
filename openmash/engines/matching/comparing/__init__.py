"""How two descriptions compare, field by field: one level for each field that both of them have.

A level is the name of a row in the weights. A field that either side lacks has no level: it is no evidence.
"""

from openmash.engines.matching.comparing.fields import LEVELS, Compared, compare
from openmash.engines.matching.comparing.prepared import Prepared, prepare

__all__ = ["LEVELS", "Compared", "Prepared", "compare", "prepare"]
