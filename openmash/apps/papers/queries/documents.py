"""Opening a document: on whose ground follows from what it belongs to. Every opening is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.directory.models import Person
from openmash.apps.documents import queries as documents
from openmash.apps.documents.models import Document
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.models import CaseDocument, MeetingDocument
from openmash.apps.papers.permission import grounds_to_read, permitted_at_meeting, permitted_on_case


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_document(document_id: UUID, *, by: Person, now: datetime) -> documents.Opened:
    """The bytes of a document.

    Raises:
        Document.DoesNotExist: there is none, or it belongs to nothing.
        Refused: this person may not read it.
        NotOpened: it is in quarantine, or is no longer what was handed over.
    """
    document = Document.objects.select_related("scan").get(pk=document_id)
    ground = _ground(document, by, now)
    opened = documents.opened(document)
    note("document", document, "see_document", by=by, ground=ground, now=now, sha256=document.sha256)
    return opened


def _ground(document: Document, by: Person, now: datetime) -> Ground:
    beside_case = CaseDocument.objects.filter(document=document).select_related("case").first()
    if beside_case is not None:
        return permitted_on_case("see_case_document", beside_case.case, by, now)
    beside_meeting = MeetingDocument.objects.filter(document=document).select_related("meeting").first()
    if beside_meeting is None:
        raise Document.DoesNotExist
    among = grounds_to_read(beside_meeting, by)
    return permitted_at_meeting("see_meeting_document", beside_meeting.meeting, by, now, among=among)
