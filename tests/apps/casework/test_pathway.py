"""The table of the pathway: who may make each move, what each needs, and that no way ends in nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Viewer
from openmash.apps.access.work_grounds import CaseFacts, ground_for_work
from openmash.apps.casework import checking, pathway
from openmash.apps.casework.checking import reachable
from openmash.apps.casework.pathway import LOOKS, MOVES, VERBS, after, moves_from, why_not_go_on
from openmash.apps.casework.rules import Said, Written, why_not
from openmash.apps.casework.stages import OFFERS, Stage
from openmash.apps.casework.table.escalation import STEPS
from openmash.apps.casework.table.move import Move
from openmash.command.parts import run
from openmash.engines.pathway import parse

ROOT = Path(__file__).parents[3]
PRACTICE = ROOT / "practice" / "draft-2027-01"
HERE, THERE = 1, 2
CASE = CaseFacts(
    id="w1",
    locality_id=HERE,
    worker_id=10,
    cover_id=16,
    is_for_conference=True,
    receiving_locality_id=THERE,
    invited=frozenset({30}),
    took_part=frozenset({30, 33}),
)
PEOPLE = {
    "worker": Viewer(10, 100, frozenset({("social_worker", HERE)})),
    "cover": Viewer(16, 100, frozenset({("social_worker", HERE)})),
    "another worker": Viewer(11, 100, frozenset({("social_worker", HERE)})),
    "manager": Viewer(12, 100, frozenset({("team_manager", HERE)})),
    "manager there": Viewer(13, 200, frozenset({("team_manager", THERE)})),
    "chair": Viewer(14, 100, frozenset({("conference_chair", HERE)})),
    "chair there": Viewer(15, 200, frozenset({("conference_chair", THERE)})),
    "screener": Viewer(20, 100, frozenset({("screening_practitioner", HERE)})),
    "screener there": Viewer(21, 200, frozenset({("screening_practitioner", THERE)})),
    "front door manager": Viewer(22, 100, frozenset({("manager", HERE)})),
    "head": Viewer(23, 100, frozenset({("head_of_service", HERE)})),
    "partner": Viewer(24, 300, frozenset({("safeguarding_partner", None)})),
    "invited": Viewer(30, 300, frozenset()),
    "raised it": Viewer(33, 400, frozenset()),
    "colleague of somebody invited": Viewer(31, 300, frozenset({("safeguarding_lead", HERE)})),
    "unknown role": Viewer(32, 100, frozenset({("administrator", None)})),
    "nobody": Viewer(None, None, frozenset()),
}
WORKING, MANAGING = {"worker", "cover", "manager"}, {"manager"}
FRONT_DOOR = {"screener", "front door manager", "head", "partner"}
SECOND = {"manager", "chair", "head"}
ANSWERING = {"worker", "cover", "manager", "chair", "head", "partner"}
EXPECTED: dict[str, set[str]] = {
    **dict.fromkeys(
        [f"open_case:{each}" for each in ("early_help", "family_help", "assessment")], FRONT_DOOR
    ),
    "open_case:strategy_discussion": FRONT_DOOR,
    "allocate": MANAGING,
    "record_child_seen": WORKING,
    "write_plan": WORKING,
    "finish_action": WORKING | {"invited"},
    "step_up:family_help": WORKING,
    "step_up:assessment": WORKING,
    "step_down:family_help": MANAGING,
    "step_down:early_help": MANAGING,
    "finish_assessment:child_in_need_plan": WORKING,
    "finish_assessment:help_goes_on": WORKING,
    "review_plan:goes_on": WORKING,
    "review_plan:not_working": WORKING,
    "review_plan:not_stepped_up": MANAGING,
    "offer_refused:stepped_up": WORKING,
    "offer_refused:not_stepped_up": MANAGING,
    "call_strategy_discussion": WORKING,
    "hold_strategy_discussion": MANAGING,
    "decide_on_enquiry:enquiry": MANAGING,
    "decide_on_enquiry:no_enquiry": MANAGING,
    "finish_enquiry:conference": MANAGING,
    "finish_enquiry:no_conference": MANAGING,
    "call_conference": WORKING | {"chair"},
    "hold_conference": {"chair"},
    "decide_on_plan:plan": {"chair"},
    "decide_on_plan:no_plan": {"chair"},
    "call_core_group": WORKING,
    "hold_core_group": WORKING,
    "decide_in_core_group:goes_on": WORKING,
    "decide_in_core_group:not_working": WORKING,
    "call_review_conference": WORKING | {"chair"},
    "hold_review_conference": {"chair"},
    "decide_on_review:plan_goes_on": {"chair"},
    "decide_on_review:plan_ends": {"chair"},
    "record_expected_date": WORKING,
    "record_birth": WORKING,
    "record_pregnancy_ended": MANAGING,
    "record_pregnancy_goes_on": MANAGING,
    "make_entry": {"invited"},
    "dissent": {"invited"},
    "agree_decision": SECOND,
    "return_decision": SECOND,
    "end_meeting": WORKING | {"chair"},
    "decide_on_information:goes_on": WORKING,
    "decide_on_information:stays_closed": MANAGING,
    "decide_on_information:assessment": WORKING,
    "decide_on_information:strategy_discussion": WORKING,
    **{f"escalate:{step}": {"invited", "raised it"} for step in STEPS.values()},
    "answer_escalation:stands": ANSWERING,
    "answer_escalation:decide_again": ANSWERING,
    "ask_threshold": WORKING,
    "agree_proposal": SECOND,
    "return_proposal": SECOND,
    "receive_transfer": FRONT_DOOR,
    "call_transfer_in_conference": WORKING | {"chair"},
    "hold_transfer_in_conference": {"chair"},
    "decide_on_transfer_in:plan": {"chair"},
    "decide_on_transfer_in:no_plan": {"chair"},
    "wait_for_agency": WORKING,
    "end_waiting": WORKING,
    "withdraw_transfer": MANAGING,
    "hand_over": MANAGING,
    "transfer": MANAGING,
    "accept_transfer": {"manager there"},
    "return_transfer": {"manager there"},
    "close": MANAGING,
    "reopen": MANAGING,
}
SEEING = {
    "see_case": WORKING | {"chair", "manager there", "head", "partner"},
    "see_meeting": WORKING | {"chair", "invited", "head"},
    "see_escalation": ANSWERING | {"invited", "raised it"},
}
TODAY = date(2026, 11, 16)


def test_every_move_is_expected_here() -> None:
    assert set(EXPECTED) == {move.event for move in MOVES}
    assert set(SEEING) == set(LOOKS)


def allowed(who: str, verb: str, grounds: frozenset[object], expected: set[str]) -> None:
    if who in expected:
        assert ground_for_work(PEOPLE[who], verb, CASE, grounds)  # type: ignore[arg-type]
    else:
        with pytest.raises(Refused) as refused:
            ground_for_work(PEOPLE[who], verb, CASE, grounds)  # type: ignore[arg-type]
        assert refused.value.reason
        assert (refused.value.verb, refused.value.subject_id) == (verb, "w1")


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.event)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may(who: str, move: Move) -> None:
    allowed(who, move.verb, move.who, EXPECTED[move.event])


@pytest.mark.parametrize("verb", [*LOOKS, "a_verb_nobody_declared"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_look(who: str, verb: str) -> None:
    allowed(who, verb, pathway.grounds_for(verb), SEEING.get(verb, set()))


FIELDS = {
    "reason": {"reason"},
    "goes_on": {"goes_on"},
    "views": {"child_text", "parents_text"},
    "offer": {"offer"},
    "way_back": {"way_back"},
    "told": {"told"},
    "category": {"category"},
    "review_on": {"review_on"},
}
VIEWS = {"child": Said(text="Stop."), "parents": Said(not_obtained_because="Away.")}
WHOLE = Written("Reasons.", "", "Help.", "Ring.", ("The family",), "neglect", date(2026, 12, 1), VIEWS)


def stages_for(move: Move) -> frozenset[Stage]:
    return next((each for each in sorted(reachable(), key=len) if move.can_begin(each)), frozenset())


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.event)
def test_what_each_move_needs(move: Move) -> None:
    stages = stages_for(move)
    expected = {field for need in move.needs for field in FIELDS.get(need, set())}
    assert {reason.field for reason in why_not(move, Written(), stages, TODAY)} == expected
    options = [each for each in sorted(move.goes_on) if not why_not_go_on(move, each, stages)]
    whole = replace(WHOLE, goes_on=options[0] if options else "")
    assert why_not(move, whole, stages, TODAY) == []
    both = {whose: Said("Said.", "And why not.") for whose in VIEWS}
    if "views" in move.needs:
        assert why_not(move, replace(whole, views=both), stages, TODAY)
    short_of_staff = why_not(move, replace(whole, reason="We are short of staff."), stages, TODAY)
    assert bool(short_of_staff) == move.lowers


@pytest.mark.parametrize("move", [each for each in MOVES if each.before], ids=lambda move: move.event)
def test_no_move_begins_where_it_does_not_belong(move: Move) -> None:
    outside = [each for each in reachable() if not move.before & each]
    assert outside
    assert all(why_not(move, WHOLE, each, TODAY)[0].field == "outcome" for each in outside)


def onward(stages: frozenset[Stage]) -> list[frozenset[Stage]]:
    return [
        after(move, stages, goes_on)
        for verb in VERBS
        for move in moves_from(verb, stages)
        for goes_on in (
            [each for each in sorted(move.goes_on) if not why_not_go_on(move, each, stages)]
            if move.goes_on
            else [""]
        )
    ]


@pytest.mark.parametrize("goal", [Stage.CLOSED, Stage.STRATEGY_DISCUSSION])
def test_from_wherever_a_child_is_there_is_a_way_up_and_an_end(goal: Stage) -> None:
    left = {each: onward(each) for each in reachable()}
    arrived = {each for each in left if goal in each}
    while True:
        more = {each for each, then in left.items() if each not in arrived and arrived & set(then)}
        if not more:
            break
        arrived |= more
    assert set(left) == arrived


def test_the_check_finds_nothing_and_would_find_something(monkeypatch: pytest.MonkeyPatch) -> None:
    practice = parse(PRACTICE)
    assert checking.faults(practice) == []
    stray = Move("vanish", "", "Ends with nothing", OFFERS, closes=OFFERS, who=frozenset())
    monkeypatch.setattr(pathway, "MOVES", (*MOVES, stray))
    monkeypatch.setattr(pathway, "VERBS", (*VERBS, "vanish"))
    monkeypatch.setattr(checking, "MOVES", (*MOVES, stray))
    monkeypatch.setattr(checking, "VERBS", (*VERBS, "vanish"))
    found = checking.faults(practice)
    for said in (
        "Nobody may do “vanish”.",
        "“vanish” ends something and says nothing of what goes on.",
        "No action writes “vanish” into the audit log.",
        "A way ends with nothing open.",
        "A transfer can be all that is open: nobody helps meanwhile.",
    ):
        assert said in found


def test_the_command_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pathway", "--check"]) == 0
    assert "Unreachable, unowned, unaudited: none." in capsys.readouterr().out


def test_the_page_in_docs_is_current() -> None:
    assert (ROOT / "docs" / "pathway.md").read_text(encoding="utf-8") == checking.document(parse(PRACTICE))
