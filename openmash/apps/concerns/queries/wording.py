"""The words for the fixed choices of a contact: roles, who is telling us, sexes. The tables own them."""

from dataclasses import dataclass

from openmash.apps.concerns.models import Role, SourceKind
from openmash.apps.concerns.models.part import CHILD_ROLES
from openmash.apps.directory.models import AgencyKind


@dataclass(frozen=True)
class RoleChoice:
    """A part somebody can have in a concern."""

    value: str
    label: str
    is_child: bool


def roles() -> tuple[RoleChoice, ...]:
    """Every part anybody can have, the child the concern is about first."""
    return tuple(RoleChoice(role.value, str(role.label), role in CHILD_ROLES) for role in Role)


def public_sources() -> tuple[tuple[str, str], ...]:
    """Who a member of the public can be."""
    return tuple((kind.value, str(kind.label)) for kind in SourceKind)


def agency_kinds() -> tuple[tuple[str, str], ...]:
    """Where somebody who works with children can work."""
    return tuple((kind.value, str(kind.label)) for kind in AgencyKind)
