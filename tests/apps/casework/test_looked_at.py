"""Help is looked at again: a clock asks for the plan, and every date agreed at a review is kept by the next one."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from openmash.apps.casework import looked_at
from openmash.apps.casework.actions import leading, stages
from openmash.apps.casework.models import Case
from openmash.apps.casework.queries.opened import open_work
from openmash.apps.casework.standing import stages_of
from openmash.engines.pathway import parse
from tests.apps.casework import working
from tests.apps.casework.working import DAY, THEN, written
from tests.cast import Cast

FIRST, SECOND = (THEN + 30 * DAY).date(), (THEN + 60 * DAY).date()
OPENED = {
    "early_help": ("2", "early_help"),
    "family_help": ("3", "family_help"),
    "child_in_need_plan": ("3", "section_17_assessment"),
}


def at(cast: Cast, stage: str) -> Case:
    case = working.led(cast, *OPENED[stage])
    if stage == "child_in_need_plan":
        working.go(case, "finish_assessment", stage, cast.social_worker)
    assert stages_of(case) == {stage}
    return case


def due(case: Case) -> dict[str, date]:
    running = case.clocks.filter(stopped_at__isnull=True)
    return {each.definition: each.due_at.date() for each in running}


def plan(case: Case, cast: Cast, review_on: date) -> None:
    leading.write_plan(
        case_id=case.pk,
        seen_version=None,
        goals="I want to sleep.",
        outline="Gran has him on Fridays.",
        actions=[],
        written=written(review_on=review_on),
        by=cast.social_worker,
        now=THEN + DAY,
    )


def review(case: Case, outcome: str, by: Any, review_on: date, now: datetime = THEN + 30 * DAY) -> None:
    stages.review_plan(
        case_id=case.pk,
        seen_version=None,
        outcome=outcome,
        written=written(review_on=review_on),
        by=by,
        now=now,
    )


@pytest.mark.parametrize("stage", OPENED)
def test_a_clock_asks_for_the_plan_and_then_for_each_day_agreed(cast: Cast, stage: str) -> None:
    case = at(cast, stage)
    assert set(due(case)) == {f"{stage}_planned"}
    plan(case, cast, FIRST)
    assert due(case) == {f"{stage}_looked_at": FIRST}
    assert open_work(case.pk, by=cast.social_worker, now=THEN + 2 * DAY).looked_at_on == FIRST
    review(case, "goes_on", cast.social_worker, SECOND)
    assert due(case) == {f"{stage}_looked_at": SECOND}
    assert open_work(case.pk, by=cast.social_worker, now=THEN + 31 * DAY).looked_at_on == SECOND


def test_a_plan_that_does_not_work_is_looked_at_again_while_the_assessment_runs(cast: Cast) -> None:
    case = at(cast, "family_help")
    plan(case, cast, FIRST)
    review(case, "not_working", cast.social_worker, SECOND)
    assert stages_of(case) == {"family_help", "assessment"}
    assert due(case)["family_help_looked_at"] == SECOND


def test_a_practice_that_forgets_what_was_agreed_is_found() -> None:
    before = Path(working.PRACTICE_FOLDER).parent / "draft-2026-12"
    found = list(looked_at.not_looked_at(parse(before)))
    assert "“review_plan:goes_on” agrees a date at the stage “early_help”, and no clock keeps it." in found
    assert "The stage “child_in_need_plan” begins, and no clock asks for its plan." in found
    assert list(looked_at.not_looked_at(parse(working.PRACTICE_FOLDER))) == []
