"""Putting a document beside the work with a child, or beside a meeting."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.documents.actions import keep_document
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.errors import Incomplete
from openmash.apps.papers.models import CaseDocument, MeetingDocument
from openmash.apps.papers.permission import permitted_at_meeting, permitted_on_case


@acting
@transaction.atomic
def attach_to_case(
    *, case_id: UUID, name: str, pieces: Iterable[bytes], what: str, by: Person, now: datetime
) -> CaseDocument:
    """Put a document beside the work with a child. Those who do the work read it once it has been scanned.

    Raises:
        Refused, Incomplete, NotTaken: nothing is kept.
    """
    case = Case.objects.get(pk=case_id)
    ground = permitted_on_case("attach_to_case", case, by, now)
    _must_say(what)
    document = keep_document(name=name, pieces=pieces, by=by, ground=ground, now=now)
    note("document", document, "attach_to_case", by=by, ground=ground, now=now, case=str(case.pk))
    return CaseDocument.objects.create(case=case, document=document, what=what, by=by, at=now)


@acting
@transaction.atomic
def attach_to_meeting(
    *,
    meeting_id: UUID,
    name: str,
    pieces: Iterable[bytes],
    what: str,
    for_the_table: bool,
    by: Person,
    now: datetime,
) -> MeetingDocument:
    """Put a document beside a meeting: for everybody invited, or for those alone who do the work.

    Raises:
        Refused, Incomplete, NotTaken: nothing is kept.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    ground = permitted_at_meeting("attach_to_meeting", meeting, by, now)
    _must_say(what)
    document = keep_document(name=name, pieces=pieces, by=by, ground=ground, now=now)
    detail = {"meeting": str(meeting.pk), "for_the_table": for_the_table}
    note("document", document, "attach_to_meeting", by=by, ground=ground, now=now, **detail)
    return MeetingDocument.objects.create(
        meeting=meeting, document=document, what=what, for_the_table=for_the_table, by=by, at=now
    )


def _must_say(what: str) -> None:
    if not what.strip():
        raise Incomplete([Reason("what", "Write what it is and where it comes from.")])
