"""A CSV file of concerns: what is read, what is said of the rest, and that the rest is still reviewed."""

from datetime import date
from pathlib import Path

import pytest

from openmash.engines.review.local.history import CHILDREN, CONTACTS, CannotRead
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.readers.concerns import read_concerns
from openmash.engines.review.local.readers.headings import EVENT_OF, HEADINGS

TODAY = date(2026, 6, 1)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "concerns.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_row_is_read_as_it_is_meant_and_what_is_empty_is_not_known(tmp_path: Path) -> None:
    text = (
        "contact,child,household,received_on,decided_on,agency_kind,policy_level,decided_level,closed_at_door,"
        "signs,born_on,plan_on\n"
        "1,a,h,2025-01-06 10:00,06/01/2025 15:30,GP,3,I,1,A1; B2,03/02/2015,\n"
        "2,a,h,31/03/2025,,,,,not known,none,2015-02-03,2025-06-01\n"
    )
    read = read_concerns(written(tmp_path, text), TODAY)
    first, second = read.contacts.to_pylist()
    assert read.faults == ()
    assert (first["received_on"], first["decided_on"]) == (date(2025, 1, 6), date(2025, 1, 6))
    assert (first["hours_to_decision"], first["agency_kind"], first["closed_at_door"]) == (5.5, "gp", True)
    assert (first["policy_rank"], first["decided_rank"], first["signs"]) == (3, 5, ["A1", "B2"])
    assert first["age_months"] == 119
    unknown = (
        "decided_on",
        "agency_kind",
        "policy_rank",
        "decided_rank",
        "closed_at_door",
        "lacked_capacity",
    )
    assert [second[each] for each in unknown] == [None] * len(unknown)
    assert second["signs"] == []
    assert [(row["on"], row["kind"]) for row in read.events.to_pylist()] == [(date(2025, 6, 1), "plan")]
    assert read.followed_to == date(2025, 6, 1)
    assert "lacked_capacity" not in read.has and "closed_at_door" in read.has


def test_what_cannot_be_read_is_said_by_row_and_the_rest_is_reviewed(tmp_path: Path) -> None:
    text = (
        "contact,child,received_on,decided_on,agency_kind,closed_at_door,born_on,teem\n"
        "1,a,2025-01-06,2025-02-30,plumber,perhaps,1970-01-01,x\n"
        ",b,2025-01-06,,,,,\n"
        "3,c,2025-01-06,,,\n"
        "4,d,2025-01-07,2025-01-01,,,,\n"
        "1,a,2025-01-08,,,,,\n"
        "5,,2027-01-01,,,,,\n"
    )
    read = read_concerns(written(tmp_path, text), TODAY)
    said = {(each.where, each.what.split(":")[0].split(".")[0]) for each in read.faults}
    assert said == {
        ("row 1", "The column “teem” is not known, and was not read"),
        ("row 2", "decided_on"),
        ("row 2", "agency_kind"),
        ("row 2", "closed_at_door"),
        ("row 2", "born_on"),
        ("row 3", "contact"),
        ("line 4", "It has too few cells, and was left out"),
        ("row 5", "decided_on"),
        ("row 6", "The same concern and child as a row before it"),
        ("row 7", "received_on"),
    }
    assert [row["contact"] for row in read.contacts.to_pylist()] == ["1", "4"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_read_and_said(tmp_path: Path, encoding: str) -> None:
    text = "contact,received_on,agency\n1,2025-01-06,Café Jeunesse\n".encode(encoding)
    read = read_concerns(written(tmp_path, text), TODAY)
    assert read.contacts["agency"].to_pylist() == ["Café Jeunesse"]
    assert "not written in UTF-8" in read.faults[0].what


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        (
            "contact,recieved_on\n1,2025-01-06\n",
            "has no column received_on. Is it “recieved_on” for “received_on”?",
        ),
        ("contact,received_on,child,child\n", "has two columns child"),
        ("contact,received_on\n1,soon\n", "No row of it can be used"),
    ],
)
def test_a_file_of_which_nothing_can_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_concerns(written(tmp_path, text), TODAY)


def test_a_heading_never_becomes_part_of_a_query(tmp_path: Path) -> None:
    text = 'contact,received_on,"x\'); DROP TABLE raw; --"\n1,2025-01-06,y\n'
    assert read_concerns(written(tmp_path, text), TODAY).contacts.num_rows == 1


def test_every_heading_is_a_column_of_the_history_or_an_event() -> None:
    columns = {column.name for column in CONTACTS + CHILDREN}
    assert {each.name for each in HEADINGS} <= columns | set(EVENT_OF)
    assert all(each.holds for each in HEADINGS) and all(AGENCY_KINDS.values())


def test_nobody_has_been_followed_until_a_day_still_to_come(tmp_path: Path) -> None:
    path = written(tmp_path, "contact,child,received_on\n1,a,2025-01-06\n")
    assert read_concerns(path, TODAY, TODAY).followed_to == TODAY
    with pytest.raises(CannotRead, match="is still to come"):
        read_concerns(path, TODAY, date(2026, 6, 2))


def test_a_day_of_long_ago_is_a_slip_and_takes_no_other_row_with_it(tmp_path: Path) -> None:
    text = "contact,child,received_on\n1,a,1900-01-01\n2,b,0202-03-04\n3,c,2025-01-06\n"
    read = read_concerns(written(tmp_path, text), TODAY)
    assert [row["contact"] for row in read.contacts.to_pylist()] == ["3"]
    assert sorted(fault.where for fault in read.faults) == ["row 2", "row 3"]


def test_children_nobody_knows_on_one_concern_are_not_taken_for_one(tmp_path: Path) -> None:
    text = "contact,child,received_on\n1,,2025-01-06\n1,,2025-01-06\n1,a,2025-01-06\n1,a,2025-01-06\n"
    read = read_concerns(written(tmp_path, text), TODAY)
    assert sorted(str(row["child"]) for row in read.contacts.to_pylist()) == ["None", "None", "a"]
    assert [fault.where for fault in read.faults] == ["row 5"]
