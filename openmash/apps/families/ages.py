"""How old a described child may be. Not knowing is a range, never a guess."""

from datetime import date


def months_between(earlier: date, later: date) -> int:
    """Whole months from one date to another; nothing below none."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def age_range(
    born_on: date | None, about_age: int | None, described_on: date, on: date
) -> tuple[int, int] | None:
    """Lowest and highest age in months on a day, or None when nobody knows.

    An approximate age is taken to be right to within a year either way.
    """
    if born_on is not None:
        months = months_between(born_on, on)
        return months, months
    if about_age is not None:
        since = months_between(described_on, on)
        return max(0, (about_age - 1) * 12) + since, (about_age + 2) * 12 - 1 + since
    return None


def age_in_words(months: int) -> str:
    """An age as people say it: days are not kept, months under two years, then years."""
    if months == 0:
        return "under 1 month"
    if months < 24:
        return "1 month" if months == 1 else f"{months} months"
    return f"{months // 12} years"
