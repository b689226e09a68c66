"""What other front doors ask this one about: people it may know. The one asked is shown its own record only."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.grounds import Viewer, localities_for
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person

WHO_IS_TOLD = frozenset({"manager", "screening_practitioner"})
"""The manager of the front door that is asked; the people who screen there see it too, for when nobody manages."""


@seeing_everything("a question between front doors opens by its own gate")
def waiting_for(viewer: Viewer) -> list[AskedElsewhere]:
    """What waits for this person's front doors to be answered, oldest first."""
    localities = localities_for(viewer, WHO_IS_TOLD)
    here = Q() if localities is None else Q(locality_id__in=localities)
    return list(
        AskedElsewhere.objects.filter(here, answered__isnull=True)
        .exclude(theirs__contact_id__in=viewer.kept_out)
        .select_related("contact__locality", "theirs", "locality")
        .order_by("at", "id")
    )


@seeing_everything("a question between front doors opens by its own gate")
@transaction.atomic
def open_asked(asked_id: int, *, by: Person, now: datetime) -> tuple[AskedElsewhere, Contact]:
    """One of them, with this front door's own contact that it is about. The look is written down.

    Raises:
        AskedElsewhere.DoesNotExist: nothing of the kind was asked.
        Refused: this person may not link on the record that it is about.
    """
    asked = AskedElsewhere.objects.select_related("contact__locality", "theirs", "answered").get(pk=asked_id)
    own = _contact(asked.theirs.contact_id)
    ground = permitted("link", own, by, now)
    note_down(own, "see_linked", by=by, ground=ground, now=now, detail={"asked": asked.pk})
    return asked, own


def _contact(contact_id: UUID) -> Contact:
    return Contact.objects.select_related("locality", "raised_agency", "raised_by").get(pk=contact_id)
