"""A version of the practice is adopted whole or refused; what began under one keeps it."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from openmash.apps.casework.actions.adopting import adopt_practice
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import Case, PracticeAdopted
from openmash.apps.casework.practice import in_force
from openmash.apps.casework.queries.opened import clock_shown
from openmash.dated_texts import Faults
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN
from tests.apps.test_guards import check_now
from tests.cast import Cast


def adopt_next(limit: str) -> None:
    texts = working.practice_texts()
    texts["practice.toml"] = texts["practice.toml"].replace('version = "2027-01"', 'version = "2027-02"')
    texts["clocks.csv"] = texts["clocks.csv"].replace("working_days,45", f"working_days,{limit}")
    adopt_practice(texts=texts, in_force_from=THEN + HOUR, decision="The board.", by=None, now=THEN)


def limits(case: Case) -> set[int]:
    return {clock_shown(clock).definition.number for clock in case.clocks.select_related("practice")}


def test_what_began_under_a_version_keeps_it(cast: Cast) -> None:
    earlier = working.opened(cast, "3", "section_17_assessment")
    adopt_next("40")
    contact = working.accepted(cast, "3", "section_17_assessment")
    later = open_case(contact_id=contact.pk, by=cast.screener, now=THEN + DAY)[0]
    check_now()
    assert (limits(earlier), limits(later)) == ({45}, {40})
    assert earlier.stageopen_set.get().practice.version == "2027-01"
    assert later.stageopen_set.get().practice.version == "2027-02"


def test_a_practice_that_does_not_fit_is_refused(cast: Cast) -> None:
    texts = working.practice_texts()
    texts["clocks.csv"] = texts["clocks.csv"].replace("record_child_seen ends", "see_the_child ends")
    with pytest.raises(Faults, match="stops when “see_the_child”, which never happens"):
        adopt_practice(texts=texts, in_force_from=THEN, decision="The board.", by=None, now=THEN)
    texts = working.practice_texts()
    texts["quorum.csv"] = texts["quorum.csv"].replace("police,always", "polise,always", 1)
    with pytest.raises(Faults, match="Did you mean “police”"):
        adopt_practice(texts=texts, in_force_from=THEN, decision="The board.", by=None, now=THEN)


def test_no_work_begins_without_a_practice(cast: Cast) -> None:
    with pytest.raises(NotPossibleNow, match="adopt_practice"):
        in_force(THEN)


def test_the_command_adopts_once(db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("adopt_practice", str(working.PRACTICE_FOLDER), "--decision", "The board, 1 June.")
    assert "is in force from" in capsys.readouterr().out
    assert PracticeAdopted.objects.get().decision == "The board, 1 June."
    with pytest.raises(CommandError, match="The file is missing"):
        call_command("adopt_practice", str(tmp_path), "--decision", "Nobody.")


def test_a_version_that_was_adopted_is_not_changed_under_its_name(cast: Cast) -> None:
    working.adopted()
    texts = working.practice_texts()
    texts["clocks.csv"] = texts["clocks.csv"].replace("working_days,45", "working_days,60")
    with pytest.raises(Faults, match="was adopted with other texts"):
        adopt_practice(texts=texts, in_force_from=THEN, decision="The board.", by=None, now=THEN)
