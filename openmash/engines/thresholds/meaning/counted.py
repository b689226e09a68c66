"""Which contacts a rule counted: for showing beside them that they add up, and under which rule."""

from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import Case, view
from openmash.engines.thresholds.meaning.conditions_met import matched
from openmash.engines.thresholds.meaning.windows import window_of
from openmash.engines.thresholds.policy.conditions import Contacts
from openmash.engines.thresholds.policy.model import Policy


@dataclass(frozen=True)
class Counted:
    """Places in `Case.past` of the earlier contacts a rule counted, and whether the present one counts too."""

    past: tuple[int, ...]
    present: bool


def contacts_counted(policy: Policy, case: Case, rule: str) -> Counted | None:
    """What a rule counted of a case; None if it counts no contacts.

    It says nothing of whether the rule fired: what it says is what a rule that fired rests on.

    Raises:
        KeyError: the policy has no such rule.
        ValueError: as `evaluate` does.
    """
    conditions = [each for each in policy.rule(rule).conditions if isinstance(each, Contacts)]
    if not conditions:
        return None
    looked_up = view(policy, case)
    past: set[int] = set()
    present = False
    for condition in conditions:
        in_window = window_of(condition).contacts(looked_up)
        counted = {id(contact) for contact in in_window}
        past |= {place for place, contact in enumerate(looked_up.past) if id(contact) in counted}
        of_the_past = sum(each.entries if condition.entries else 1 for each in in_window)
        present = present or matched(condition, looked_up).count > of_the_past
    return Counted(tuple(sorted(past)), present)
