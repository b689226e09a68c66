"""Turns an account into the viewer that the rules of access understand."""

from datetime import date

from openmash.apps.access.grounds import Viewer
from openmash.apps.access.queries import kept_out_of
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import roles_of


def viewer_of(person: Person, today: date) -> Viewer:
    """A signed-in person, with the roles held today and the records they are kept out of."""
    return Viewer(
        id=person.pk,
        agency_id=person.agency_id,
        roles=roles_of(person, today),
        kept_out=kept_out_of(person, today),
    )


def member_of_the_public(codes: frozenset[str] = frozenset()) -> Viewer:
    """Somebody without an account, with the contacts they have proved to be theirs."""
    return Viewer(id=None, agency_id=None, roles=frozenset(), codes=codes)
