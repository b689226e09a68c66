"""What a page points out without asking for a change: a number with a digit wrong, a name of one letter.

Nothing here is an error. Whoever rings at the end of a long day may not know better, and what they do know is
kept as they gave it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from openmash.engines.matching.identifiers import why_not_nhs_number, why_not_upn
from openmash.web.layout.dates import EARLIEST_YEAR
from openmash.web.raising.dates_said import When
from openmash.web.raising.postcodes import half_a_postcode_in

LONGEST_NAME = 300
"""Letters. Longer names exist nowhere in a register; pasted paragraphs do."""

AS_IT_IS = "You can leave it as it is; it is kept, but not used to find {whom}."
YEAR = re.compile(r"\b[0-9]{4}\b")


def about_name(name: str) -> str:
    """What to point out about a name; empty if nothing. Any script is a name."""
    letters = [char for char in name if unicodedata.category(char).startswith("L")]
    if not name.strip():
        return ""
    if not letters:
        return "There is no letter in this name. It is kept, but not used to find anybody."
    if len(letters) == 1 and unicodedata.category(letters[0]) != "Lo":  # in many scripts one sign is a name
        return "One letter is kept, but nobody can be found by it. Write the whole name if you know it."
    if len(name) >= LONGEST_NAME:
        return (
            "This is longer than a name usually is. It is kept whole; check that nothing else was pasted in."
        )
    return ""


def about_nhs_number(typed: str, whom: str) -> str:
    return _about_number(why_not_nhs_number(typed), typed, whom)


def about_upn(typed: str, whom: str) -> str:
    return _about_number(why_not_upn(typed), typed, whom)


def _about_number(why_not: str, typed: str, whom: str) -> str:
    return f"{why_not} {AS_IT_IS.format(whom=whom)}" if typed.strip() and why_not else ""


def about_address(address: str) -> str:
    """Whether something in an address looks like a postcode with a slip in it."""
    half = half_a_postcode_in(address)
    return f"“{half}” is not a whole postcode. You can leave it as it is." if half else ""


def about_dates(said: Iterable[When], today: date) -> str:
    """Whether a date among somebody's words cannot be meant as it is written."""
    whens = list(said)
    if any(int(year) < EARLIEST_YEAR for when in whens for year in YEAR.findall(when.words)):
        return f"A year before {EARLIEST_YEAR} is kept in your words, and not read as a date."
    if any(when.since is not None and when.since > today + timedelta(days=1) for when in whens):
        return "A date here is still to come. You can leave it as it is."
    return ""
