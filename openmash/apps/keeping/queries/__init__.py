from openmash.apps.keeping.queries.due import Due, Worklist, due_anywhere, worklist
from openmash.apps.keeping.queries.opened import HoldShown, Kept, hold_to_lift, holds_on, look_to_keep

__all__ = [
    "Due",
    "HoldShown",
    "Kept",
    "Worklist",
    "due_anywhere",
    "hold_to_lift",
    "holds_on",
    "look_to_keep",
    "worklist",
]
