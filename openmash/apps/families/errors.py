class LinkRefused(Exception):
    """Two descriptions could not be linked; carries a reason a person can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
