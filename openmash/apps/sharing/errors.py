"""Named refusals that carry words a person can read. Nothing typed is lost by any of them."""

from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow

__all__ = ["ChangedMeanwhile", "Incomplete", "NotPossibleNow"]
