"""Decisions about sharing that are no answer to a request: not to ask, to share unasked, and not to share."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.follow_ups import settle_wanted
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.sharing.actions.keeping import ToWhom, guide_at, keep_not_shared, keep_shared
from openmash.apps.sharing.errors import Incomplete
from openmash.apps.sharing.guides import grounds_for_agency
from openmash.apps.sharing.models import NotShared, Shared
from openmash.apps.sharing.rules import why_not_grounds

OWN = "writes down what they themselves decided"


@acting
@transaction.atomic
def decide_not_to_ask(*, contact_id: UUID, key: str, reason: str, by: Person, now: datetime) -> None:
    """Decline what rule C16 proposes, with a reason. What is not known stays not known.

    Raises:
        Refused, Incomplete, NotPossibleNow: it stands as before.
    """
    note = f"Nobody was asked. {reason}" if reason.strip() else ""
    settle_wanted(contact_id=contact_id, key=key, note=note, by=by, now=now)


def _lacking(about: str, with_whom: str, what: str) -> list[Reason]:
    given = {
        "about": (about, "Write whom it was about."),
        "with_whom": (with_whom, "Write with whom."),
        "what": (what, "Write what it was."),
    }
    return [Reason(field, words) for field, (text, words) in given.items() if not text.strip()]


@acting
@transaction.atomic
def write_down_shared(
    *, about: str, with_whom: str, what: str, grounds: Sequence[str], by: Person, now: datetime
) -> Shared:
    """Write down what one shared in another way: by telephone, at a meeting, on paper. Each line of `what` is a field.

    Raises:
        Incomplete: what is lacking, by field.
    """
    known = [each.id for each in grounds_for_agency(by.agency, guide_at(now))]
    reasons = [*_lacking(about, with_whom, what), *why_not_grounds(grounds, known)]
    if reasons:
        raise Incomplete(reasons)
    return keep_shared(
        to=ToWhom(with_whom),
        about=about,
        fields=[("Shared", line.strip()) for line in what.splitlines() if line.strip()],
        grounds=grounds,
        by=by,
        ground=OWN,
        now=now,
    )


@acting
@transaction.atomic
def write_down_not_shared(
    *, about: str, with_whom: str, what: str, reason: str, by: Person, now: datetime
) -> NotShared:
    """Write down what one decided not to share, and why.

    Raises:
        Incomplete: what is lacking, by field.
    """
    reasons = _lacking(about, with_whom, what)
    if not reason.strip():
        reasons.append(Reason("reason", "Write why you did not share it."))
    if reasons:
        raise Incomplete(reasons)
    return keep_not_shared(
        about=about, with_whom=with_whom, what=what, reason=reason, by=by, ground=OWN, now=now
    )
