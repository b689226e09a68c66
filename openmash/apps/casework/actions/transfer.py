"""A child moves away: offered to another area, taken over, given back, or handed over outside the partnership."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, check_move, locked, take
from openmash.apps.casework.actions.stages import keep_closure
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Case, Closure, HandedOver, StageOpen, TransferOut
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import Stage
from openmash.apps.casework.standing import leaving
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Locality, Person


@acting
@transaction.atomic
def transfer(
    *,
    case_id: UUID,
    seen_version: int | None,
    to: Locality | None,
    outside: str = "",
    written: Written,
    by: Person,
    now: datetime,
) -> Case:
    """Give notice to another area, of this partnership (`to`) or `outside` it. Help goes on until it takes over."""
    case = locked(case_id, seen_version)
    taken = check_move(case, "transfer", "", written, by=by, now=now)
    if (to is None) == (not outside.strip()) or (to is not None and to.pk == case.locality_id):
        said = "Choose the area the child has moved to, or write the name of one outside: one of the two."
        raise Incomplete([Reason("place", said)])
    area = to.name if to is not None else outside.strip()
    notice = TransferOut.objects.create(case=case, area=area, locality=to, by=by, at=now)
    take(taken, Around(detail={"transfer": notice.pk}), moving_to=to)
    return case


@acting
@transaction.atomic
def accept_transfer(
    *, case_id: UUID, seen_version: int | None, written: Written, by: Person, now: datetime
) -> Case:
    """Take over the work: from now on it is this area's, and whoever led it leads until somebody here does.

    A child with a protection plan keeps it, and the transfer-in conference is counted from the notice.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "accept_transfer", "", written, by=by, now=now)
    notice = StageOpen.objects.filter(case=case, stage=Stage.TRANSFER).latest("id")
    detail = {"place": {"from": case.locality_id, "to": case.moving_to_id}}
    around = Around(moments={"received": notice.at}, detail=detail)
    take(taken, around, locality=case.moving_to, moving_to=None)
    return case


@acting
@transaction.atomic
def return_transfer(
    *, case_id: UUID, seen_version: int | None, written: Written, by: Person, now: datetime
) -> Case:
    """Give the work back to the area that asked, with the reason."""
    case = locked(case_id, seen_version)
    take(check_move(case, "return_transfer", "", written, by=by, now=now), moving_to=None)
    return case


@acting
@transaction.atomic
def withdraw_transfer(
    *, case_id: UUID, seen_version: int | None, written: Written, by: Person, now: datetime
) -> Case:
    """Take the notice back: the child stays here after all."""
    case = locked(case_id, seen_version)
    take(check_move(case, "withdraw_transfer", "", written, by=by, now=now), moving_to=None)
    return case


@acting
@transaction.atomic
def hand_over(
    *,
    case_id: UUID,
    seen_version: int | None,
    said_by: str,
    decided: str,
    written: Written,
    tell: Sequence[Person],
    by: Person,
    now: datetime,
) -> Closure:
    """End the work here on the word of an area outside that it has taken over.

    Raises:
        Incomplete: what is lacking, by field; above all who there said so, and what they decided.
        NotPossibleNow: the notice went to an area of this partnership, which takes over by itself.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "hand_over", "", written, by=by, now=now)
    notice = leaving(case)
    if notice is None or notice.locality_id is not None:
        raise NotPossibleNow("The notice went to an area of this partnership: its team manager takes over.")
    asked = {
        "said_by": (said_by, "Write who there said that they have taken over."),
        "decided": (decided, "Write what the other area decided for the child."),
    }
    lacking = [Reason(name, words) for name, (text, words) in asked.items() if not text.strip()]
    if lacking:
        raise Incomplete(lacking)
    HandedOver.objects.create(case=case, transfer=notice, said_by=said_by, decided=decided, by=by, at=now)
    closure = keep_closure(taken, tell)
    take(taken, Around(closure=closure, detail={"transfer": notice.pk, "closure": closure.pk}))
    return closure
