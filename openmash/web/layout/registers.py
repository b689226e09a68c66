"""People of registers in words: their name, and where they stand, with the day on which that was handed over."""

from collections.abc import Collection
from typing import Any

from openmash.engines.matching.described import DescribedPerson
from openmash.web.layout.templatetags.gds import day


def name_in_register(person: DescribedPerson) -> str:
    """The name in use, as the register has it."""
    if not person.names:
        return "Name not known"
    return " ".join(part for part in (person.names[0].given, person.names[0].family) if part)


def stands(standings: Collection[Any]) -> str:
    """`On the roll of Millbrook Primary School, handed over on 2 March 2026`; several are parted by semicolons."""
    words = "; ".join(f"{each.words}, handed over on {day(each.handed_over)}" for each in standings)
    return words[:1].upper() + words[1:]
