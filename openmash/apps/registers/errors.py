"""Named refusals that carry words a person can read."""


class RegisterRefused(Exception):
    """A register, a run or a word on a pair cannot be taken as it is; says why, and beside which field."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
