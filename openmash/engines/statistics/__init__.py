"""Statistics: how far people agree, with how sure one can be of it.

Owns: Krippendorff's alpha and shares, each with an interval, and saying when there is not enough to say.
Does not own: who is compared with whom, or how few people may be shown. Written here because the only
library for alpha (krippendorff, GPL-3) may not be used in an MIT product.
"""

from openmash.engines.statistics.agreement import Alpha, alpha
from openmash.engines.statistics.estimates import Interval, NotEnough
from openmash.engines.statistics.shares import Share, clustered_share, share

__all__ = [
    "Alpha",
    "Interval",
    "NotEnough",
    "Share",
    "alpha",
    "clustered_share",
    "share",
]
