from openmash.apps.access.errors import Refused


class LimitReached(Refused):
    """Somebody has asked as often as they may. Recorded like every other refusal."""

    def __init__(self, reason: str, *, asked_agency_id: int) -> None:
        super().__init__(
            reason, verb="ask_privately", subject_kind="private_answers", subject_id=asked_agency_id
        )


class CannotBeShielded(Exception):
    """A shield that cannot be put on or ended: says why, in words a person can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotBeAsked(Exception):
    """A question that cannot be put: says what is missing, in words a person can read. Nothing was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
