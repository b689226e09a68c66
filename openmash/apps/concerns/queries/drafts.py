"""What somebody has begun to write and not yet sent. Their own words, shown to nobody else."""

from collections.abc import Mapping
from uuid import UUID

from openmash.apps.concerns.codes import is_code
from openmash.apps.concerns.models import Draft


def is_an_accounts(draft_id: UUID) -> bool | None:
    """Whether a draft belongs to an account (and so asks for signing in); None if there is no such draft."""
    owners = Draft.objects.filter(pk=draft_id).values_list("owner_id", flat=True)
    return next((owner is not None for owner in owners), None)


def unfinished_on_this_device(codes: Mapping[str, str]) -> list[Draft]:
    """Drafts of a member of the public whose codes (by draft id) this browser holds, last saved first."""
    waiting = Draft.objects.filter(
        pk__in=codes, owner__isnull=True, sent_as__isnull=True, discarded_at__isnull=True
    )
    return [draft for draft in waiting if is_code(codes[str(draft.pk)], draft.code_hash)]
