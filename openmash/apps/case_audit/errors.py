"""Refusals in words a person can read."""

from collections.abc import Sequence

from openmash.apps.policy.rules import Reason


class SampleIncomplete(ValueError):
    """What is lacking, by field."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(each.text for each in reasons))
        self.reasons = tuple(reasons)


class NotNow(ValueError):
    """It cannot be done as things stand."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
