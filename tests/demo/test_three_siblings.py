"""The three siblings of the demonstration stand where a visitor is told that they stand."""

import pytest

from openmash.apps.casework.models import AgencyEntry, Case, Meeting
from openmash.apps.casework.standing import stages_of
from openmash.apps.sharing.models import NotShared, Request
from openmash.demo.world import World

pytestmark = pytest.mark.django_db


def test_three_siblings_are_on_the_way(world: World) -> None:
    cases = {case.child.name: stages_of(case) for case in Case.objects.all()}
    assert cases == {
        "Callum Verity": {"initial_conference"},
        "Skye Verity": {"initial_conference"},
        "Robin Verity": {"family_help"},
    }
    assert Meeting.objects.count() == 2
    assert AgencyEntry.objects.values("by__agency__kind").distinct().count() == 4
    requests = {each.asked_agency.kind: each.state for each in Request.objects.all()}
    assert requests == {"school": "answered_in_part", "gp": "refused", "housing": "asked"}
    assert NotShared.objects.filter(request__isnull=True).count() == 1
    conference = Meeting.objects.get(kind="initial_conference")
    assert conference.meetingabout_set.count() == 2
