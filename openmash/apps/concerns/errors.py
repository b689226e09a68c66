"""Named refusals that carry words a person can read. Nothing typed is lost by any of them."""

from openmash.apps.concerns.rules import Reason


class NotPossibleNow(Exception):
    """The state of the contact does not allow this."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChangedMeanwhile(Exception):
    """Somebody else changed the contact since this person opened it."""

    def __init__(self, seen: int, now_at: int) -> None:
        super().__init__("Somebody else changed this while you were working on it.")
        self.seen = seen
        self.now_at = now_at


class Incomplete(Exception):
    """What was given cannot be taken as it is: reasons by field."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(reason.text for reason in reasons))
        self.reasons = reasons
