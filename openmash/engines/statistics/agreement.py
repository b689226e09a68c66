"""Krippendorff's alpha: agreement beyond what chance would bring, for any number of coders and missing values.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), which the tests reproduce, and
"Content Analysis" (4th ed., 2018), chapter 12. 1 is perfect agreement, 0 what chance brings, below 0 worse.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from openmash.engines.statistics.estimates import Interval, NotEnough

Metric = Literal["nominal", "ordinal", "interval"]
Ratings: TypeAlias = Mapping[Any, Mapping[Any, Any]] | Sequence[Sequence[Any]]
"""Units by coders: `{unit: {coder: value}}`, or one row of values for each unit. None is a missing value."""

Floats = NDArray[np.float64]

FEWEST_UNITS = 5
"""Resampling fewer units than this repeats the same few, and would give an interval that is far too short."""


@dataclass(frozen=True)
class Alpha:
    """Alpha, how many units and values it rests on, and its interval (None with too few units for one)."""

    value: float
    interval: Interval | None
    units: int
    values: int


def alpha(
    ratings: Ratings,
    metric: Metric,
    *,
    whole: Ratings | None = None,
    seed: int = 0,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> Alpha | NotEnough:
    """Agreement among the coders over all units of `ratings`.

    Values must sort; for "interval" they must be numbers. Meant for a handful of different values: the work
    grows with their square. Units with fewer than two values say nothing of agreement and are left out.

    The interval comes from resampling whole units, with everything worked out afresh for each sample.
    Krippendorff's own method resamples the pairs of values as if each stood alone; pairs about the same
    vignette do not, and with few vignettes and many coders his intervals come out far too short. The same
    seed gives the same interval.

    With `whole`, the disagreement within `ratings`, which are some of its units, is measured against the
    chance of the whole. By themselves, units that share an answer vary little, and their alpha would look
    poor however well people agree. The alphas of parts, weighed by their values, average to that of the
    whole. The chance of the whole is then taken as known, and only the units of the part are resampled.
    """
    everything = ratings if whole is None else whole
    known = _known(ratings, everything)
    counted = _counted(ratings, known)
    if counted.units < 2:
        return NotEnough.ONE_UNIT if counted.units else NotEnough.NO_PAIRS
    distances_of = _distance_rule(metric, known)
    fixed = None if whole is None else _chance(_counted(whole, known).tables.sum(axis=0)[None], distances_of)

    def alphas(tables: Floats) -> Floats:
        return _alphas(tables, fixed or _chance(tables, distances_of))

    value = float(alphas(counted.tables.sum(axis=0)[None])[0])
    if not np.isfinite(value):
        return NotEnough.NO_VARIATION
    interval = None
    if counted.units >= FEWEST_UNITS:
        samples = alphas(_resampled(counted.tables, seed, resamples))
        interval = _interval(samples[np.isfinite(samples)], resamples, value, confidence)
    return Alpha(value, interval, counted.units, counted.values)


def _rows(ratings: Ratings) -> Iterable[list[Any]]:
    rows = [row.values() for row in ratings.values()] if isinstance(ratings, Mapping) else ratings
    return ([value for value in row if value is not None] for row in rows)


def _known(*ratings: Ratings) -> list[Any]:
    return sorted({value for each in ratings for row in _rows(each) for value in row})


@dataclass(frozen=True)
class _Counted:
    """A table of coincidences for each unit (units × values × values): its pairs, weighed by its values."""

    tables: Floats
    units: int
    values: int


def _counted(ratings: Ratings, known: list[Any]) -> _Counted:
    rows = [Counter(row) for row in _rows(ratings)]
    pairable = [row for row in rows if row.total() > 1]
    counts = np.array([[row[value] for value in known] for row in pairable], dtype=np.float64)
    counts = counts.reshape(len(pairable), len(known))
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(known))
    sizes = counts.sum(axis=1)
    return _Counted(pairs / (sizes - 1)[:, None, None], len(pairable), int(sizes.sum()))


def _distance_rule(metric: Metric, known: list[Any]) -> Callable[[Floats], Floats]:
    """How far apart each two values are, squared, given how often each occurs (tables × values).

    For ordinal data the distance of two values is the number of values given between them: the difference of
    their middle places, were all that was given put in order.
    """
    if metric == "nominal":
        return lambda totals: (1.0 - np.eye(len(known)))[None]
    numbers = np.array(known if metric == "interval" else [], dtype=np.float64)[None]

    def apart(totals: Floats) -> Floats:
        places = np.cumsum(totals, axis=1) - totals / 2 if metric == "ordinal" else numbers
        return np.asarray((places[:, :, None] - places[:, None, :]) ** 2)

    return apart


@dataclass(frozen=True)
class _Chance:
    """The disagreement that chance would bring (one for each table), and how far apart values are."""

    disagreement: Floats
    distances: Floats


def _chance(tables: Floats, distances_of: Callable[[Floats], Floats]) -> _Chance:
    totals = tables.sum(axis=1)
    everything = totals.sum(axis=1)
    distances = distances_of(totals)
    by_chance = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    return _Chance(np.asarray(by_chance / (everything * (everything - 1))), distances)


def _alphas(tables: Floats, chance: _Chance) -> Floats:
    """Alpha of each table of coincidences (tables × values × values); not a number where nothing varies."""
    observed = (tables * chance.distances).sum(axis=(1, 2)) / tables.sum(axis=(1, 2))
    expected = np.broadcast_to(chance.disagreement, observed.shape)
    nothing = np.full(observed.shape, np.nan)
    return np.asarray(1 - np.divide(observed, expected, out=nothing, where=expected > 0))


def _resampled(tables: Floats, seed: int, resamples: int) -> Floats:
    """The coincidences of as many units as there are, drawn with replacement, for each of the samples."""
    units = len(tables)
    often = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=resamples)
    return np.tensordot(often.astype(np.float64), tables, axes=1)


def _interval(samples: Floats, resamples: int, value: float, confidence: float) -> Interval | None:
    if len(samples) * 2 < resamples:
        return None  # most samples did not vary at all: they say nothing about the rest
    tail = (1 - confidence) / 2
    low, high = np.quantile(samples, [tail, 1 - tail])
    # A skewed set of samples can miss the estimate itself; an interval that left it out would only confuse.
    return Interval(min(float(low), value), max(float(high), value))
