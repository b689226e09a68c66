"""Named refusals that carry words a person can read."""

from openmash.apps.policy.rules import Reason


class NoPolicyInForce(Exception):
    """Nobody has adopted a threshold policy for this moment."""


class VersionNotInForce(Exception):
    """Another version of the policy is in force than the one this was about."""

    def __init__(self) -> None:
        self.reason = "Another version of the threshold is in force now. Read that one."
        super().__init__(self.reason)


class RoundNotOpen(Exception):
    """The round has not opened yet, has closed, or is not over yet; or this person may not judge in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AlreadyJudged(Exception):
    """This person has judged what was shown at this place; an answer is never changed."""


class RoundIncomplete(Exception):
    """What was given does not make a round, or an answer: reasons by field."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(reason.text for reason in reasons))
        self.reasons = reasons


class DraftChangedMeanwhile(Exception):
    """Somebody else changed this draft since it was opened. Nothing of theirs has been overwritten."""

    def __init__(self, who: str) -> None:
        self.reason = (
            f"{who} changed this draft while you had it open. Look at what they did, then do yours again."
        )
        super().__init__(self.reason)


class DraftMoveNotPossible(Exception):
    """The draft does not stand where this can be done, or it may not be done yet; says why."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        self.reason = reason
        self.field = field
        super().__init__(reason)


class VersionNotSound(Exception):
    """The version was not shown to be everything that a policy must be; says what is in the way."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
