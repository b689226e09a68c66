"""What another front door asks, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from openmash.web.layout.times import moment
from openmash.web.screening.presenters.already_known import where
from openmash.web.screening.presenters.people import known_lines, name_of


@dataclass(frozen=True)
class AskedShown:
    """`known` is what this front door's own record says; of theirs only the front door and the reference."""

    id: int
    front_door: str
    reference: str
    at: str
    name: str
    contact_id: str
    where: str = ""
    known: tuple[tuple[str, str], ...] = ()


def asked_line(asked: Any) -> AskedShown:
    """For a list."""
    return AskedShown(
        id=asked.pk,
        front_door=asked.contact.locality.name,
        reference=asked.contact.reference,
        at=moment(asked.at),
        name=name_of(asked.theirs),
        contact_id=str(asked.theirs.contact_id),
    )


def asked_shown(asked: Any, own: Any, now: datetime) -> AskedShown:
    """For the page on which it is answered."""
    line = asked_line(asked)
    known = known_lines(asked.theirs, timezone.localtime(now).date())
    return AskedShown(**{**vars(line), "where": where(own), "known": tuple(known)})
