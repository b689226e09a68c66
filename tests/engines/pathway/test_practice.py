"""A practice is read whole or refused in its author's words; and the draft fits the record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from openmash.dated_texts import Faults
from openmash.engines.clocks.due import KINDS as OF_A_CLOCK
from openmash.engines.pathway import check, missing_from, parse
from openmash.engines.pathway.practice import KINDS as OF_A_PRACTICE

FOLDER = Path(__file__).parents[3] / "practice" / "draft-2027-01"
CLOCK = "seen,section_47_enquiry,The child is seen.,opens,done,ends,working_days,1,,Local draft,yes\n"


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}


def test_the_draft_is_read() -> None:
    practice = parse(FOLDER)
    assert practice.version == "2027-01"
    assert practice.digest == parse(texts()).digest
    assert practice.clock("conference_held").number == 15
    assert practice.stage_for("emergency_response") == "strategy_discussion"
    assert practice.stage_for("advice_only") is None


def test_a_practice_may_use_every_kind_of_clock_there_is() -> None:
    """The two engines know nothing of one another, so each has its own list."""
    assert OF_A_PRACTICE == OF_A_CLOCK


def put(file: str, old: str, new: str) -> Callable[[dict[str, str]], None]:
    def change(these: dict[str, str]) -> None:
        assert old in these[file]
        these[file] = these[file].replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.pop("clocks.csv"), "clocks.csv: The file is missing. clocks.csv is needed."),
        (put("practice.toml", 'id = "draft"', ""), "practice.toml: It does not say “id”."),
        (put("practice.toml", "in_force_from = 2024-06-01", ""), "Add in_force_from = 2026-11-01"),
        (put("practice.toml", "id =", "id"), "practice.toml: The file cannot be read"),
        (
            put("stages.csv", ",lead,", ",leed,"),
            "missing: lead; unknown: leed. Row 1 must read: stage,name,lead",
        ),
        (
            put("stages.csv", "Early help,lead_practitioner", "Early help,lead_practicioner"),
            "stages.csv, row 2: “lead_practicioner” is not something the column “lead” can say. Did you mean",
        ),
        (put("stages.csv", "closed,Closed", "transfer,Closed"), "stages.csv: “transfer” stands there twice."),
        (put("stages.csv", "closed,Closed", "closed,=1+1"), "which a spreadsheet takes for a formula."),
        (
            put("clocks.csv", "working_days,45", "working_days,"),
            "clocks.csv, row 2: “” is not how many working_days.",
        ),
        (put("clocks.csv", "working_days,45", "working_days,4500"), "Write a whole number from 1 to 1000."),
        (put("clocks.csv", "working_days,45", "workdays,45"), "Did you mean “working_days”?"),
        (put("clocks.csv", "review_plan,agreed", "review_plan,done"), "cannot be counted from “done”."),
        (put("clocks.csv", "calendar_weeks,6", "calendar_weeks,6,7"), "row 7: The row has 12 cells"),
        (
            put("clocks.csv", "expected,hold_conference", "done,hold_conference"),
            "weeks_before is counted from",
        ),
        (put("clocks.csv", "opens,received", "opens,expected"), "cannot be counted from “expected”."),
        (put("quorum.csv", "police,always", "police,sometimes"), "quorum.csv, row 3: “sometimes”"),
    ],
)
def test_what_is_wrong_is_said_to_its_author(change: Callable[[dict[str, str]], None], said: str) -> None:
    these = texts()
    change(these)
    with pytest.raises(Faults) as wrong:
        parse(these)
    assert said in str(wrong.value)


def test_it_must_fit_the_record() -> None:
    these = texts()
    these["clocks.csv"] += CLOCK.replace("opens", "see_chid").replace("section_47_enquiry", "section_47")
    faults = [
        str(fault)
        for fault in check(
            parse(these),
            stages=["section_47_enquiry", "new_stage"],
            events=["see_child"],
            meetings=["core_group", "picnic"],
            agency_kinds=["police"],
        )
    ]
    for said in (
        "The stage “new_stage” has no row.",
        "There is no stage “early_help”.",
        "speaks of a stage “section_47” that there is not. Did you mean “section_47_enquiry”?",
        "starts when “see_chid”, which never happens. Did you mean “see_child”?",
        "Nobody is said to be needed at “picnic”.",
        "There is no kind of agency “gp”.",
    ):
        assert any(said in fault for fault in faults), said


def test_who_is_missing() -> None:
    practice = parse(FOLDER)
    everybody = ["childrens_social_care", "police", "gp", "school"]
    assert missing_from(practice, "strategy_discussion", everybody, {}) == ()
    assert missing_from(practice, "strategy_discussion", everybody[:3], {}) == ("Education",)
    assert missing_from(practice, "strategy_discussion", everybody[:3], {"Education": "A baby."}) == ()
    # Only what may not apply can be said not to.
    assert missing_from(practice, "strategy_discussion", ["gp", "school"], {"Police": "Busy."}) == (
        "Children’s social care",
        "Police",
    )


def test_no_clock_pauses_for_no_law_or_guidance_that_was_read_lets_it() -> None:
    these = texts()
    assert 'working_days,45,,"Working' in these["clocks.csv"]
    these["clocks.csv"] = these["clocks.csv"].replace(
        'working_days,45,,"Working', 'working_days,45,awaiting_agency,"Working'
    )

    def found(texts_given: dict[str, str]) -> list[str]:
        practice = parse(texts_given)
        every = [event for clock in practice.clocks for event in (*clock.starts_when, *clock.stops_when)]
        faults = check(
            practice,
            stages=[each.stage for each in practice.stages],
            events=every,
            meetings=[each.meeting for each in practice.quorum],
        )
        return [str(fault) for fault in faults]

    assert found(texts()) == []
    (fault,) = found(these)
    assert "The clock “assessment_finished” would pause" in fault
