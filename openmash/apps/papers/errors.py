"""Named refusals that carry words a person can read."""

from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.documents.errors import NotOpened, NotTaken

__all__ = ["Incomplete", "NotOpened", "NotPossibleNow", "NotTaken"]
