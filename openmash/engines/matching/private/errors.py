class NotInstalled(Exception):
    """The cryptographic library of the extra `private` is missing."""

    def __init__(self) -> None:
        super().__init__(
            "Asking privately needs the extra “private”: install OpenMASH with openmash[private]."
        )


class MessageRefused(ValueError):
    """A message of the protocol is not one that an honest side sends. Says why; never repeats the message."""
