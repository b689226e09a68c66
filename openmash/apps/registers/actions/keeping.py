"""Registers whose day has gone by: nobody is found by them any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import events_about
from openmash.apps.families.actions import remove_from_index
from openmash.apps.registers.keeping import day_of
from openmash.apps.registers.models import Register

OUT = "take_register_out"


def take_out_those_past_their_day(*, now: datetime) -> list[UUID]:
    """Take every register that may not be kept any more out of the index, once."""
    past = Register.objects.filter(keep_until__lt=day_of(now))
    return [each.pk for each in past if _taken_out(each, now)]


@transaction.atomic
def _taken_out(register: Register, now: datetime) -> bool:
    Register.objects.select_for_update().get(pk=register.pk)
    if events_about("register", register.pk).filter(verb=OUT).exists():
        return False
    remove_from_index(source="register", record_ids=register.rows.values_list("pk", flat=True))
    record(
        by=None,
        verb=OUT,
        subject_kind="register",
        subject_id=register.pk,
        ground=f"to be kept until {register.keep_until:%-d %B %Y}",
        now=now,
    )
    return True
