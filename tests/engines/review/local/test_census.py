"""Census files: what is read, what is said of what cannot be, and that all else is still reviewed."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from openmash.engines.review.local.history import CannotRead, History
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.readers.census import read_census
from openmash.engines.review.local.readers.census.codes import AGENCY_KIND_OF
from tests.engines.review.local.census_file import (
    assessed,
    census,
    child,
    element,
    enquiry,
    plan,
    referral,
    written,
)

TODAY = date(2026, 6, 1)


def read(folder: Path, *texts: str | bytes) -> History:
    return read_census([written(folder, text, f"{n}.xml") for n, text in enumerate(texts, start=1)], TODAY)


def faults(history: History) -> list[str]:
    return [f"{each.where}: {each.what}" for each in history.faults]


def kinds(history: History) -> list[tuple[date, str]]:
    return sorted((row["on"], row["kind"]) for row in history.events.to_pylist())


def test_a_referral_becomes_a_concern_with_what_followed_and_nothing_the_census_does_not_hold(
    tmp_path: Path,
) -> None:
    work = assessed("2024-06-10") + enquiry("2024-06-12", "2024-07-01") + plan("2024-07-01")
    first = child(
        "A1", referral("2024-06-03", work, source="3A"), disability="AUT", ethnicity="WIRT", sex="M"
    )
    second = child("A2", referral("2024-06-04", source="10", nfa="1"), ethnicity="REFU", sex="U")
    found = read(tmp_path, census(first, second))
    assert found.faults == ()
    went_on, closed = found.contacts.to_pylist()
    assert (went_on["received_on"], went_on["agency_kind"], went_on["need"]) == (date(2024, 6, 3), "gp", "N1")
    assert (went_on["closed_at_door"], closed["closed_at_door"]) == (False, True)
    assert (went_on["age_months"], closed["agency_kind"]) == (109, None)
    for name in ("policy_level", "decided_level", "signs", "team", "answered_on", "lacked_capacity"):
        assert went_on[name] is None and name not in found.has
    assert kinds(found) == [
        (date(2024, 6, 10), "assessed"),
        (date(2024, 6, 12), "enquiry"),
        (date(2024, 7, 1), "conference"),
        (date(2024, 7, 1), "plan"),
    ]
    one, other = found.children.to_pylist()
    assert (one["disabled"], one["ethnicity"], one["sex"]) == (True, "Gypsy, Roma or Irish Traveller", "male")
    assert (other["disabled"], other["ethnicity"], other["sex"]) == (False, None, None)
    assert found.followed_to == date(2025, 3, 31)
    assert any("nothing of levels, signs" in each for each in found.notes)


def test_every_source_of_referral_is_a_kind_of_agency() -> None:
    assert len(AGENCY_KIND_OF) == 22
    assert {each for each in AGENCY_KIND_OF.values() if each} <= set(AGENCY_KINDS)


@pytest.mark.parametrize(
    ("says", "closed"),
    [("0", False), ("1", True), ("true", True), ("FALSE", False), ("yes", None), ("", None)],
)
def test_yes_and_no_in_all_four_ways_and_what_is_neither_is_not_known(
    tmp_path: Path, says: str, closed: bool | None
) -> None:
    found = read(tmp_path, census(child("A1", referral("2024-06-03", nfa=says))))
    assert found.contacts["closed_at_door"].to_pylist() == [closed]
    assert len(found.faults) == (closed is None)


def test_reviews_of_a_plan_in_either_shape(tmp_path: Path) -> None:
    day = [element("CPPreviewDate", "2024-09-01"), element("CPPreviewDate", "2025-02-01")]
    together, apart = element("Reviews", *day), "".join(element("Reviews", each) for each in day)
    for shape in (together, apart):
        found = read(tmp_path, census(child("A1", referral("2024-06-03", plan("2024-07-01", shape)))))
        assert found.faults == () and len(kinds(found)) == 1
    early = element("Reviews", element("CPPreviewDate", "2024-01-01")) + element("Reviews")
    found = read(tmp_path, census(child("A1", referral("2024-06-03", plan("2024-07-01", early)))))
    assert [each.split(": ")[1] for each in faults(found)] == ["Reviews", "CPPreviewDate"][::-1]


def test_what_cannot_be_is_said_by_line_and_child_and_all_else_is_reviewed(tmp_path: Path) -> None:
    broken = [
        child("A1", referral("2024-06-31"), referral("2024-06-03", assessed("2024-01-01"))),
        child("A2", referral("2024-06-03", enquiry("2031-01-01"), source="Mrs Smith")),
        child("", referral("2024-06-03", nfa="1")),
        child("A4", referral("2024-06-03", assessed("2024-06-10"), nfa="1"), born="1950-01-01"),
        child("A5"),
        element("Child", referral("2024-06-05")),
        child("A7", element("CINdetails", element("ReferralNFA", "0"))),
        child("A8", referral("2024-06-03", element("Assessments")), ethnicity="XXXX", disability="LEG"),
        child("A9", referral("2024-06-06", nfa="1")),
    ]
    found = read(tmp_path, census(*broken))
    said = faults(found)
    expected = [
        (1, "“2024-06-31” is not a day"), (1, "The referral was left out"), (1, "is before 2024-06-03"),
        (2, "What stands there is no code"), (2, "is after 2025-03-31"), (3, "neither LAchildID nor UPN"),
        (4, "ReferralNFA says"), (4, "over 25"), (5, "CINdetails is missing"), (6, "ChildIdentifiers is missing"),
        (7, "CINreferralDate is missing"), (8, "AssessmentActualStartDate is missing"),
        (8, "Disability: What"), (8, "Ethnicity: What"),
    ]  # fmt: skip
    for place, words in expected:
        assert any(f"child {place}:" in each and words in each for each in said), (place, words, said)
    assert len(said) == len(expected) and all(each.startswith("1.xml, line ") for each in said)
    assert "Smith" not in " ".join(said), "no list of faults holds a name"
    rows = found.contacts.to_pylist()
    assert len(rows) == 7 and sum(row["child"] is None for row in rows) == 2
    assert [row["closed_at_door"] for row in rows if row["received_on"] == date(2024, 6, 6)] == [True]
    lines = census(*broken).splitlines()
    line = next(each.split("line ")[1].split(",")[0] for each in said if "2024-06-31" in each)
    assert "2024-06-31" in lines[int(line) - 1]


def test_a_record_that_is_no_xml_is_left_out_and_those_beside_it_are_not(tmp_path: Path) -> None:
    good = [child(f"A{n}", referral("2024-06-03", nfa="1")) for n in range(1, 6)]
    for bad in (
        good[2].replace("A3", "A & 3"),
        good[2].replace("</CINdetails>", ""),
        good[2].replace("<ReferralNFA>", "<ReferralNFA"),
    ):
        found = read(tmp_path, census(*good[:2], bad, *good[3:]))
        assert found.contacts.num_rows == 4, bad
        assert any("child 3: Here it is no XML, and the child was left out" in each for each in faults(found))
    whole = census(*good)
    cut = whole[: whole.index("A5")]
    found = read(tmp_path, cut)
    assert found.contacts.num_rows == 4 and found.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_other_encodings_are_read_and_said_when_they_are_not_what_the_file_says(
    tmp_path: Path, encoding: str
) -> None:
    head = "" if encoding == "utf-16" else '<?xml version="1.0" encoding="utf-8"?>\n'
    text = census(child("A1", "<!-- Zoë -->", referral("2024-06-03", nfa="1")), head=head)
    found = read(tmp_path, text.encode(encoding))
    assert found.contacts.num_rows == 1
    assert ("It is not written in UTF-8" in " ".join(faults(found))) == (encoding == "cp1252")
    said = head.replace("utf-8", "windows-1252") + text.removeprefix(head)
    assert read(tmp_path, said.encode("cp1252") if encoding != "utf-16" else text).faults == ()


def test_nothing_outside_the_file_is_read_and_no_entity_is_filled_in(tmp_path: Path) -> None:
    secret = written(tmp_path, "A-SECRET", "secret.txt")
    for declared in (
        f'<!DOCTYPE Message [<!ENTITY e SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Message SYSTEM "http://example.org/census.dtd">',
    ):
        with pytest.raises(CannotRead, match="DOCTYPE"):
            read(tmp_path, census(child("&e;", referral("2024-06-03")), head=declared))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("contact,child\n1,2\n", "is no XML file"),
        ("<Other/>", "does not begin with Message"),
        ("<Message><Children/></Message>", "no Child stands in it"),
        ("<Message><Children><Child/></Children></Message>", "does not say of which year"),
    ],
)
def test_what_is_no_census_is_refused_in_words(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(CannotRead, match=why):
        read(tmp_path, text)
    with pytest.raises(CannotRead, match="cannot be read"):
        read_census([tmp_path / "nothing.xml"], TODAY)


def test_over_several_years_a_child_and_a_referral_are_there_once_and_the_later_file_counts(
    tmp_path: Path,
) -> None:
    upn, other = "B998123412349", "C998123412349"
    before = census(
        child("A1", referral("2023-06-01", assessed("2023-06-02"), nfa="0"), upn=upn, ethnicity="NOBT"),
        child("A2", referral("2023-07-01", nfa="1")),
        child("A3", referral("2021-01-01", enquiry("2023-09-09"))),
        year=2024,
    )
    after = census(
        child("NEW1", referral("2023-06-01", assessed("2023-06-02"), plan("2024-05-05")), upn=upn, ethnicity="AIND"),
        child("A2", referral("2024-07-01", nfa="1"), upn=other),
        child("A4", referral("2024-07-02", nfa="1"), upn=other, born="2011-01-01"),
        year=2025,
    )  # fmt: skip
    for texts in ((before, after), (after, before)):
        found = read(tmp_path, *texts)
        assert found.contacts.num_rows == 4, "the older one of A3 is no concern of these years"
        assert len(set(found.contacts["child"].to_pylist())) == 3
        assert kinds(found).count((date(2023, 6, 2), "assessed")) == 1
        assert (date(2023, 9, 9), "enquiry") in kinds(found), "but what came of it is known"
        assert "Asian" in found.children["ethnicity"].to_pylist()
        assert any("different children" in each or "two children" in each for each in faults(found))
        assert any("Referrals before 1 April 2023" in each for each in found.notes)
    clash = census(child("Z", referral("2024-08-01"), upn=upn, born="2001-01-01"), year=2025)
    found = read(tmp_path, before, clash)
    assert any("another day of birth" in each for each in faults(found))
    assert len(set(found.contacts["child"].to_pylist())) == 3


def test_years_before_a_gap_are_left_out_since_nothing_after_can_be_seen(tmp_path: Path) -> None:
    years = [census(child("A1", referral(f"{year - 1}-06-03")), year=year) for year in (2021, 2023, 2024)]
    found = read(tmp_path, *years)
    assert found.contacts.num_rows == 2 and found.source == "2.xml and 3.xml"
    assert "1.xml: It was left out: the census of 2022 is missing" in " ".join(faults(found))


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    """A file of 30 MB of padding beside little that counts is read in a fraction of that."""
    padding = element("CINPlanDates", element("CINPlanStartDate", "2024-06-03")) * 100
    text = census(*(child(f"A{n}", referral("2024-06-03", padding)) for n in range(3_000)))
    path = written(tmp_path, text)
    size = path.stat().st_size
    del text
    tracemalloc.start()
    found = read_census([path], TODAY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.contacts.num_rows == 3_000 and most < size / 3
