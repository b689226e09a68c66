from collections.abc import Iterable
from uuid import UUID


class LinkRefused(Exception):
    """Two descriptions could not be linked, or told apart; carries a reason a person can read.

    `rests_on` are the descriptions that stand in the way. Who may not see them may not be told the reason either.
    """

    def __init__(self, reason: str, *, rests_on: Iterable[UUID] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.rests_on = frozenset(rests_on)


class SayingRefused(Exception):
    """What was to be said of a person could not be kept; carries a reason a person can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
