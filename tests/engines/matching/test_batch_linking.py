"""Two registers, linked: who is found, who is left for a person, and what the model expects to be wrong."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from openmash.engines.matching.batch.linking.backends import Backend, OnSpark
from openmash.engines.matching.batch.linking.choosing import CLOSER, choose
from openmash.engines.matching.batch.linking.link import Linked, Machine, link
from openmash.engines.matching.batch.linking.scoring import Scored
from openmash.engines.matching.batch.reading.mend import ToMend
from openmash.engines.matching.batch.reading.register import open_register
from openmash.engines.matching.judging import Sureness
from openmash.engines.matching.weights import current

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TODAY = date(2026, 11, 25)
HEAD = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode,NHS number,Mother\n"

ROLL = HEAD + (
    "Ayesha,Khan,2014-03-01,F,1 High Street,NF1 2AB,943 476 5919,Nadia Khan\n"
    "Oliver,Pemberton,2012-07-19,M,14 Mill Lane,NF3 4CD,,Grace Pemberton\n"
    "Zofia,Kowalczyk,2016-11-30,F,7 Chapel Row,NF5 6EF,,Marta Kowalczyk\n"
    "Thandiwe,Mokoena,2010-02-14,F,22 Station Road,NF7 8GH,,Lerato Mokoena\n"
)
NOTIFIED = HEAD + (
    "Aisha,Khan,01/03/2014,F,1 High St,NF1 2AB,,Nadia Khan\n"
    "Pemberton,Oliver,19/07/2012,M,14 Mill Lane,NF3 4CD,,\n"
    "Antoni,Kowalczyk,30/11/2016,M,7 Chapel Row,NF5 6EF,,Marta Kowalczyk\n"
    "Wilfred,Ashdown,12/12/2011,M,3 Quay Side,NF9 1JK,,\n"
    "nobody,here,soon\n"
)


def linked(
    folder: Path,
    first: str,
    second: str,
    *,
    once: bool = True,
    processes: int = 1,
    on_spark: "SparkSession | None" = None,
) -> Linked:
    registers, to_mend = [], []
    for number, text in enumerate((first, second)):
        path = folder / f"register{number}.csv"
        path.write_text(text, encoding="utf-8")
        registers.append(open_register(path, issuer=path.stem, on=TODAY))
        to_mend.append(ToMend(folder / f"mend{number}.csv", registers[-1].columns.headings))

    def spark(folder: Path, machine: Machine) -> Backend:
        return OnSpark(on_spark)

    with to_mend[0], to_mend[1]:
        return link(
            (registers[0], registers[1]),
            (to_mend[0], to_mend[1]),
            weights=current(),
            on=TODAY,
            once=once,
            machine=Machine(processes, memory_mb=500),
            backend=spark if on_spark else None,
        )


def pairs(found: list[Scored], result: Linked) -> list[tuple[int, int]]:
    """Lines of the first and of the second register."""
    if result.asking_is_first:
        return sorted((each.asking, each.found) for each in found)
    return sorted((each.found, each.asking) for each in found)


def test_a_roll_and_notifications(tmp_path: Path) -> None:
    result = linked(tmp_path, ROLL, NOTIFIED)
    assert pairs(result.chosen.links, result) == [(2, 2), (3, 3)]
    assert (result.counts[0].people, result.counts[1].people, result.counts[1].left_out) == (4, 4, 1)
    assert (tmp_path / "mend1.csv").exists() and not (tmp_path / "mend0.csv").exists()
    assert all(4 not in pair for pair in pairs(result.chosen.links, result)), "a brother is not linked"
    assert result.chosen.siblings == 1
    assert any("spelling" in words or "ame" in words for words in result.chosen.links[0].words)


def test_whichever_way_round_they_are_given(tmp_path: Path) -> None:
    one = linked(tmp_path, ROLL, NOTIFIED)
    other = linked(tmp_path, NOTIFIED, ROLL)
    turned = [(second, first) for first, second in pairs(other.chosen.links, other)]
    assert pairs(one.chosen.links, one) == sorted(turned)


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    one = linked(tmp_path, ROLL, NOTIFIED)
    several = linked(tmp_path, ROLL, NOTIFIED, processes=2)
    assert several.chosen == one.chosen and several.counts == one.counts


def test_a_register_of_events_may_hold_a_child_twice(tmp_path: Path) -> None:
    twice = NOTIFIED.replace(
        "nobody,here,soon\n", "Ayesha,Khan,01/03/2014,F,1 High St,NF1 2AB,,Nadia Khan\n"
    ) + ("Rosalind,Thwaite,01/05/2009,F,9 Fen Road,NF2 2AA,,\n")
    many = linked(tmp_path, ROLL, twice, once=False)
    assert len([pair for pair in pairs(many.chosen.links, many) if 2 in pair]) >= 1
    once = linked(tmp_path, ROLL, twice, once=True)
    assert len(once.chosen.links) <= len(many.chosen.links)


# --- which claim is the closest, and what to expect ---


def scored(asking: int, found: int, same: float, sureness: Sureness = Sureness.VERY_LIKELY) -> Scored:
    return Scored(asking, found, sureness, same, 0.0, ("words",))


SURE = frozenset({Sureness.VERY_LIKELY})


def test_the_closest_claim_wins_and_the_other_is_kept_for_a_person() -> None:
    chosen = choose([scored(1, 9, 0.991), scored(2, 9, 0.999)], at_least=SURE, once=True)
    assert [(each.asking, each.found) for each in chosen.links] == [(2, 9)]
    assert [(each.asking, each.sureness, each.words[-1]) for each in chosen.to_check] == [
        (1, Sureness.POSSIBLE, CLOSER)
    ]


def test_where_a_person_may_stand_twice_both_claims_are_links() -> None:
    chosen = choose([scored(1, 9, 0.991), scored(2, 9, 0.999)], at_least=SURE, once=False)
    assert [(each.asking, each.found) for each in chosen.links] == [(1, 9), (2, 9)]


def test_nobody_of_the_smaller_register_is_linked_to_two() -> None:
    chosen = choose([scored(1, 8, 0.991), scored(1, 9, 0.999)], at_least=SURE, once=False)
    assert [(each.asking, each.found) for each in chosen.links] == [(1, 9)]
    assert len(chosen.to_check) == 1


def test_what_the_model_expects_to_be_wrong() -> None:
    found = [scored(1, 1, 0.99), scored(2, 2, 0.999), scored(3, 3, 0.6, Sureness.POSSIBLE)]
    expected = choose(found, at_least=SURE, once=True).expected
    assert expected.links == 2
    assert expected.false_links == pytest.approx(0.011)
    assert expected.missed_links == pytest.approx(0.6)
    assert expected.false_share == pytest.approx(0.0055)
    assert expected.missed_share == pytest.approx(0.6 / (2 - 0.011 + 0.6))
    assert "0.550%" in expected.sentences()[0] and "own probabilities" in expected.sentences()[2]


def test_at_a_lower_threshold_more_is_linked_and_more_expected_to_be_wrong() -> None:
    found = [scored(1, 1, 0.99), scored(3, 3, 0.6, Sureness.POSSIBLE)]
    looser = choose(found, at_least=SURE | {Sureness.POSSIBLE}, once=True)
    assert looser.expected.links == 2 and looser.expected.false_links == pytest.approx(0.41)
    assert looser.to_check == [] and looser.expected.missed_links == 0


def test_nothing_was_found() -> None:
    chosen = choose([], at_least=SURE, once=True)
    assert chosen.expected.false_share == 0 and chosen.expected.missed_share == 0


# --- Spark ---


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_spark_finds_what_duckdb_finds(tmp_path: Path, spark: "SparkSession") -> None:
    on_duckdb = linked(tmp_path, ROLL, NOTIFIED)
    on_spark = linked(tmp_path, ROLL, NOTIFIED, on_spark=spark)
    assert on_spark.chosen == on_duckdb.chosen
    assert on_spark.proposed == on_duckdb.proposed
