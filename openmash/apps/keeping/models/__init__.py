from openmash.apps.keeping.models.decided import Decision, Removed, RemovedPart
from openmash.apps.keeping.models.hold import Hold, HoldLifted

__all__ = ["Decision", "Hold", "HoldLifted", "Removed", "RemovedPart"]
