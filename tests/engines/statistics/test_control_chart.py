"""Control charts and the season, against a second implementation and what is known of the country's months."""

from datetime import date

import numpy as np
import pytest

from openmash.apps.review.months import NAMES, weekdays
from openmash.engines.review.areas import ENGLAND
from openmash.engines.review.tables import published
from openmash.engines.statistics.control_chart import ChartKind, Observed, Signal, control_chart
from openmash.engines.statistics.season import season, without_season


def test_single_values_as_in_the_textbook() -> None:
    """Mean 40 and mean range 4 give limits at 40 ± 2.66 × 4."""
    chart = control_chart(
        [Observed(value) for value in (38, 42, 38, 42, 38, 42, 51, 50)], "single", baseline=6
    )
    limits = chart.points[0].limits
    assert chart.centre == 40 and limits
    assert (limits.low, limits.high) == pytest.approx((40 - 3 * 4 / 1.128, 40 + 3 * 4 / 1.128))
    assert [point.signal for point in chart.points] == [None] * 6 + [Signal.OUTSIDE, None]


@pytest.mark.parametrize("kind", ["share", "rate"])
def test_laney_as_by_the_book(kind: ChartKind) -> None:
    random = np.random.default_rng(3)
    sizes = random.integers(800, 9_000, 13).astype(float)
    counts = np.round(sizes * np.clip(random.normal(0.3, 0.04, 13), 0.05, 0.9))
    chart = control_chart([Observed(c, s) for c, s in zip(counts, sizes, strict=True)], kind, baseline=7)
    p = counts[:7].sum() / sizes[:7].sum()
    sigma = np.sqrt((p * (1 - p) if kind == "share" else p) / sizes)
    z = (counts / sizes - p) / sigma
    wide = np.abs(np.diff(z[:7])).mean() / 1.128
    for point, each in zip(chart.points, sigma, strict=True):
        assert point.limits
        assert (point.limits.low, point.limits.high) == pytest.approx(
            (max(0, p - 3 * each * wide), p + 3 * each * wide)
        )


def test_the_baseline_stays_where_it_is() -> None:
    start = [Observed(value, 1_000) for value in (200, 210, 205, 190, 215, 195, 200)]
    for later in ([Observed(600, 1_000)] * 3, [Observed(1, 1_000)], []):
        chart = control_chart([*start, *later], "share", baseline=7)
        alone = control_chart(start, "share", baseline=7)
        assert chart.centre == alone.centre and chart.points[:7] == alone.points
        assert all(point.signal is Signal.OUTSIDE for point in chart.points[7:])


def test_a_gap_is_a_gap() -> None:
    """No range is taken across it, it breaks a run, and it is never drawn as nought."""
    values = [10, 11, 10, None, 30, 31, 30, 31]
    chart = control_chart([None if v is None else Observed(v) for v in values], "single", baseline=7)
    assert chart.points[3].value is None and chart.points[3].limits is None
    limits = chart.points[0].limits
    assert limits and limits.high - limits.low == pytest.approx(2 * 3 / 1.128)
    low = [9, 11] * 3
    run = control_chart([Observed(v) for v in [*low, *[10.5] * 8]], "single", baseline=6)
    broken = [Observed(v) for v in [*low, *[10.5] * 5]] + [None] + [Observed(10.5)] * 5
    assert Signal.RUN in {point.signal for point in run.points}
    assert Signal.RUN not in {point.signal for point in control_chart(broken, "single", baseline=6).points}


def test_too_short_a_baseline_draws_no_limits() -> None:
    chart = control_chart([Observed(5)] * 5, "single", baseline=7)
    assert chart.centre is None and all(point.limits is None for point in chart.points)


def test_a_known_season_is_found_and_taken_out() -> None:
    usual = [0.9, 1.0, 1.1, 1.05, 0.75, 1.0, 1.05, 1.1, 0.9, 1.0, 1.05, 1.1]
    levels = [100, 120, 90, 110, 130]
    years = [[level * each for each in usual] for level in levels]
    assert season(years) == pytest.approx(usual)  # whatever the level of a year
    assert without_season(years[1], usual) == pytest.approx([120] * 12)
    odd = [*years[:4], [*years[4][:4], 400.0, *years[4][5:]]]
    found = season(odd)
    assert found and found[4] == pytest.approx(usual[4], rel=0.05)  # one odd August is not the season
    assert season([*years[:2], [None, *years[2][1:]]]) is None


def test_the_months_of_england() -> None:
    """Known beforehand: raw months show nothing, months for each weekday one, with the season taken out several."""
    tables = published()
    firsts = [
        date(y - 1, m + 4, 1) if m < 9 else date(y, m - 8, 1) for y in range(2013, 2023) for m in range(12)
    ]
    raw = [float(str(tables.cell("months", n, ENGLAND, y))) for y in range(2013, 2023) for n in NAMES]
    daily = [value / weekdays(first) for value, first in zip(raw, firsts, strict=True)]

    def outside(values: list[float]) -> list[date]:
        chart = control_chart([Observed(value) for value in values], "single", baseline=len(values))
        return [f for f, point in zip(firsts, chart.points, strict=True) if point.signal is Signal.OUTSIDE]

    usual = season([daily[at : at + 12] for at in range(0, 120, 12)])
    assert usual
    adjusted = [value for value in without_season(list(daily), usual) if value is not None]
    assert outside(raw) == []
    assert outside(daily) == [date(2020, 4, 1)]
    assert {date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1), date(2021, 1, 1)} < set(outside(adjusted))
