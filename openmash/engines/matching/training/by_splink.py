"""How often pairs are at each level, estimated by Splink from pairs of records of which something is known.

The levels of a pair are worked out once, by `comparing.compare`, and handed to Splink as columns: one meaning
of a level here, in the lookup and in whatever Splink links. The same person: pairs known to be one, such as
those that share an NHS number. Siblings: pairs of one household who are two. Unrelated: pairs drawn at random.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_library import CustomComparison

from openmash.engines.matching.comparing import LEVELS, Prepared, compare

# What follows from how it is made, or what nearly no pair shows.
NOT_TRAINED = ("names_together", "name_order", "nhs_number", "upn", "local_number")
_SMALLEST = 1e-6

Shares = dict[str, dict[str, float]]
Pair = tuple[Prepared, Prepared]


@dataclass(frozen=True)
class Known:
    """A record with what is known about it: whose it is, and of which household; both by any name."""

    person: str
    household: str
    described: Prepared


def train(
    registers: Sequence[Known],
    descriptions: Sequence[Known],
    *,
    established: frozenset[str],
    seed: int,
    random_pairs: int = 150_000,
) -> tuple[Shares, Shares, Shares]:
    """The shares of each field's levels among pairs of one person, of siblings, and of unrelated people.

    A level that was never seen has a share of a millionth.
    """
    luck = random.Random(seed)  # noqa: S311 (draws a sample)
    same = estimate(_of_one_person(registers, descriptions), established)
    siblings = estimate(_of_siblings(registers, descriptions), established)
    unrelated = estimate(_at_random(registers, descriptions, random_pairs, luck), established)
    return same, siblings, unrelated


def _of_one_person(registers: Iterable[Known], descriptions: Iterable[Known]) -> Iterator[Pair]:
    kept = {known.person: known for known in registers}
    return ((kept[each.person].described, each.described) for each in descriptions if each.person in kept)


def _of_siblings(registers: Iterable[Known], descriptions: Iterable[Known]) -> Iterator[Pair]:
    """Each description with the records of the others of its household."""
    households: dict[str, list[Known]] = {}
    for known in registers:
        households.setdefault(known.household, []).append(known)
    for each in descriptions:
        for known in households.get(each.household, ()):
            if known.person != each.person:
                yield known.described, each.described


def _at_random(
    registers: Sequence[Known], descriptions: Sequence[Known], pairs: int, luck: random.Random
) -> Iterator[Pair]:
    for _ in range(pairs):
        known, each = luck.choice(registers), luck.choice(descriptions)
        if known.household != each.household:
            yield known.described, each.described


def estimate(pairs: Iterable[Pair], established: frozenset[str]) -> Shares:
    """What Splink estimates from pairs that are labelled as belonging together."""
    levels = [{found.field: found.level for found in compare(*pair, established)} for pair in pairs]
    database = DuckDBAPI(duckdb.connect())
    tables = [
        database.register(_table(levels), table_name="compared"),
        database.register(_table([{} for _ in levels]), table_name="labels"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="number",
        comparisons=[_comparison(field) for field in _TRAINED],
        blocking_rules_to_generate_predictions=[],
        additional_columns_to_retain=["pair"],
    )
    linker = Linker(tables, settings, log_level="ERROR", validate_settings=False)
    linker.training.estimate_m_from_label_column("pair")
    return _shares(linker.misc.save_model_to_json())


_TRAINED = [field for field in LEVELS if field not in NOT_TRAINED]


def _table(levels: Sequence[dict[str, str]]) -> pyarrow.Table:
    """A row for each pair: its label, and its levels; "" where a field could not be compared."""
    numbers = [str(number) for number in range(len(levels))]
    columns = {field: [of_pair.get(field, "") for of_pair in levels] for field in _TRAINED}
    return pyarrow.table({"number": numbers, "pair": numbers, **columns})


def _comparison(field: str) -> CustomComparison:
    """Splink's levels are ours. They stand in one of the two tables; the other's column is empty."""
    level_of_pair = f'"{field}_l" || "{field}_r"'
    *others, last = LEVELS[field]
    levels: list[Any] = [
        {"sql_condition": f"{level_of_pair} = ''", "label_for_charts": "not known", "is_null_level": True},
        *({"sql_condition": f"{level_of_pair} = '{level}'", "label_for_charts": level} for level in others),
        {"sql_condition": "ELSE", "label_for_charts": last},
    ]
    return CustomComparison(comparison_levels=levels, output_column_name=field)


def _shares(model: dict[str, Any]) -> Shares:
    """What Splink estimated, by our names of fields and levels."""
    return {
        comparison["output_column_name"]: {
            level["label_for_charts"]: max(level.get("m_probability") or 0.0, _SMALLEST)
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        }
        for comparison in model["comparisons"]
    }
