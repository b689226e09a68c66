"""Which version of the dated text is in force on a day, and which of its grounds hold for an agency."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from openmash.apps.directory.models import Agency, AgencyKind
from openmash.engines.sharing import Ground, Guide, parse


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


HEALTH = frozenset({"health"})
JUSTICE = frozenset({"justice"})
EITHER = frozenset({"council", "independent"})
WHO_THEY_ARE: dict[str, frozenset[str]] = {
    AgencyKind.SCHOOL: frozenset({"school"}),
    AgencyKind.INDEPENDENT_SCHOOL: frozenset({"independent"}),
    AgencyKind.EARLY_YEARS: frozenset({"school", "independent"}),
    AgencyKind.GP: HEALTH,
    AgencyKind.HEALTH_VISITING: HEALTH,
    AgencyKind.HOSPITAL: HEALTH,
    AgencyKind.CAMHS: HEALTH,
    AgencyKind.POLICE: JUSTICE,
    AgencyKind.PROBATION: JUSTICE,
    AgencyKind.PRISON: JUSTICE,
    AgencyKind.COURT: JUSTICE,
    AgencyKind.HOUSING: EITHER,
    AgencyKind.CHILDRENS_SOCIAL_CARE: frozenset({"council"}),
    AgencyKind.PARTNERSHIP: frozenset({"council"}),
}
"""What an agency is in the words of the dated text. A nursery or a landlord may be public or not: both are offered."""


def grounds_for_agency(agency: Agency, guide: Guide) -> tuple[Ground, ...]:
    """The grounds that may hold for this agency, in the order of the text. A person says which one does."""
    return tuple(each for each in guide.grounds if each.holds_for & WHO_THEY_ARE[agency.kind])


def family_choices(guide: Guide) -> dict[str, str]:
    """What may be said of the family, as the dated text asks it."""
    return {choice.id: choice.label for choice in guide.questions_by_id["family"].choices}
