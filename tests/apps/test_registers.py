"""Registers handed over, linked and looked at: by whom, on what ground, and with what trace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import sleep

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.queries import events_about
from openmash.apps.directory.models import Agency, Person
from openmash.apps.families.models import IndexedPerson, MatchKey
from openmash.apps.registers import holding, queries
from openmash.apps.registers.actions import keeping, reviewing, running
from openmash.apps.registers.actions.handing_over import HandedOver, hand_over
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.models import (
    LinkingRun,
    Pair,
    PairSaid,
    Register,
    RegisterRow,
    RunProgress,
    RunResult,
)
from openmash.apps.registers.standings import rows_of_the_same_person, standings_for
from openmash.engines.matching.batch.linking.choosing import choose
from openmash.engines.matching.batch.linking.link import Linked
from openmash.engines.matching.batch.linking.scoring import Scored
from openmash.engines.matching.batch.reading.register import Count
from openmash.engines.matching.judging import Sureness
from openmash.engines.statistics import NotEnough
from tests.cast import MONDAY, Cast

HEAD = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode\n"
CHILDREN = (
    ("Ayesha", "Khan", "2014-03-01", "F", "1 High Street", "NF1 2AB"),
    ("Oliver", "Pemberton", "2012-07-19", "M", "14 Mill Lane", "NF3 4CD"),
    ("Thandiwe", "Mokoena", "2010-02-14", "F", "22 Station Road", "NF7 8GH"),
    ("Zofia", "Kowalczyk", "2016-11-30", "F", "7 Chapel Row", "NF5 6EF"),
)
ROLL = HEAD + "".join(",".join(child) + "\n" for child in CHILDREN)
GP_LIST = HEAD + "".join(",".join(child) + "\n" for child in CHILDREN[:3]) + "Wilfred,Ashdown,,M,,\nbroken\n"
SAID = HandedOver(
    "school_roll", "To find children known to both.", "Children Act 2004, section 10", date(2027, 8, 31)
)


@pytest.fixture
def practice(cast: Cast) -> Person:
    """The safeguarding lead of a GP practice in the same locality."""
    lead = cast.boarding_lead
    lead.agency = Agency.objects.get(name="Elm Street Surgery")
    lead.save()
    return lead


def handed_over(tmp_path: Path, text: str, by: Person, said: HandedOver = SAID) -> Register:
    path = tmp_path / "given.csv"
    path.write_text(text, encoding="utf-8")
    return hand_over(file=path, file_name="Roll.csv", said=said, by=by, now=MONDAY)


@pytest.fixture
def roll(tmp_path: Path, cast: Cast) -> Register:
    return handed_over(tmp_path, ROLL, cast.safeguarding_lead)


@pytest.fixture
def gp_list(tmp_path: Path, practice: Person) -> Register:
    return handed_over(
        tmp_path, GP_LIST, practice, HandedOver("gp_list", "Care", "Section 10", date(2027, 8, 31))
    )


@pytest.fixture
def asked(roll: Register, gp_list: Register, cast: Cast) -> LinkingRun:
    """A run over the two registers, claimed by this process."""
    asked = running.ask_for_run(one=roll, other=gp_list, purpose="An audit.", by=cast.manager, now=MONDAY)
    assert running.claim_run(now=MONDAY) == asked.pk
    return asked


@pytest.fixture
def run(asked: LinkingRun, monkeypatch: pytest.MonkeyPatch) -> LinkingRun:
    """The run with three pairs proposed, without waiting for Splink: the first three lines of each are alike."""
    scored = [Scored(line, line, Sureness.VERY_LIKELY, 1 - line / 1000, 0.0, ()) for line in (2, 3, 4)]
    chosen = choose(scored, at_least=frozenset({Sureness.VERY_LIKELY}), once=True)
    found = Linked(chosen, (Count(), Count()), proposed=3, asking_is_first=True)
    with monkeypatch.context() as changed:
        changed.setattr(running, "_linked", lambda run, clock: found)
        running.carry_out(asked.pk, clock=lambda: MONDAY)
    return asked


# --- handing over ---


def test_a_register_is_kept_indexed_and_written_down_once(roll: Register, cast: Cast) -> None:
    assert (roll.people, roll.left_out, roll.rows.count()) == (4, 0, 4)
    indexed = IndexedPerson.objects.filter(source="register")
    assert set(indexed.values_list("record_id", flat=True)) == set(roll.rows.values_list("pk", flat=True))
    assert MatchKey.objects.filter(person__in=indexed).count() > 20
    (event,) = events_about("register", roll.pk)
    assert (event.verb, event.detail) == ("hand_over_register", {"people": 4, "left_out": 0, "to_look_at": 0})
    assert event.ground == "leads safeguarding in the agency whose register it is"


def test_where_a_row_stands_is_told_where_its_register_is_and_elsewhere_only_whom_to_ask(
    roll: Register, cast: Cast
) -> None:
    row = roll.rows.get(line=2).pk
    told = standings_for([row], by=cast.screener, now=MONDAY).told[row]
    assert (told.words, told.handed_over) == ("on the roll of Millbrook Primary School", MONDAY.date())
    for other in (cast.screener_elsewhere, cast.teacher):
        there = standings_for([row], by=other, now=MONDAY)
        assert (there.told, there.ask) == ({}, {row: roll.agency.locality})
    gone = standings_for([row], by=cast.screener, now=MONDAY + timedelta(days=400))
    assert (gone.told, gone.ask) == ({}, {})


def test_good_rows_are_kept_and_bad_ones_listed_for_their_agency_alone(
    gp_list: Register, practice: Person, cast: Cast
) -> None:
    assert (gp_list.people, gp_list.left_out) == (4, 1)
    (row,) = queries.rows_to_mend(gp_list, practice, now=MONDAY)
    assert (row.line, row.became, row.cells) == (6, "left out", ["broken"])
    for other in (cast.manager, cast.safeguarding_lead, cast.screener):
        with pytest.raises(Refused):
            queries.rows_to_mend(gp_list, other, now=MONDAY)


@pytest.mark.parametrize("name", ["teacher", "manager", "screener", "police_officer", "partner"])
def test_who_may_not_hand_over(tmp_path: Path, cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        handed_over(tmp_path, ROLL, getattr(cast, name))
    assert not Register.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "nonsense"),
        ("purpose", " "),
        ("legal_ground", ""),
        ("keep_until", date(2026, 11, 16)),
        ("keep_until", date(2040, 1, 1)),
    ],
)
def test_what_must_be_said(tmp_path: Path, cast: Cast, field: str, value: object) -> None:
    said = HandedOver(**{**SAID.__dict__, field: value})
    with pytest.raises(RegisterRefused) as refused:
        handed_over(tmp_path, ROLL, cast.safeguarding_lead, said)
    assert refused.value.field == field


def test_a_file_that_cannot_be_used_or_came_before(tmp_path: Path, cast: Cast, roll: Register) -> None:
    with pytest.raises(RegisterRefused, match="handed over before"):
        handed_over(tmp_path, ROLL, cast.safeguarding_lead)
    with pytest.raises(RegisterRefused, match=r"Roll\.csv is empty"):
        handed_over(tmp_path, "", cast.safeguarding_lead)
    with pytest.raises(RegisterRefused, match="No row of this register can be used"):
        handed_over(tmp_path, HEAD + ",,,,,\nbroken\n", cast.safeguarding_lead)
    assert Register.objects.count() == 1


def test_a_file_of_nothing_but_faults_is_refused_before_it_fills_the_memory(
    tmp_path: Path, cast: Cast
) -> None:
    with pytest.raises(RegisterRefused, match=r"More than 20,000 rows of this file need mending"):
        handed_over(tmp_path, HEAD + "x\n" * 20_001, cast.safeguarding_lead)
    wide = ",".join([*HEAD.strip().split(","), *(f"c{number}" for number in range(40))])
    line = "".join(f",{'x' * 1_900}" for _ in range(40))
    with pytest.raises(RegisterRefused, match="far more text than a register"):
        handed_over(tmp_path, wide + "\n" + f",,,,,{line}\n" * 900, cast.safeguarding_lead)
    assert not Register.objects.exists()


def test_a_register_past_its_day_is_erased_once_with_what_was_made_of_it(
    run: LinkingRun, cast: Cast, tmp_path: Path
) -> None:
    """And nothing else is: the register it was linked with keeps its rows."""
    pair = run.pairs.all()[0]
    reviewing.say(pair=pair, verdict="same", reason="Same date.", shown={}, by=cast.manager, now=MONDAY)
    assert keeping.erase_those_past_their_day(now=MONDAY) == []
    past_its_day(run.one)
    assert keeping.erase_those_past_their_day(now=MONDAY) == [run.one.pk]
    assert not RegisterRow.objects.filter(register=run.one).exists()
    assert not Pair.objects.exists() and not PairSaid.objects.exists()
    assert RegisterRow.objects.filter(register=run.other).count() == run.other.people
    left = set(IndexedPerson.objects.filter(source="register").values_list("record_id", flat=True))
    assert left == set(run.other.rows.values_list("pk", flat=True))
    assert Register.objects.count() == 2 and run.result.very_likely == 3, "the numbers stay"
    assert keeping.erase_those_past_their_day(now=MONDAY) == []
    assert [event.verb for event in events_about("register", run.one.pk)][-1] == "erase_register"


def past_its_day(register: Register) -> None:
    """As if the register had been handed over until the day before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE registers_register DISABLE TRIGGER USER")
        Register.objects.filter(pk=register.pk).update(keep_until=MONDAY.date() - timedelta(days=1))
        cursor.execute("ALTER TABLE registers_register ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_erases_no_register_whose_day_has_not_come(tmp_path: Path, cast: Cast) -> None:
    """Whatever day the program takes it to be: the database goes by its own clock."""
    in_years = MONDAY.date() + timedelta(days=3650)
    register = handed_over(tmp_path, ROLL, cast.safeguarding_lead, replace(SAID, keep_until=in_years))
    with pytest.raises(DatabaseError, match="before their day"):
        keeping.erase_those_past_their_day(now=MONDAY + timedelta(days=3700))
    assert RegisterRow.objects.count() == register.people == 4


def test_without_its_event_nothing_of_a_register_past_its_day_goes(run: LinkingRun) -> None:
    past_its_day(run.one)
    for kept in (run.pairs.all(), run.one.rows.all(), run.other.rows.all()):
        with pytest.raises(DatabaseError, match="before their day"), transaction.atomic():
            kept._raw_delete(kept.db)
    for kept_for_good in (RunResult, Register):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            rows = kept_for_good.objects.all()
            rows._raw_delete(rows.db)


# --- linking ---


def test_a_run_proposes_pairs_and_links_nobody(asked: LinkingRun) -> None:
    run = asked
    running.carry_out(run.pk, clock=lambda: MONDAY)
    run.refresh_from_db()
    assert run.progress.state == RunProgress.State.DONE
    assert run.result.very_likely + run.result.possible == run.pairs.count() == 3
    lines = sorted(run.pairs.values_list("one__line", "other__line"))
    assert lines == [(2, 2), (3, 3), (4, 4)]
    assert not PairSaid.objects.exists()
    assert [event.verb for event in events_about("linking_run", run.pk)] == [
        "ask_for_linking",
        "propose_pairs",
    ]


@pytest.mark.parametrize(
    "name", ["screener", "safeguarding_lead", "teacher", "partner", "screener_elsewhere"]
)
def test_who_may_not_link(roll: Register, gp_list: Register, cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        running.ask_for_run(one=roll, other=gp_list, purpose="x", by=getattr(cast, name), now=MONDAY)


def test_what_cannot_be_linked(roll: Register, gp_list: Register, cast: Cast) -> None:
    for wrong in ({"other": roll}, {"purpose": " "}, {"now": MONDAY + timedelta(days=400)}):
        given = {"one": roll, "other": gp_list, "purpose": "x", "by": cast.manager, "now": MONDAY, **wrong}
        with pytest.raises(RegisterRefused):
            running.ask_for_run(**given)  # type: ignore[arg-type]


def test_asked_twice_it_is_one_run(roll: Register, gp_list: Register, cast: Cast) -> None:
    first = running.ask_for_run(one=roll, other=gp_list, purpose="x", by=cast.manager, now=MONDAY)
    again = running.ask_for_run(one=gp_list, other=roll, purpose="y", by=cast.second_manager, now=MONDAY)
    assert first == again


def test_a_run_is_one_processes_until_that_process_is_gone(
    roll: Register, gp_list: Register, cast: Cast
) -> None:
    asked = running.ask_for_run(one=roll, other=gp_list, purpose="x", by=cast.manager, now=MONDAY)
    another = connection.copy()
    with another.cursor() as cursor:
        cursor.execute(holding.TRY, [str(asked.pk)])
    RunProgress.objects.update(state=RunProgress.State.RUNNING)
    assert holding.is_held(asked.pk) and running.claim_run(now=MONDAY + timedelta(days=1)) is None
    another.close()
    assert eventually(lambda: not holding.is_held(asked.pk)), "the database lets go with the connection"
    assert running.claim_run(now=MONDAY) == asked.pk
    assert running.claim_run(now=MONDAY) is None, "not even to the process that has it"
    holding.let_go(asked.pk)


def eventually(met: Callable[[], bool]) -> bool:
    for _ in range(200):
        if met():
            return True
        sleep(0.05)
    return False


def test_a_fault_leaves_the_run_stopped_and_nothing_half_kept(
    roll: Register, gp_list: Register, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = running.ask_for_run(one=roll, other=gp_list, purpose="x", by=cast.manager, now=MONDAY)
    running.claim_run(now=MONDAY)
    monkeypatch.setattr(running, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.carry_out(asked.pk, clock=lambda: MONDAY)
    assert RunProgress.objects.get().state == RunProgress.State.FAILED
    assert not Pair.objects.exists()


def test_the_command_carries_out_what_waits(roll: Register, gp_list: Register, cast: Cast) -> None:
    running.ask_for_run(one=roll, other=gp_list, purpose="x", by=cast.manager, now=MONDAY)
    call_command("link_registers", verbosity=0)
    assert RunProgress.objects.get().state == RunProgress.State.DONE


# --- clerical review ---


def say(pair: Pair | None, by: Person, verdict: str = "same") -> PairSaid:
    assert pair is not None
    return reviewing.say(pair=pair, verdict=verdict, reason="Same school.", shown={}, by=by, now=MONDAY)


def looked_at_twice(run: LinkingRun, twice: bool) -> None:
    """Settle what the lot decides, for a test."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # without triggers
        cursor.execute("UPDATE registers_pair SET second_look = %s", [twice])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_two_people_never_get_the_same_pair(run: LinkingRun, cast: Cast) -> None:
    looked_at_twice(run, False)
    one = reviewing.take_next(run=run, by=cast.screener, now=MONDAY)
    other = reviewing.take_next(run=run, by=cast.manager, now=MONDAY)
    assert one and other and one != other
    assert reviewing.take_next(run=run, by=cast.screener, now=MONDAY) == one, "one's own comes back"
    with pytest.raises(RegisterRefused, match="Somebody else has this pair"):
        say(other, cast.screener)
    third = reviewing.take_next(run=run, by=cast.second_screener, now=MONDAY)
    assert third not in (one, other, None)
    assert reviewing.take_next(run=run, by=cast.second_manager, now=MONDAY) is None
    later = MONDAY + timedelta(minutes=21)
    assert reviewing.take_next(run=run, by=cast.second_manager, now=later) is not None


def test_a_word_is_kept_with_its_evidence_and_event(run: LinkingRun, cast: Cast) -> None:
    looked_at_twice(run, False)
    pair = reviewing.take_next(run=run, by=cast.screener, now=MONDAY)
    said = say(pair, cast.screener)
    assert say(pair, cast.screener) == said, "sent twice, said once"
    event = events_about("linking_run", run.pk).last()
    assert event and event.verb == "say_of_pair" and event.detail["verdict"] == "same"
    assert event.ground == "screens concerns in this locality"
    assert pair and rows_of_the_same_person(pair.one_id, now=MONDAY) == {pair.other_id}
    with pytest.raises(RegisterRefused, match="Somebody else has said"):
        say(pair, cast.manager)
    assert queries.reviewed(run).left == 2


def test_a_word_can_be_taken_back_and_the_pair_comes_again(run: LinkingRun, cast: Cast) -> None:
    looked_at_twice(run, False)
    pair = reviewing.take_next(run=run, by=cast.screener, now=MONDAY)
    said = say(pair, cast.screener)
    with pytest.raises(Refused):
        reviewing.take_back(said=said, reason="no", by=cast.second_screener, now=MONDAY)
    with pytest.raises(RegisterRefused):
        reviewing.take_back(said=said, reason=" ", by=cast.screener, now=MONDAY)
    reviewing.take_back(said=said, reason="A cousin.", by=cast.manager, now=MONDAY)
    assert pair and rows_of_the_same_person(pair.one_id, now=MONDAY) == frozenset()
    assert reviewing.take_next(run=run, by=cast.screener, now=MONDAY) == pair
    assert say(pair, cast.screener, "not_same").verdict == "not_same"
    assert PairSaid.objects.filter(pair=pair).count() == 2


def test_where_the_lot_falls_two_people_look_and_agreement_is_shown(run: LinkingRun, cast: Cast) -> None:
    looked_at_twice(run, True)
    assert isinstance(queries.reviewed(run).agreement, NotEnough)
    for verdicts in (("same", "same"), ("same", "not_same"), ("not_same", "not_same")):
        for by, verdict in zip((cast.screener, cast.manager), verdicts, strict=True):
            say(reviewing.take_next(run=run, by=by, now=MONDAY), by, verdict)
    seen = queries.reviewed(run)
    assert (seen.looked_at_twice, seen.differ, seen.left, seen.same, seen.not_same) == (3, 1, 0, 1, 1)
    assert not isinstance(seen.agreement, NotEnough) and 0 < seen.agreement.value < 1
    differing = PairSaid.objects.filter(verdict="same", pair__said__verdict="not_same").get().pair
    assert rows_of_the_same_person(differing.one_id, now=MONDAY) == frozenset(), "two differ: nothing follows"


def test_nobody_looks_twice_at_their_own(run: LinkingRun, cast: Cast) -> None:
    looked_at_twice(run, True)
    for _ in range(3):
        say(reviewing.take_next(run=run, by=cast.screener, now=MONDAY), cast.screener)
    assert reviewing.take_next(run=run, by=cast.screener, now=MONDAY) is None
    assert reviewing.take_next(run=run, by=cast.manager, now=MONDAY) is not None


@pytest.mark.parametrize("name", ["teacher", "safeguarding_lead", "screener_elsewhere", "partner", "adviser"])
def test_who_may_not_look_at_pairs(run: LinkingRun, cast: Cast, name: str) -> None:
    by = getattr(cast, name)
    with pytest.raises(Refused):
        reviewing.take_next(run=run, by=by, now=MONDAY)
    with pytest.raises(Refused):
        say(run.pairs.first(), by)
    with pytest.raises(Refused):
        queries.run_if_any(run.pk, by, now=MONDAY)


def test_a_word_needs_an_answer_and_a_reason(run: LinkingRun, cast: Cast) -> None:
    pair = reviewing.take_next(run=run, by=cast.screener, now=MONDAY)
    assert pair
    for verdict, reason, field in (("perhaps", "x", "verdict"), ("same", " ", "reason")):
        with pytest.raises(RegisterRefused) as refused:
            reviewing.say(pair=pair, verdict=verdict, reason=reason, shown={}, by=cast.screener, now=MONDAY)
        assert refused.value.field == field


# --- what the database holds to ---


@pytest.mark.parametrize("model", [Register, RegisterRow, LinkingRun, Pair])
def test_nothing_recorded_changes_or_goes(run: LinkingRun, model: type[Register]) -> None:
    one = model.objects.first()
    assert one is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=one.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        one.save()


def test_a_row_without_an_event_is_refused(run: LinkingRun, roll: Register) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    RegisterRow.objects.create(
        register=roll, line=999, described="{}"
    )  # the event of the same transaction covers it
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkingRun.objects.create(one=roll, other=run.other, purpose="x", by=run.by, at=MONDAY)


def test_once_a_register_may_not_be_kept_nothing_made_of_it_is_shown_or_said(
    run: LinkingRun, cast: Cast
) -> None:
    """Given a run with words on its pairs, when the day of one register has gone by, then all of it is closed."""
    pair = reviewing.take_next(run=run, by=cast.screener, now=MONDAY)
    said = say(pair, cast.screener)
    last = datetime.combine(min(run.one.keep_until, run.other.keep_until), time(23, 59), MONDAY.tzinfo)
    assert queries.run_if_any(run.pk, cast.screener, now=last) == run
    past = last + timedelta(minutes=2)
    assert queries.run_if_any(run.pk, cast.screener, now=past) is None
    assert queries.runs_visible_to(cast.screener, now=past) == []
    for closed in (
        lambda: reviewing.take_next(run=run, by=cast.screener, now=past),
        lambda: reviewing.say(
            pair=said.pair, verdict="same", reason="So.", shown={}, by=cast.second_screener, now=past
        ),
        lambda: reviewing.take_back(said=said, reason="No.", by=cast.screener, now=past),
    ):
        with pytest.raises(RegisterRefused, match="a day that has gone by"):
            closed()


def test_a_run_that_waits_past_the_day_is_not_begun(asked: LinkingRun) -> None:
    past = datetime.combine(asked.one.keep_until, time(12), MONDAY.tzinfo) + timedelta(days=1)
    assert running.claim_run(now=past) is None
    with pytest.raises(RegisterRefused):
        running.carry_out(asked.pk, clock=lambda: past)
    assert asked.pairs.count() == 0 and running.claim_run(now=MONDAY) is None
