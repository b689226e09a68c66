"""Until when registers may be kept. From the day after, nothing made of one is shown, said or worked out."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.models import LinkingRun

GONE_BY = "A register of this run was to be kept until a day that has gone by. Nothing more can be said of its pairs."


def day_of(now: datetime) -> date:
    """The day in England."""
    return timezone.localtime(now).date()


def kept_on(day: date) -> QuerySet[LinkingRun]:
    """Runs of which both registers may still be kept on a day."""
    return LinkingRun.objects.filter(one__keep_until__gte=day, other__keep_until__gte=day)


def must_be_kept(run: LinkingRun, *, now: datetime) -> None:
    """Go on only while both registers of a run may be kept.

    Raises:
        RegisterRefused: one may not any more.
    """
    if min(run.one.keep_until, run.other.keep_until) < day_of(now):
        raise RegisterRefused(GONE_BY)
