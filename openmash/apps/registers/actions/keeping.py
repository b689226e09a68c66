"""Registers whose day has gone by: nobody is found by them any more, and what they said of people is erased."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import events_about
from openmash.apps.families.actions import remove_from_index
from openmash.apps.registers.keeping import day_of
from openmash.apps.registers.models import Pair, PairHeld, PairSaid, PairSaidTakenBack, Register, RowSaid

ERASE = "erase_register"


@acting
def erase_those_past_their_day(*, now: datetime) -> list[UUID]:
    """Erase every register that may not be kept any more, once.

    Its rows, the rows to mend, the pairs made of them and what was said of all these go. That it was handed over, for
    what and by whom, and what runs over it came to in numbers stays. The database lets nothing else be removed.
    """
    past = Register.objects.filter(keep_until__lt=day_of(now))
    return [each.pk for each in past if _erased(each, now)]


@transaction.atomic
def _erased(register: Register, now: datetime) -> bool:
    Register.objects.select_for_update().get(pk=register.pk)
    if events_about("register", register.pk).filter(verb=ERASE).exists():
        return False
    remove_from_index(source="register", record_ids=register.rows.values_list("pk", flat=True))
    pairs = Pair.objects.filter(Q(run__one=register) | Q(run__other=register))
    record(
        by=None,
        verb=ERASE,
        subject_kind="register",
        subject_id=register.pk,
        ground=f"to be kept until {register.keep_until:%-d %B %Y}",
        now=now,
        detail={"rows": register.rows.count(), "pairs": pairs.count()},
    )
    for made_of_it in (
        PairSaidTakenBack.objects.filter(said__pair__in=pairs),
        PairSaid.objects.filter(pair__in=pairs),
        PairHeld.objects.filter(pair__in=pairs),
        pairs,
        register.rows_to_mend.all(),
        RowSaid.objects.filter(register=register),
        register.rows.all(),
    ):
        made_of_it.delete()
    return True
