"""The values of keys: a letter for the kind, and what two descriptions of one person are likely to share."""

from datetime import date

from openmash.engines.matching.keys.births import Births
from openmash.engines.matching.keys.parts import Parts

# One letter for each kind of key; the letters are hashed, so they never change within a specification.
KINDS = {
    "N": "NHS number, pupil number, or an agency's own number",
    "T": "telephone number",
    "A": "date of birth and family name",
    "B": "date of birth and forename",
    "K": "date of birth and both initials",
    "V": "date of birth and postcode area",
    "U": "year of birth, family name and the beginning of the forename",
    "X": "year of birth, family name and the end of the forename",
    "W": "year of birth, forename and the beginning of the family name",
    "Y": "year of birth, forename and the end of the family name",
    "G": "year of birth and the beginnings of both names",
    "P": "year of birth and postcode",
    "I": "both names",
    "H": "family name, beginning of the forename and postcode area",
    "D": "postcode and forename",
    "E": "postcode and family name",
    "J": "a parent's forename and a family name",
    "R": "a parent's forename and the forename",
    "S": "school and one of the names",
    "Z": "a name of a parent's and the month in which a child is expected",
}

_Pairs = list[tuple[str, str]]


def values(parts: Parts, births: Births) -> list[str]:
    """Every value of a person."""
    pairs = [
        (forename, family)
        for forename in parts.forenames[:3]
        for family in parts.families[:3]
        if forename != family or len(parts.forenames) == 1
    ]
    found = [f"N{number}" for number in parts.numbers]
    found += [f"T{digits}" for digits in parts.telephones]
    for day in births.days:
        _add_day(found, parts, pairs, day)
    for year in births.years:
        _add_year(found, parts, year)
    _add_both_names(found, parts, pairs)
    _add_places(found, parts)
    _add_relatives(found, parts, births)
    return found


def values_after_slips(parts: Parts, births: Births, slipped: list[str]) -> list[str]:
    """What a person may have been kept under had nobody made a slip in the date, or at the front of a name.

    Only of kinds that very few people share. slipped: skeletons that a name may have had, forename or family name.
    """
    found: list[str] = []
    for day in births.slips:
        whole = _whole(day)
        found += [f"A{whole} {family}" for family in parts.families[:2]]
        found += [f"B{whole} {forename}" for forename in parts.forenames[:2]]
    for day in births.days:
        whole = _whole(day)
        found += [f"{kind}{whole} {name}" for name in slipped for kind in "AB"]
    for year in births.years[:1]:
        found += [f"U{year} {name} {said[:2]}" for said in parts.mains for name in slipped]
        found += [f"W{year} {name} {said[:2]}" for said in parts.families_as_said for name in slipped]
    return found


def _whole(day: date) -> str:
    """Day and month in rising order: swapped, they give the same key."""
    low, high = (day.day, day.month) if day.day < day.month else (day.month, day.day)
    return f"{day.year} {low} {high}"


def _add_day(found: list[str], parts: Parts, pairs: _Pairs, day: date) -> None:
    whole = _whole(day)
    found += [f"A{whole} {family}" for family in parts.families]
    found += [f"B{whole} {forename}" for forename in parts.forenames]
    for forename, family in pairs[:2]:
        first, last = forename[0], family[0]
        found.append(f"K{whole} {first}{last}" if first < last else f"K{whole} {last}{first}")
    found += [f"V{whole} {area}" for area in _areas(parts)]


def _areas(parts: Parts) -> list[str]:
    """The letters that a postcode begins with: about a county."""
    return list({code[:2] if code[1].isalpha() else code[:1]: None for code in parts.postcodes})


def _add_year(found: list[str], parts: Parts, year: int) -> None:
    families, forenames = parts.families[:2], parts.forenames[: parts.breadth]
    for said in parts.mains:
        found += [f"U{year} {family} {said[:2]}" for family in families]
        found += [f"X{year} {family} {said[-2:]}" for family in families]
    for said in parts.families_as_said:
        found += [f"W{year} {forename} {said[:2]}" for forename in forenames]
        found += [f"Y{year} {forename} {said[-2:]}" for forename in forenames]
    found += [
        f"G{year} {' '.join(sorted((main[:3], said[:3])))}"
        for main in parts.mains
        for said in parts.families_as_said
        if main != said
    ]
    found += [f"P{year} {code}" for code in parts.postcodes]


def _add_both_names(found: list[str], parts: Parts, pairs: _Pairs) -> None:
    """Of the family names, those of the parents too: a child is often called by the other parent's."""
    beside = [(forename, family) for forename in parts.forenames[:1] for _, family in parts.parents if family]
    for forename, family in dict.fromkeys([*pairs, *beside]):
        found.append(f"I{forename} {family}" if forename < family else f"I{family} {forename}")
    for family in parts.families[:2]:
        found += [f"H{family} {said[:2]} {area}" for said in parts.mains for area in _areas(parts)]


def _add_places(found: list[str], parts: Parts) -> None:
    for code in parts.postcodes:
        found += [f"D{code} {forename}" for forename in parts.forenames[: parts.breadth]]
        found += [f"E{code} {family}" for family in parts.families[:2]]
    for school in parts.schools:
        found += [f"S{school} {name}" for name in (*parts.forenames[:2], *parts.families[:2])]


def _add_relatives(found: list[str], parts: Parts, births: Births) -> None:
    for parent, its_family in parts.parents:
        found += [
            f"J{parent} {family}" for family in dict.fromkeys([*parts.families[:2], its_family]) if family
        ]
        found += [f"R{parent} {forename}" for forename in parts.forenames[: parts.breadth]]
    if births.months:
        relatives = {name: None for parent in parts.parents for name in parent if name}
        found += [f"Z{month} {name}" for month in births.months for name in relatives]
