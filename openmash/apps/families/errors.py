class LinkRefused(Exception):
    """Two descriptions could not be linked, or told apart; carries a reason a person can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SayingRefused(Exception):
    """What was to be said of a person could not be kept; carries a reason a person can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
