"""People, agencies, levels and moments in the words of these pages."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.engines.thresholds import Policy

SHORT = 280
"""Characters of somebody's words that are shown here; all of them are on the page of the contact."""
VERY_SHORT = 110
"""The same where it only goes along with something else."""


def name_of(description: Any) -> str:
    return description.name or ("Unborn child" if description.kind == "unborn" else "Name not known")


def who(person: Any) -> str:
    """`Amina Khan, Teacher, Millbrook Primary School`."""
    return f"{person.name}, {person.job_title}, {person.agency.name}"


def told_by(contact: Any) -> str:
    """Whoever raised a contact, and from where."""
    if contact.raised_by is not None:
        return f"{contact.raised_by.name}, {contact.raised_by.job_title}"
    return contact.raiser_name or "Name not given"


def source_of(contact: Any) -> str:
    """The agency, or what kind of member of the public."""
    return contact.raised_agency.name if contact.raised_agency is not None else contact.get_source_display()


def day(moment: datetime | date) -> str:
    """`4 March 2026`."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return format_date(local, "j F Y")


def level_words(code: str, policy: Policy) -> str:
    """`Level 4: Protection`, or `Immediate: act now`; a code this version does not have is shown as it is."""
    level = next((each for each in policy.levels if each.code == code), None)
    if level is None:
        return f"Level {code}"
    at_once = policy.clock(level.clock).kind == "at_once"
    return f"{level.name}: act now" if at_once else f"Level {level.code}: {level.name}"


def sign_words(code: str, policy: Policy) -> str:
    """`A10 Child is sometimes hungry …`; a sign this version lacks is shown by its number."""
    known = policy.signs_by_id.get(code)
    return f"{code} {known.wording}" if known else code


def in_short(text: str, most: int = SHORT) -> str:
    """The beginning of somebody's words, cut between two words; "…" says that there is more."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    cut = plain[:most]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut} …"


def listed(names: list[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
