"""The stories of the work stand where a visitor is told that they stand, and the worklists show them."""

import pytest

from openmash.apps.casework.models import AgencyEntry, Case, Escalation, Meeting, Plan, PregnancyEnded
from openmash.apps.casework.queries.lists import Worklist, worklist
from openmash.apps.casework.standing import stages_of
from openmash.apps.casework.unborn import expected_on, name_of
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import NotShared, Request
from openmash.demo.world import World
from openmash.engines.clocks import is_working_day

pytestmark = pytest.mark.django_db


def list_of(name: str, world: World) -> Worklist:
    return worklist(by=Person.objects.get(name=name), now=world.now)


def test_every_child_stands_where_the_story_ends(world: World) -> None:
    assert {name_of(case): set(stages_of(case)) for case in Case.objects.all()} == {
        "Callum Verity": {"initial_conference"},
        "Skye Verity": {"initial_conference"},
        "Robin Verity": {"family_help"},
        "Unborn child": {"protection_plan"},
        "The baby": {"pregnancy_ended"},
        "Mabel Adair": {"transfer_in"},
        "Otis Brandt": {"family_help", "transfer"},
        "Freya Lund": {"early_help", "assessment"},
        "Jonah Pike": {"family_help"},
        "Reuben Quill": {"family_help", "strategy_discussion"},
    }


def test_the_three_siblings_have_four_agencies_and_a_conference_about_two(world: World) -> None:
    conference = Meeting.objects.get(kind="initial_conference", meetingabout__case__child__name="Skye Verity")
    assert conference.meetingabout_set.count() == 2
    entries = AgencyEntry.objects.filter(meeting__meetingabout__case__child__name="Robin Verity")
    assert entries.values("by__agency__kind").distinct().count() == 4
    requests = {each.asked_agency.kind: each.state for each in Request.objects.all()}
    assert requests == {"school": "answered_in_part", "gp": "refused", "housing": "asked"}
    assert NotShared.objects.filter(request__isnull=True).count() == 1


def test_a_manager_finds_the_absence_the_disagreement_and_what_other_areas_owe(world: World) -> None:
    found = list_of("Yvonne Castellane", world)
    (away,) = found.away
    assert (name_of(away.line.case), away.absence.person.name) == ("Mabel Adair", "Tomasz Pryce")
    assert away.cover is not None
    assert away.cover.name == "Farida Holloway-Mensah"
    (disagreement,) = found.disagreements
    assert (name_of(disagreement.case), disagreement.step) == ("Reuben Quill", 2)
    assert {each.from_whom for each in found.awaited} == {"Eastvale", "Southmoor Children’s Services"}
    second = list_of("Ottoline Brackenbury", world)
    assert second.disagreements == found.disagreements


def test_a_social_worker_covers_and_is_told_of_the_loss(world: World) -> None:
    found = list_of("Farida Holloway-Mensah", world)
    assert [name_of(line.case) for line in found.covering] == ["Mabel Adair"]
    assert [each.loss for each in found.lost] == list(PregnancyEnded.objects.all())
    assert list_of("Grace Adeyinka", world).mine_disagreed == tuple(Escalation.objects.order_by("id"))


def test_the_unborn_child_has_a_later_expected_date_and_plans_are_in_a_childs_words(world: World) -> None:
    unborn = next(case for case in Case.objects.all() if stages_of(case) == {"protection_plan"})
    first = unborn.child.expected_on
    last = expected_on(unborn)
    assert first is not None
    assert last is not None
    assert (first - last).days == 6
    assert {plan.case.child.name for plan in Plan.objects.all()} == {"Freya Lund", "Jonah Pike"}


def test_nobody_meets_at_a_weekend(world: World) -> None:
    assert all(is_working_day(meeting.planned_for.date()) for meeting in Meeting.objects.all())
