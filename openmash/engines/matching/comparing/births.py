"""How two dates of birth, ages or expected dates compare."""

from datetime import date, timedelta

from rapidfuzz.distance import OSA

from openmash.engines.matching.comparing.prepared import Prepared

_BORN_APART = 270  # days: children of one mother are at least so far apart, or born together
_YEAR = 366
_FAR_OFF = 3 * _YEAR
_UNCERTAIN_BY = timedelta(days=183)  # of a date that whoever gave it was not sure of
_USUALLY_BORN = (-42, 21)  # days around the expected date
_EVER_BORN = (-140, 42)


DATE_LEVELS = (
    *("exact", "january", "swapped", "one_digit", "year_off", "day_and_month", "two_parts", "year_only"),
    *("within_nine_months", "different"),
)
AGE_LEVELS = ("fits", "near", "off", "far")
EXPECTED_LEVELS = ("fits", "near", "far")


def birth_level(one: Prepared, other: Prepared) -> tuple[str, str]:
    """The field, "born", "age" or "expected", in which two births can be compared, and the level; or ("", "")."""
    if one.born and other.born and not (one.born_is_approximate or other.born_is_approximate):
        return "born", dates_level(one.born, other.born)
    if one.expected or other.expected:
        return "expected", _expected(one, other)
    first, second = _span(one), _span(other)
    if first is None or second is None:
        return "", ""
    is_one_sure = not (one.born_is_approximate and other.born_is_approximate)
    if one.born is not None and one.born == other.born and is_one_sure:
        return "born", dates_level(one.born, one.born)
    return "age", spans_level(first, second)


def dates_level(one: date, other: date) -> str:
    """The level of two dates of birth. A first of January often stands for "only the year is known"."""
    is_january = (one.day == 1 and one.month == 1) or (other.day == 1 and other.month == 1)
    if one.year == other.year:
        if is_january:
            return "january" if one == other else "year_only"
        if one == other:
            return "exact"
        if one.day == other.month and one.month == other.day:
            return "swapped"
    return _slip_level(one, other)


def _slip_level(one: date, other: date) -> str:
    same_day, same_month, same_year = one.day == other.day, one.month == other.month, one.year == other.year
    if same_day and same_month and abs(one.year - other.year) == 1:
        return "year_off"
    if (
        same_day + same_month + same_year >= 1
        and OSA.distance(_digits(one), _digits(other), score_cutoff=1) <= 1
    ):
        return "one_digit"
    if same_day and same_month:
        return "day_and_month"
    if same_year and (same_day or same_month):
        return "two_parts"
    apart = abs((one - other).days)
    return "within_nine_months" if apart < _BORN_APART else "different"


def _digits(day: date) -> str:
    return f"{day.day:02}{day.month:02}{day.year:04}"


def _span(person: Prepared) -> tuple[date, date] | None:
    """The first and last day on which somebody may have been born."""
    if person.born is None:
        return person.born_between
    if person.born_is_approximate:
        return (person.born - _UNCERTAIN_BY, person.born + _UNCERTAIN_BY)
    return (person.born, person.born)


def spans_level(one: tuple[date, date], other: tuple[date, date]) -> str:
    """The level of two spans of time in which somebody was born; an age or an uncertain date gives one."""
    gap = max((other[0] - one[1]).days, (one[0] - other[1]).days, 0)
    if gap == 0:
        return "fits"
    return "near" if gap <= _YEAR else "off" if gap <= _FAR_OFF else "far"


def _expected(one: Prepared, other: Prepared) -> str:
    expected, born = (one.expected, other.born) if one.expected else (other.expected, one.born)
    if expected is not None and born is not None:
        return expected_level(expected, born)
    if one.expected and other.expected:
        apart = abs((one.expected - other.expected).days)
        return "fits" if apart <= 14 else "near" if apart <= 60 else "far"
    return ""


def expected_level(expected: date, born: date) -> str:
    """The level of an expected date beside a date of birth."""
    late = (born - expected).days
    if _USUALLY_BORN[0] <= late <= _USUALLY_BORN[1]:
        return "fits"
    return "near" if _EVER_BORN[0] <= late <= _EVER_BORN[1] else "far"
