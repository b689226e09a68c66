"""What is told of a question besides its points: who asks whom, on account of which case, and what for.

JSON filled up with spaces to `SIZE` bytes, so that every request has one size. Neither the reference of the case nor
anything of the child is in it.
"""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from openmash.apps.private_asking.purposes import Purpose
from openmash.engines.matching.private.errors import MessageRefused

SIZE = 2_048
LONGEST = 100
"""Letters of a name: any 300 of them fit, however many bytes each takes as JSON."""


@dataclass(frozen=True)
class Told:
    """asked: the agency's number where it is answered for. case_id, by_id: the asker's own, for counting."""

    asked: int
    asker: str
    by: str
    job_title: str
    by_id: str
    case_id: str
    purpose: str

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode().ljust(SIZE)

    @classmethod
    def from_bytes(cls, message: bytes) -> "Told":
        """Raises: MessageRefused."""
        try:
            told = cls(**json.loads(message))
            texts = (told.asker, told.by, told.job_title, told.by_id)
            fine = all(isinstance(each, str) and len(each) <= LONGEST and "\0" not in each for each in texts)
            UUID(told.case_id)
            Purpose(told.purpose)
        except (ValueError, TypeError, AttributeError):
            raise MessageRefused("This does not say who asks whom, and what for.") from None
        if not fine or type(told.asked) is not int or not 0 < told.asked < 2**31:
            raise MessageRefused("This does not say who asks whom, and what for.")
        return told
