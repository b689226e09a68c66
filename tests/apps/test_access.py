"""Who may do what: every role, for a contact of their own place and of another."""

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import ALLOWED, ContactFacts, Viewer, ground_for

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
    "ask_privately": SCREENING | {"lead of the agency"},
    "restrict": LEADING,
    "declare_conflict": HUB | {"adviser", "lead of the agency"},
    "end_conflict": LEADING,
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
