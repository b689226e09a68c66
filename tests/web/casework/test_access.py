"""Whoever has no part in the work is refused, and the refusal is written down; somebody invited sees no more
than the meeting and what they said there.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.models import Event
from openmash.apps.casework.actions import meetings
from openmash.apps.casework.models import AgencyEntry, Case
from tests.apps.casework import working
from tests.cast import Cast

AsPerson = Callable[[Any], Client]


def place(name: str, case: Case, **more: Any) -> str:
    return reverse(f"casework:{name}", kwargs={"case_id": case.pk, **more})


@pytest.mark.parametrize(
    "who", ["second_social_worker", "screener", "manager", "teacher", "team_manager_elsewhere"]
)
def test_who_has_no_part_is_refused_and_it_is_written_down(cast: Cast, as_person: AsPerson, who: str) -> None:
    case = working.led(cast)
    person = cast.people[who]
    assert as_person(person).get(place("case", case)).status_code == 403
    refusal = Event.objects.get(outcome="refused")
    assert (refusal.verb, refusal.subject_id, refusal.by_id) == ("see_case", str(case.pk), person.pk)
    assert case.reference not in as_person(person).get(reverse("casework:worklist")).content.decode()


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "head"])
def test_who_has_a_part_sees_it_and_the_look_is_written_down(
    cast: Cast, as_person: AsPerson, who: str
) -> None:
    case = working.led(cast)
    assert as_person(cast.people[who]).get(place("case", case)).status_code == 200
    assert Event.objects.filter(verb="see_case", by_id=cast.people[who].pk, outcome="done").count() == 1


def test_somebody_invited_sees_the_meeting_and_their_own_entries_alone(
    cast: Cast, as_person: AsPerson
) -> None:
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    for person, said in ((cast.police_officer, "Known to police."), (cast.teacher, "Told his teacher.")):
        meetings.make_entry(meeting_id=meeting.pk, text=said, by=person, now=working.THEN)
    teacher = as_person(cast.teacher)
    assert teacher.get(place("case", case)).status_code == 403
    page = teacher.get(reverse("casework:meeting", args=[meeting.pk])).content.decode()
    assert "Told his teacher." in page
    assert "Known to police." not in page
    assert as_person(cast.gp).get(reverse("casework:meeting", args=[meeting.pk])).status_code == 403
    for name in ("hold_meeting", "end_meeting"):
        assert teacher.get(reverse(f"casework:{name}", args=[meeting.pk])).status_code in (403, 409)
    forged = teacher.post(
        reverse("casework:decide_for_child", args=[meeting.pk, case.pk]),
        {"outcome": "enquiry", "reason": "Me."},
    )
    assert forged.status_code == 409
    assert (
        as_person(cast.gp).post(reverse("casework:make_entry", args=[meeting.pk]), {"text": "x"}).status_code
        == 403
    )
    assert AgencyEntry.objects.count() == 2


def test_what_was_typed_comes_back_when_somebody_else_was_first(cast: Cast, as_person: AsPerson) -> None:
    case = working.led(cast, "3", "family_help")
    address = place("move", case, verb="step_up")
    typed = {"seen_version": "1", "outcome": "assessment", "reason": "It is getting worse."}
    answer = as_person(cast.social_worker).post(address, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this record" in page
    assert "It is getting worse." in page
    assert f'name="seen_version" value="{case.version}"' in page


def test_a_page_for_what_cannot_be_done_says_so(cast: Cast, as_person: AsPerson) -> None:
    case = working.led(cast, "3", "family_help")
    worker = as_person(cast.social_worker)
    assert worker.get(place("move", case, verb="close")).status_code == 409
    assert worker.get(place("move", case, verb="open_case")).status_code == 404
    assert worker.get(place("call_meeting", case, kind="picnic")).status_code == 404
