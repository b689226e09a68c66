"""Which version of the dated text is in force on a day."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from openmash.engines.sharing import Guide, parse


class NothingInForce(LookupError):
    """No version is in force on this day."""


def guide_in_force(day: date) -> Guide:
    """The latest version that is in force on `day`.

    Raises:
        NothingInForce: there is none.
        Faults: a text is wrong; it is read whole before anybody is answered from it.
    """
    return latest(_guides(Path(settings.OPENMASH_SHARING_FOLDER)), day)


def latest(guides: Iterable[Guide], day: date) -> Guide:
    """Of these the one that came into force last, on `day` or before it."""
    found = [guide for guide in guides if guide.in_force_from <= day]
    if not found:
        raise NothingInForce
    return max(found, key=lambda guide: guide.in_force_from)


@cache
def _guides(folder: Path) -> tuple[Guide, ...]:
    """Read once a process: a new version comes with a new start."""
    return tuple(parse(each.parent) for each in sorted(folder.glob("*/sharing.toml")))
