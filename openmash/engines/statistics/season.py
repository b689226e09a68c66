"""What a month is like every year, taken out, so that August is compared with August.

Source: the ratio-to-year method, as in R. J. Hyndman and G. Athanasopoulos, "Forecasting: Principles and Practice"
(3rd ed., 2021), section 3.4, simplified: years are whole, and each month's share of its year's mean is averaged over
the years of the baseline, drawn in to their middle so that one odd year does not become the season.
"""

from collections.abc import Sequence
from statistics import median

FEWEST_YEARS = 3
MONTHS = 12


def season(years: Sequence[Sequence[float | None]]) -> list[float] | None:
    """For each of the twelve months how many times the mean of the year it usually is; their mean is 1.

    Years with a missing month say nothing and are left out; with fewer than three whole ones there is no season.
    """
    whole = [
        [float(value) for value in year if value is not None]
        for year in years
        if len(year) == MONTHS and all(value is not None for value in year)
    ]
    whole = [year for year in whole if sum(year) > 0]
    if len(whole) < FEWEST_YEARS:
        return None
    middle = [median(year[month] / (sum(year) / MONTHS) for year in whole) for month in range(MONTHS)]
    mean = sum(middle) / MONTHS
    return [each / mean for each in middle]


def without_season(values: Sequence[float | None], usual: Sequence[float]) -> list[float | None]:
    """The values, month after month from the first of a year, as if every month were like the mean one."""
    return [
        None if value is None or not usual[place % MONTHS] else value / usual[place % MONTHS]
        for place, value in enumerate(values)
    ]
