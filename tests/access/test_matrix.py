"""Nobody gets further than the rules of access say, at any address of the web."""

import pytest

from openmash.apps.directory.models import Role
from openmash.config.endpoints import KINDS, declared, undeclared, walk
from tests.access import matrix
from tests.access.world import World

pytestmark = pytest.mark.django_db


def test_every_endpoint_says_what_it_opens() -> None:
    assert undeclared() == []


def test_nothing_is_declared_that_is_not_there() -> None:
    assert set(declared()) - {each.key for each in walk()} == set()
    assert {each.opens for each in declared().values()} <= KINDS


@pytest.mark.parametrize("who", matrix.WHO)
def test_nobody_gets_further_than_the_rules_say(world: World, who: str) -> None:
    found = matrix.run(world, (who,)).as_json()
    wrong = {name: found[name] for name in ("leaks", "failures", "refused_wrongly")}
    assert wrong == {"leaks": [], "failures": [], "refused_wrongly": []}
    assert found["cells"] > 550


def test_every_role_is_asked_for(world: World) -> None:
    people = [world.cast.people[who] for who in matrix.WHO if who != matrix.NOBODY]
    held = {each.role for person in people for each in person.roles_held.all()}
    assert held == {str(role) for role in Role}
