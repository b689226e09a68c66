"""The fictitious people have mostly read the threshold, and two rounds show how they read it."""

import pytest

from openmash.apps.directory.models import Person
from openmash.apps.policy.models import Acknowledgement, Judgement
from openmash.apps.policy.queries import calibration
from openmash.apps.policy.queries.acknowledgements import acknowledged_by_agency, yet_to_acknowledge
from openmash.demo.world import World
from openmash.engines.statistics import Share

pytestmark = pytest.mark.django_db


def test_most_have_read_it_and_some_agencies_lag(world: World) -> None:
    read, everybody = Acknowledgement.objects.count(), Person.objects.count()
    assert 0.6 < read / everybody < 0.9
    rows = acknowledged_by_agency(by=world.county.everywhere["safeguarding_partner"][0], now=world.now)
    lagging = [row for row in rows if row.kind in ("GP practice", "Independent school")]
    assert sum(row.acknowledged for row in lagging) < sum(row.people for row in lagging) / 2
    lead = Person.objects.get(name="Bernadette Croke")
    assert "Grace Adeyinka" in [name for name, _job in yet_to_acknowledge(by=lead, now=world.now).waiting]


def test_a_closed_round_shows_where_the_document_is_misread(world: World) -> None:
    by = world.county.everywhere["safeguarding_partner"][0]
    still_open, closed = calibration.rounds(by=by, now=world.now)
    assert (still_open.is_over, closed.is_over) == (False, True)
    found = calibration.round_results(closed.pk, by=by, now=world.now).results
    assert isinstance(found.overall, Share)
    assert 0.6 < found.overall.value < 0.9
    assert 0 < sum(spread.is_misread for spread in found.spreads) < len(found.spreads)
    assert {"School", "Children's social care"} <= {
        each.group for each in found.gates[0].by_agency_kind.shown
    }


def test_nothing_was_judged_in_time_to_come(world: World) -> None:
    assert not Judgement.objects.filter(at__gt=world.now).exists()
    assert not Acknowledgement.objects.filter(at__gt=world.now).exists()


def test_a_visitor_can_judge_in_the_open_round(world: World) -> None:
    grace = Person.objects.get(name="Grace Adeyinka")
    still_open = calibration.rounds(by=grace, now=world.now)[0]
    assert (still_open.why_not, still_open.answered) == ("", 0)
