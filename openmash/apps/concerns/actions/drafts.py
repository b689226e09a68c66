"""Keeping what somebody is still writing. Nothing is refused here: checking comes when it is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.concerns.codes import hash_of, is_code
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import in_force


@acting
def may_use(draft: Draft, by: Person | None, code: str) -> bool:
    """Whether this draft is the person's own, or of the browser that holds its code."""
    if draft.owner_id is not None:
        return by is not None and by.pk == draft.owner_id
    return is_code(code, draft.code_hash)


@acting
def own_draft(draft_id: UUID, by: Person | None, code: str, *, lock: bool = False) -> Draft:
    """One's own draft.

    Raises:
        Draft.DoesNotExist: there is no such draft.
        Refused: it is somebody else's.
    """
    drafts = Draft.objects.select_for_update() if lock else Draft.objects
    draft = drafts.get(pk=draft_id)
    if not may_use(draft, by, code):
        raise Refused(
            "This draft belongs to somebody else, or was begun in another browser.",
            verb="open_draft",
            subject_kind="draft",
            subject_id=draft_id,
        )
    return draft


@acting
@transaction.atomic
def start_draft(
    *,
    kind: str,
    by: Person | None,
    code: str = "",
    pages: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    arose_from: Contact | None = None,
    now: datetime,
) -> Draft:
    """Begin to write. A member of the public needs a code (`codes.new_code`), which their browser keeps."""
    draft = Draft.objects.create(
        kind=kind,
        owner=by,
        code_hash=hash_of(code) if by is None else "",
        policy_id=in_force(now).pk,
        pages=pages or {},
        arose_from=arose_from,
        started_at=now,
        saved_at=now,
    )
    record(
        by=by,
        verb="start_draft",
        subject_kind="draft",
        subject_id=draft.pk,
        ground="their own words",
        now=now,
    )
    return draft


@acting
@transaction.atomic
def keep_page(
    *,
    draft_id: UUID,
    page: str,
    values: Mapping[str, Sequence[str]],
    by: Person | None,
    code: str = "",
    now: datetime,
) -> Draft:
    """Keep one page of a draft just as it was typed.

    Raises:
        NotPossibleNow: it has been sent or discarded.
    """
    draft = own_draft(draft_id, by, code, lock=True)
    if draft.sent_as_id is not None:
        raise NotPossibleNow("This has already been sent. You can add new information to it.")
    if draft.discarded_at is not None:
        raise NotPossibleNow("This draft was deleted.")
    draft.pages = {**draft.pages, page: {name: list(typed) for name, typed in values.items()}}
    draft.saves += 1
    draft.saved_at = now
    draft.save()
    return draft


@acting
@transaction.atomic
def discard_draft(*, draft_id: UUID, by: Person | None, code: str = "", now: datetime) -> None:
    """Throw a draft away, words and all. It was never part of a record."""
    draft = own_draft(draft_id, by, code, lock=True)
    if draft.sent_as_id is not None:
        raise NotPossibleNow("This has already been sent and is part of the record.")
    draft.pages = {}
    draft.discarded_at = now
    draft.save()
    record(
        by=by,
        verb="discard_draft",
        subject_kind="draft",
        subject_id=draft.pk,
        ground="their own words",
        now=now,
    )
