"""People to compare, and a day to compare them on."""

from dataclasses import replace
from datetime import date

from openmash.engines.matching import weights
from openmash.engines.matching.described import Address, Born, DescribedPerson, PersonName, Sex
from openmash.engines.matching.judging import Evidence, Match, judge

ON = date(2026, 11, 25)
NATION = 12_000_000
SECRET = b"a secret for tests only"

YUSUF = DescribedPerson(
    names=(PersonName("Yusuf", "Khan"),),
    born=Born(date(2014, 3, 5)),
    sex=Sex.MALE,
    addresses=(Address("12 High Street", "NF1 2AB"),),
    parents=(PersonName("Shazia", "Khan"),),
)


def named(given: str, family: str = "", like: DescribedPerson = YUSUF) -> DescribedPerson:
    return replace(like, names=(PersonName(given, family),))


def born(day: date, like: DescribedPerson = YUSUF) -> DescribedPerson:
    return replace(like, born=Born(day))


def compared(one: DescribedPerson, other: DescribedPerson) -> Match:
    return judge(one, other, weights=weights.current(), population=NATION, on=ON)


def evidence(one: DescribedPerson, other: DescribedPerson, field: str) -> Evidence | None:
    return next((each for each in compared(one, other).evidence if each.field == field), None)


def level(one: DescribedPerson, other: DescribedPerson, field: str) -> str:
    found = evidence(one, other, field)
    return found.level if found else "not compared"
