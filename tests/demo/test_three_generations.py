"""The two families of the demonstration whose chronology and genogram are worth opening."""

import pytest

from openmash.apps.concerns.queries.kinship import open_kinship
from openmash.apps.concerns.queries.whole_chronology import Start, Wanted, open_chronology
from openmash.apps.families.models import Link
from openmash.demo.world import World

pytestmark = pytest.mark.django_db


def start(name: str) -> Start:
    links = Link.objects.filter(description__name=name, undone__isnull=True)
    return Start(known_person=links.order_by("id")[0].known_person_id)


def test_a_family_of_several_homes_and_agencies_adds_up(world: World) -> None:
    by = world.county.holding("screening_practitioner", "aldermarsh")[0]
    whole = open_chronology(start("Jamie Hollis"), Wanted(), by=by, now=world.now)
    assert {"C6a", "C7"} <= {each.rule for each in whole.adds_up}
    assert whole.ask == (world.county.localities["brackmere"].name,)
    assert any(told.adults for told in whole.told.values())
    assert len(whole.agencies) >= 4


def test_three_generations_are_related_and_two_agencies_differ(world: World) -> None:
    by = world.county.holding("screening_practitioner", "aldermarsh")[0]
    kinship = open_kinship(start("Jamie Hollis"), by=by, now=world.now)
    kinds = {claim.kind for claim in kinship.claims}
    assert {"mother", "father", "grandparent", "partner", "former_partner", "carer"} <= kinds
    fathers = {
        claim.one
        for claim in kinship.claims
        if claim.kind == "father"
        and "Ruby" in next(each.latest.name for each in kinship.relatives if each.key == claim.other)
    }
    assert len(fathers) == 2
    assert kinship.homes


def test_twins_and_a_grandfather(world: World) -> None:
    by = world.county.holding("screening_practitioner", "cawdry")
    if by:
        kinship = open_kinship(start("Idris Ali"), by=by[0], now=world.now)
        assert {"twin", "former_partner", "grandparent", "aunt_or_uncle"} <= {c.kind for c in kinship.claims}
