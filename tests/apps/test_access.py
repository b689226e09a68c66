"""Who may do what: every role, for a contact of their own place and of another."""

from dataclasses import replace

import pytest

from openmash.apps.access.absence_grounds import ground_for_absence
from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import ALLOWED, ContactFacts, Ground, Viewer, ground_for
from openmash.apps.access.request_grounds import ALLOWED_ON_REQUEST, RequestFacts, ground_on_request
from openmash.apps.access.sample_grounds import ALLOWED_ON_SAMPLED, SampledFacts, ground_on_sampled

HERE, THERE = 1, 2
CONTACT = ContactFacts(id="c1", kind="concern", raised_by_id=10, raised_agency_id=100, locality_id=HERE)

PEOPLE = {
    "raiser": Viewer(10, 100, frozenset()),
    "colleague": Viewer(11, 100, frozenset()),
    "lead of the agency": Viewer(12, 100, frozenset({("safeguarding_lead", HERE)})),
    "lead of another agency": Viewer(13, 101, frozenset({("safeguarding_lead", HERE)})),
    "public with the code": Viewer(None, None, frozenset(), frozenset({"c1"})),
    "public with another code": Viewer(None, None, frozenset(), frozenset({"c2"})),
    "screener": Viewer(20, 200, frozenset({("screening_practitioner", HERE)})),
    "screener elsewhere": Viewer(21, 201, frozenset({("screening_practitioner", THERE)})),
    "manager": Viewer(22, 200, frozenset({("manager", HERE)})),
    "adviser": Viewer(23, 200, frozenset({("adviser", HERE)})),
    "head": Viewer(24, 200, frozenset({("head_of_service", HERE)})),
    "partner": Viewer(25, 300, frozenset({("safeguarding_partner", None)})),
    "unknown role": Viewer(26, 200, frozenset({("administrator", None)})),
}
RAISING = {"raiser", "lead of the agency", "public with the code"}
SCREENING = {"screener", "manager"}
HUB = {"screener", "manager", "head", "partner"}
LEADING = {"manager", "head", "partner"}

EXPECTED = {
    "see_as_raiser": RAISING,
    "acknowledge": RAISING,
    "disagree": RAISING,
    "become_concern": RAISING,
    "add_information": RAISING | SCREENING,
    "see_as_hub": HUB,
    "see_who_looked": LEADING,
    "see_advice": HUB | {"adviser"},
    "give_advice": HUB | {"adviser"},
    "start_screening": SCREENING,
    "record_sign": SCREENING,
    "withdraw_sign": SCREENING,
    "record_fact": SCREENING,
    "link": SCREENING,
    "ask_information": SCREENING,
    "ask_privately": SCREENING | {"lead of the agency"},
    "restrict": LEADING,
    "keep": LEADING,
    "answer_subject_access": LEADING - {"manager"},
    "declare_conflict": HUB | {"adviser", "lead of the agency"},
    "end_conflict": LEADING,
    "see_private_log": HUB | {"lead of the agency"},
    "shield": LEADING | {"lead of the agency"},
    "decide": HUB,
    "agree": LEADING,
    "return": LEADING,
    "answer": HUB,
    "finish_follow_up": HUB,
    "reply_to_disagreement": HUB | {"adviser"},
}


def test_every_verb_is_expected_here() -> None:
    assert set(EXPECTED) == set(ALLOWED)


@pytest.mark.parametrize("verb", [*ALLOWED, "a_verb_nobody_declared"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may(who: str, verb: str) -> None:
    if who in EXPECTED.get(verb, set()):
        assert ground_for(PEOPLE[who], verb, CONTACT)
    else:
        with pytest.raises(Refused) as refused:
            ground_for(PEOPLE[who], verb, CONTACT)
        assert refused.value.reason


# Requests for information: the school (100) is asked by the front door (200) about a contact

REQUEST = RequestFacts(id="r1", asked_by_id=20, asking_agency_id=200, asked_agency_id=100, asked_person_id=11)
ANSWERING = {"colleague asked by name", "lead of the agency asked"}
PEOPLE_OF_A_REQUEST = {
    "whoever asked": (Viewer(20, 200, frozenset()), frozenset()),
    "whoever asked, now at the school": (Viewer(20, 100, frozenset()), frozenset()),
    "colleague who screens": (Viewer(21, 200, frozenset()), frozenset({Ground.SCREENS_HERE})),
    "lead of the work": (Viewer(27, 200, frozenset()), frozenset({Ground.LEADS_WORK})),
    "cover of the work": (Viewer(30, 200, frozenset()), frozenset({Ground.COVERS_WORK})),
    "partner": (Viewer(25, 300, frozenset()), frozenset({Ground.SAFEGUARDING_PARTNER})),
    "partner at the agency asked": (Viewer(28, 100, frozenset()), frozenset({Ground.SAFEGUARDING_PARTNER})),
    "whoever raised the contact": (Viewer(29, 101, frozenset()), frozenset({Ground.RAISED_IT})),
    "colleague asked by name": (Viewer(11, 100, frozenset()), frozenset()),
    "the same, now elsewhere": (Viewer(11, 101, frozenset()), frozenset()),
    "lead of the agency asked": (Viewer(12, 100, frozenset({("safeguarding_lead", HERE)})), frozenset()),
    "teacher of the agency asked": (Viewer(14, 100, frozenset()), frozenset()),
    "lead of another agency": (Viewer(13, 101, frozenset({("safeguarding_lead", HERE)})), frozenset()),
    "public": (Viewer(None, None, frozenset()), frozenset()),
}
ASKERS = {"whoever asked", "colleague who screens", "lead of the work", "cover of the work"}
EXPECTED_ON_REQUEST = {
    "see_request": ASKERS | {"partner"} | ANSWERING,
    "begin_answering": ANSWERING,
    "answer_request": ANSWERING,
    "refuse_request": ANSWERING,
    "withdraw_request": ASKERS,
}


def test_every_verb_on_a_request_is_expected_here() -> None:
    assert set(EXPECTED_ON_REQUEST) == set(ALLOWED_ON_REQUEST)


@pytest.mark.parametrize("verb", [*ALLOWED_ON_REQUEST, "a_verb_nobody_declared"])
@pytest.mark.parametrize("who", PEOPLE_OF_A_REQUEST)
def test_who_may_on_a_request(who: str, verb: str) -> None:
    viewer, on_record = PEOPLE_OF_A_REQUEST[who]
    request = replace(REQUEST, on_record=on_record)
    if who in EXPECTED_ON_REQUEST.get(verb, set()):
        assert ground_on_request(viewer, verb, request)
    else:
        with pytest.raises(Refused) as refused:
            ground_on_request(viewer, verb, request)
        assert refused.value.reason


@pytest.mark.parametrize("verb", ALLOWED_ON_REQUEST)
@pytest.mark.parametrize("who", sorted(ASKERS | {"partner"}))
def test_whoever_is_kept_out_of_the_contact_has_no_ground_on_its_request(who: str, verb: str) -> None:
    viewer, on_record = PEOPLE_OF_A_REQUEST[who]
    with pytest.raises(Refused):
        ground_on_request(viewer, verb, replace(REQUEST, on_record=on_record, is_kept_out=True))


# Absences: a social worker (40) of one locality

ABSENCE_OF = {
    "themselves": (Viewer(40, 200, frozenset()), Ground.OWN_ABSENCE),
    "manager of the team": (Viewer(41, 200, frozenset({("team_manager", HERE)})), Ground.MANAGES_TEAM),
    "manager of every team": (Viewer(42, 200, frozenset({("team_manager", None)})), Ground.MANAGES_TEAM),
    "colleague": (Viewer(43, 200, frozenset({("social_worker", HERE)})), None),
    "head": (Viewer(44, 200, frozenset({("head_of_service", HERE)})), None),
    "manager elsewhere": (Viewer(45, 201, frozenset({("team_manager", HERE + 1)})), None),
    "public": (Viewer(None, None, frozenset()), None),
}


@pytest.mark.parametrize("who", ABSENCE_OF)
def test_who_may_write_down_an_absence(who: str) -> None:
    viewer, ground = ABSENCE_OF[who]
    if ground is not None:
        assert ground_for_absence(viewer, 40, [HERE]) == ground
    else:
        with pytest.raises(Refused):
            ground_for_absence(viewer, 40, [HERE])


def test_nobody_manages_the_absence_of_somebody_who_works_in_no_team() -> None:
    viewer, _ground = ABSENCE_OF["manager of every team"]
    with pytest.raises(Refused):
        ground_for_absence(viewer, 40, [])


SAMPLED = SampledFacts("c1", frozenset({11, 13, 20}), frozenset({20}), is_restricted=False, is_opened=False)


@pytest.mark.parametrize("verb", [*ALLOWED_ON_SAMPLED, "a_verb_nobody_declared"])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_read_and_judge_a_sampled_concern(who: str, verb: str) -> None:
    """Whoever was asked and had no hand in it; no role opens it, and nothing once it is restricted or open."""
    viewer, asked = PEOPLE[who], {"colleague", "lead of another agency"}
    if who in asked and verb in ALLOWED_ON_SAMPLED:
        assert ground_on_sampled(viewer, verb, SAMPLED) is Ground.AUDITS_BLIND
    else:
        with pytest.raises(Refused):
            ground_on_sampled(viewer, verb, SAMPLED)
    for closed in (replace(SAMPLED, is_restricted=True), replace(SAMPLED, is_opened=True)):
        with pytest.raises(Refused):
            ground_on_sampled(viewer, verb, closed)
    with pytest.raises(Refused):
        ground_on_sampled(replace(viewer, kept_out=frozenset({"c1"})), verb, SAMPLED)
