"""The tables of words and people hold together, before anything is loaded."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from openmash.apps.concerns.models import SourceKind
from openmash.apps.directory.models import AgencyKind, Role
from openmash.demo.people.described import child_described
from openmash.demo.people.families import make_family
from openmash.demo.people.situations import situations
from openmash.demo.stories.open_today import ADVICE_SOURCES
from openmash.demo.tables import HERE, rows
from openmash.demo.words.phrases import Phrase, Wording, phrases_of
from openmash.demo.words.voice import voice_of
from openmash.demo.world import invented
from tests.demo.words_kept_out import KEPT_OUT

TABLES = sorted(HERE.rglob("*.csv"))
SOURCES = {*AgencyKind.values, *SourceKind.values}
DAY = date(2026, 11, 24)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_row_has_every_column_and_none_of_the_words_kept_out(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            assert None not in row and None not in row.values(), (
                f"{table.name}, row {number}: a cell too many or too few"
            )
            found = [cell for cell in row.values() if KEPT_OUT.search(cell)]
            assert not found, f"{table.name}, row {number}: {found}"


def test_sources_are_kinds_that_exist_and_each_has_something_to_say() -> None:
    said_by = Counter(
        source for phrase in phrases_of("words/signs_told", part="sign") for source in phrase.said_by
    )
    assert set(said_by) == SOURCES
    assert {row["source"] for row in rows("places/sources")} == SOURCES
    asked_by = {source for row in rows("words/advice") for source in row["from"].split()}
    assert set(ADVICE_SOURCES) <= asked_by <= SOURCES


@pytest.mark.parametrize(
    "phrase", phrases_of("words/signs_told", part="sign"), ids=lambda phrase: phrase.text[:50]
)
def test_every_name_in_a_phrase_can_be_filled_in(phrase: Phrase) -> None:
    months = None if phrase.months is None else (max(phrase.months[0], 0), phrase.months[1])
    for attempt in range(200):
        rng = invented(f"{phrase.text}/{attempt}")
        family = make_family(
            "one",
            situation="domestic_abuse",
            months=months,
            locality="eelham",
            start=DAY,
            rng=rng,
            girl=phrase.girls_only,
        )
        child = family.children[0]
        source = min(phrase.said_by)
        described = child_described(child, family, source, DAY, rng)
        voice = voice_of(family, child, described, source, DAY, rng)
        if voice.can_say(phrase.needs):
            said = Wording().say(phrase.text, voice.names, rng)
            assert not set(said) & set("{}[]|")
            return
    pytest.fail(f"No family was found of whom this can be said: {phrase.text}")


def test_every_situation_has_signs_that_somebody_can_see() -> None:
    seen = {phrase.part for phrase in phrases_of("words/signs_told", part="sign")}
    for situation in situations().values():
        assert situation.signs <= seen
        assert any(situation.stages)


def test_staff_work_in_agencies_of_the_table_and_share_no_name() -> None:
    staff, agencies = rows("places/staff"), {row["name"]: row for row in rows("places/agencies")}
    localities = {row["code"] for row in rows("places/localities")}
    assert all(person["agency"] in agencies for person in staff)
    assert all(set(person["in"].split()) <= localities for person in staff)
    assert {person["roles"] for person in staff} - {""} == set(Role.values)
    assert [name for name, times in Counter(person["name"] for person in staff).items() if times > 1] == []
    assert {row["kind"] for row in agencies.values()} == set(AgencyKind.values)
    front_doors = [row["locality"] for row in agencies.values() if row["name"].endswith("Front Door")]
    assert sorted(front_doors) == sorted(localities)


def test_the_same_family_is_invented_every_time() -> None:
    def family() -> object:
        return make_family(
            "one", situation="neglect", months=(24, 90), locality="cawdry", start=DAY, rng=invented("x")
        )

    assert family() == family()
