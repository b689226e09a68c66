"""Somebody told about before by the same raiser: their details, to be taken over and changed where needed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from openmash.apps.concerns.queries.as_raised import as_raised
from openmash.apps.concerns.queries.as_told import people_as_told
from openmash.apps.concerns.queries.heard import is_guarded
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.web.layout.templatetags.gds import day
from openmash.web.raising.prefill import child_page, person_page
from openmash.web.raising.typed import Values


@dataclass(frozen=True)
class ToldAgain:
    """The page as it would be typed. `said` is for a child of an earlier concern: whose child it is."""

    page: Values
    said: Values
    locality: str


def told_in_part(chosen: str, page: str, *, by: Any, now: datetime) -> ToldAgain | None:
    """What was told in one part of an earlier contact (`contact:part`), for a page of that kind.

    The look is written down. None when there is no such part, or somebody else may be reading.

    Raises:
        Refused: it is not theirs.
    """
    contact_id, _, part_id = chosen.partition(":")
    try:
        contact = look_as_raiser(UUID(contact_id), by=by, now=now)
    except (ValueError, ObjectDoesNotExist):
        return None
    part = next((part for part in as_raised(contact).parts if str(part.pk) == part_id), None)
    if part is None or is_guarded(contact):
        return None
    (told,) = people_as_told([part.description])
    locality = str(contact.locality_id)
    if not page.startswith("child-"):
        return ToldAgain(person_page(told, part.role if part.role != "subject" else ""), {}, locality)
    said = f"You told us about this child on {day(contact.received_at)} ({contact.reference})."
    whose = {"contact": [str(contact.pk)], "said": [said]} if part.role == "subject" else {}
    return ToldAgain(child_page(told), whose, locality)
