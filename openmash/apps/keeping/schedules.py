"""Which version of the dated text is in force on a day."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from openmash.engines.keeping import Schedule, parse


class NothingInForce(LookupError):
    """No version is in force on this day: then nothing is proposed for removal."""


def schedule_in_force(day: date) -> Schedule:
    """The version that came into force last, on `day` or before it.

    Raises:
        NothingInForce: there is none.
        Faults: a text is wrong.
    """
    found = [each for each in _schedules(Path(settings.OPENMASH_KEEPING_FOLDER)) if each.in_force_from <= day]
    if not found:
        raise NothingInForce
    return max(found, key=lambda schedule: schedule.in_force_from)


@cache
def _schedules(folder: Path) -> tuple[Schedule, ...]:
    """Read once a process: a new version comes with a new start."""
    return tuple(parse(each.parent) for each in sorted(folder.glob("*/keeping.toml")))
