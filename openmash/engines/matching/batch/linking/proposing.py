"""Which pairs are worth judging: Splink joins the two registers on our keys and weighs what can be compared in SQL.

The same code runs on DuckDB, on one machine, and on Spark, beyond it: whatever differs is in `backends`.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import splink.comparison_level_library as cll
from splink import Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison

from openmash.engines.matching.batch.linking.backends import Backend

MOST_FOR_ONE = 12
"""Of what Splink proposes for one person, this many of the closest are judged, as the live lookup does."""

LEAST_BITS = -16.0
"""Match weight below which Splink's pairs are not judged. Low: it proposes, it does not decide."""

MOST_PAIRS_AT_ONCE = 20_000_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Weight:
    """How often two records of the same person (m) and of two others (u) stand at a level."""

    m: float
    u: float


# Rounded from what Splink itself finds on invented registers. They only put the candidates of one person in
# an order good enough to keep the right one among the first twelve; what is said of a pair is said by `judging`.
_NAME = (
    _Weight(0.72, 0.00001),
    _Weight(0.02, 0.00001),
    _Weight(0.14, 0.0002),
    _Weight(0.05, 0.004),
    _Weight(0.05, 0.01),
)
_BORN = (_Weight(0.90, 0.0002), _Weight(0.02, 0.0002), _Weight(0.04, 0.004), _Weight(0.02, 0.06))
_POSTCODE = (_Weight(0.70, 0.0002), _Weight(0.08, 0.01))
_REST = _Weight(0.02, 0.92)


def settings() -> SettingsCreator:
    """What Splink is told: join on any shared key; compare names, dates, postcodes, sex and NHS numbers.

    Where either record says nothing, nothing is added or taken away.
    """
    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=0.0001,
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=[
            _names(),
            _born(),
            _postcodes(),
            _exact("sex", 0.98, 0.5),
            _exact("nhs_number", 0.99, 0.000001),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _level(level: Any, weight: _Weight) -> Any:
    return level.configure(m_probability=weight.m, u_probability=weight.u)


def _names() -> CustomComparison:
    both = cll.And(cll.ExactMatchLevel("given"), cll.ExactMatchLevel("family"))
    alike = cll.And(cll.JaroWinklerLevel("given", 0.85), cll.JaroWinklerLevel("family", 0.85))
    either = cll.Or(cll.ExactMatchLevel("given"), cll.ExactMatchLevel("family"))
    near = cll.Or(cll.JaroWinklerLevel("given", 0.9), cll.JaroWinklerLevel("family", 0.9))
    swapped = cll.ColumnsReversedLevel("given", "family", symmetrical=True)
    missing = cll.And(cll.NullLevel("given"), cll.NullLevel("family"))
    known = [
        _level(each, weight) for each, weight in zip((both, swapped, alike, either, near), _NAME, strict=True)
    ]
    return CustomComparison(
        output_column_name="name", comparison_levels=[missing, *known, _level(cll.ElseLevel(), _REST)]
    )


def _born() -> CustomComparison:
    same_year = cll.CustomLevel("substr(born_l, 1, 4) = substr(born_r, 1, 4)", label_for_charts="same year")
    levels = (
        cll.ExactMatchLevel("born"),
        cll.ExactMatchLevel("day_and_month"),
        cll.DamerauLevenshteinLevel("born", 1),
        same_year,
    )
    known = [_level(each, weight) for each, weight in zip(levels, _BORN, strict=True)]
    return CustomComparison(
        output_column_name="born",
        comparison_levels=[cll.NullLevel("born"), *known, _level(cll.ElseLevel(), _REST)],
    )


def _postcodes() -> CustomComparison:
    outward = cll.CustomLevel(
        "substr(postcode_l, 1, 4) = substr(postcode_r, 1, 4)", label_for_charts="same district"
    )
    known = [
        _level(each, weight)
        for each, weight in zip((cll.ExactMatchLevel("postcode"), outward), _POSTCODE, strict=True)
    ]
    return CustomComparison(
        output_column_name="postcode",
        comparison_levels=[cll.NullLevel("postcode"), *known, _level(cll.ElseLevel(), _Weight(0.22, 0.99))],
    )


def _exact(column: str, m: float, u: float) -> CustomComparison:
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            _level(cll.ExactMatchLevel(column), _Weight(m, u)),
            _level(cll.ElseLevel(), _Weight(1 - m, 1 - u)),
        ],
    )


def propose(
    backend: Backend,
    *,
    larger: Path,
    smaller: Path,
    into: Path,
    pieces: int,
    progress: Progress = lambda done, of: None,
) -> None:
    """Write the pairs to judge into the folder `into`, those of one person of the smaller register together.

    Columns: `asking` and `found` (lines of the smaller and of the larger register), `asking_described` and
    `found_described`. The smaller register is gone through in so many pieces: memory is bounded by one of them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Splink and Spark speak of what is to come in libraries of their own
        tables = [backend.register(larger, "a_larger"), backend.register(smaller, "b_smaller")]
        linker = Linker(tables, settings(), log_level=None)
        for piece in range(1, pieces + 1):
            pairs = linker.inference.predict_chunk(
                left_chunk=(1, 1),
                right_chunk=(piece, pieces),
                threshold_match_weight=LEAST_BITS,
                warning_mode="never",
            )
            backend.write(_closest(pairs.physical_name), into / f"pairs-{piece:04}")
            pairs.drop_table_from_database_and_remove_from_cache()
            progress(piece, pieces)


def _closest(pairs: str) -> str:
    """The closest pairs of each person, with both descriptions. Ties go to the lower line: two runs are alike."""
    return f"""
        SELECT p.asking, p.found, s.described AS asking_described, l.described AS found_described
        FROM (
            SELECT asking, found, match_weight,
                   row_number() OVER (PARTITION BY asking ORDER BY match_weight DESC, found) AS place
            FROM (
                SELECT unique_id_r AS asking, unique_id_l AS found, match_weight FROM {pairs}
            ) AS each_pair
        ) AS p
        JOIN b_smaller AS s ON s.unique_id = p.asking
        JOIN a_larger AS l ON l.unique_id = p.found
        WHERE p.place <= {MOST_FOR_ONE}
        ORDER BY p.asking, p.place
    """  # noqa: S608  names of our own tables and columns only
