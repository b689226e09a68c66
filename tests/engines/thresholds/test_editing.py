"""Texts changed row by row, as somebody edits them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.thresholds import PolicyErrors, parse
from openmash.engines.thresholds.text.editing import (
    as_new_version,
    notes_of,
    table_of,
    with_notes,
    with_row,
    without_row,
)
from openmash.engines.thresholds.text.files import HEADER
from openmash.engines.thresholds.text.parse import COLUMNS
from tests.cast import policy_texts
from tests.engines.thresholds.invented import draft

TEXTS = draft().sources


def cells(texts: Mapping[str, str], file: str, key: str) -> dict[str, str]:
    table = table_of(texts, file)
    place = table.place(key)
    assert place is not None
    return table.named(place)


def test_a_changed_row_is_the_only_thing_that_changes() -> None:
    place = table_of(TEXTS, "rules.csv").place("C3")
    assert place is not None
    new = with_row(
        TEXTS, "rules.csv", place, {**cells(TEXTS, "rules.csv", "C3"), "note": "Four,\nnot  three"}
    )
    assert cells(new, "rules.csv", "C3")["note"] == "Four, not three"
    before, after = parse(TEXTS), parse(new)
    assert [rule.id for rule in after.rules] == [rule.id for rule in before.rules]
    assert [r.id for r, old in zip(after.rules, before.rules, strict=True) if r != old] == ["C3"]
    assert {name for name in TEXTS if new[name] != TEXTS[name]} == {"rules.csv"}


def test_a_row_written_again_as_it_was_means_the_same() -> None:
    for file in COLUMNS:
        table = table_of(TEXTS, file)
        texts: Mapping[str, str] = TEXTS
        for place in range(len(table.rows)):
            texts = with_row(texts, file, place, table.named(place))
        assert table_of(texts, file) == table


def test_a_row_is_added_at_the_end_and_taken_out_again() -> None:
    row = {"level": "1", "kind": "meanwhile", "text": "Write it down, with its date."}
    more = with_row(TEXTS, "advice.csv", None, row)
    table = table_of(more, "advice.csv")
    assert table.named(len(table.rows) - 1) == row
    assert table_of(without_row(more, "advice.csv", len(table.rows) - 1), "advice.csv") == table_of(
        TEXTS, "advice.csv"
    )


def test_rows_are_numbered_as_the_faults_of_a_policy_number_them() -> None:
    table = table_of(TEXTS, "rules.csv")
    place = table.place("C3")
    assert place is not None
    wrong = with_row(TEXTS, "rules.csv", place, {**table.named(place), "when": "quite a few signs"})
    with pytest.raises(PolicyErrors) as refused:
        parse(wrong)
    assert [fault.row for fault in refused.value] == [table.number(place)]


def test_empty_rows_and_spaces_are_passed_over_as_parse_does() -> None:
    spaced = {**TEXTS, "sets.csv": TEXTS["sets.csv"].replace("\n", "\n , ,,\n", 1)}
    assert table_of(spaced, "sets.csv") == table_of(TEXTS, "sets.csv")


def test_a_row_is_found_again_by_its_id_and_without_one_by_its_words() -> None:
    duties, advice = table_of(TEXTS, "duties.csv"), table_of(TEXTS, "advice.csv")
    fewer_duties = table_of(without_row(TEXTS, "duties.csv", 0), "duties.csv")
    fewer_lines = table_of(without_row(TEXTS, "advice.csv", 0), "advice.csv")
    assert duties.same_row(3, fewer_duties) == 2 and duties.same_row(0, fewer_duties) is None
    assert advice.same_row(3, fewer_lines) == 2 and advice.same_row(0, fewer_lines) is None


def test_there_is_no_other_table() -> None:
    with pytest.raises(KeyError, match=r"no table called “policy\.toml”"):
        table_of(TEXTS, HEADER)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["rules.csv", "signs.csv"]), st.text("ABC123", max_size=4)),
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30),
        max_size=5,
    )
)
def test_reasons_are_kept_as_they_were_given(notes: dict[tuple[str, str], str]) -> None:
    assert notes_of(with_notes(TEXTS, notes)) == notes


def test_a_new_version_has_its_name_and_no_reasons() -> None:
    noted = with_notes(TEXTS, {("rules.csv", "C3"): "Why."})
    new = parse(as_new_version(noted, "2027-04"))
    assert (new.version, new.changes) == ("2027-04", ())
    assert new.rules == parse(TEXTS).rules


@pytest.mark.parametrize(
    "line", ["version = '2026-11'", 'version = "2026-11"  # the first', 'version="2026-11"']
)
def test_the_version_is_found_however_it_is_written(line: str) -> None:
    texts = {**TEXTS, HEADER: TEXTS[HEADER].replace('version = "2026-11"', line)}
    assert parse(as_new_version(texts, "2027-04")).version == "2027-04"


def test_a_version_of_another_table_is_left_alone() -> None:
    below = TEXTS[HEADER].replace("[contacts]", '[contacts]\nversion = "of the list"')
    hidden = below.replace('version = "2026-11"', '"version" = "2026-11"')
    assert 'version = "of the list"' in as_new_version({**TEXTS, HEADER: below}, "2027-04")[HEADER]
    with pytest.raises(PolicyErrors, match="in a line of its own"):
        as_new_version({**TEXTS, HEADER: hidden}, "2027-04")


def test_the_texts_given_are_left_as_they_were() -> None:
    before = policy_texts()
    given_ = dict(before)
    with_row(given_, "duties.csv", None, {"duty": "x"})
    without_row(given_, "duties.csv", 0)
    with_notes(given_, {("", ""): "x"})
    assert given_ == before
