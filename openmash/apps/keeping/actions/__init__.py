from openmash.apps.keeping.actions.deciding import agree_to_removal, decide_removal, keep_longer
from openmash.apps.keeping.actions.holding import lift_hold, place_hold

__all__ = ["agree_to_removal", "decide_removal", "keep_longer", "lift_hold", "place_hold"]
