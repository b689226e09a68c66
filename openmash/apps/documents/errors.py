"""Why a file was not taken, or is not opened, in words a person can read."""


class NotTaken(Exception):
    """A file was not taken. Nothing of it was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotOpened(Exception):
    """A file that is kept is not opened."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ScannerUnavailable(Exception):
    """The virus scanner cannot be reached."""
