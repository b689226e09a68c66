"""The children an agency told the front door about: its list, when others ask it privately."""

from collections.abc import Iterator

from openmash.apps.concerns.models import Part
from openmash.apps.directory.models import Agency
from openmash.apps.families.models import Description
from openmash.apps.families.queries import described_all
from openmash.apps.private_asking.actions.preparing import Listed

AT_ONCE = 500


def children_told_by(agency: Agency) -> Iterator[Listed]:
    """Every description of a born child on a contact raised by this agency, oldest first.

    Unscoped: for preparing answers, which nobody reads. Unborn children have no name or date of birth yet, and
    adults are not asked about.
    """
    told = Part.objects.filter(
        contact__raised_agency=agency, description__kind=Description.Kind.CHILD
    ).select_related("description")
    for first in range(0, told.count(), AT_ONCE):
        descriptions = [part.description for part in told.order_by("pk")[first : first + AT_ONCE]]
        people = described_all(descriptions)
        for description in descriptions:
            yield Listed(description.pk, people[description.pk])
