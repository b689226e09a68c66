"""What must hold whenever a process has been killed: nothing half-made, nothing twice, nothing lost."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.casework.models import AgencyEntry, ChildSeen, Clock, Invitation, Notice
from openmash.apps.documents.models import Document, Scan
from openmash.apps.papers.models import Given, Letter, MeetingDocument, Message


def faults(taken: list[str]) -> list[str]:
    """Everything that does not hold, in words. `taken`: the Message-ID of each e-mail that was taken."""
    return [*_half_made(), *_documents(), *_notices(), *_messages(taken)]


def lost() -> list[str]:
    """What is still waiting though workers have had time for it: something was lost."""
    found = []
    if Clock.objects.filter(
        stopped_at__isnull=True, noticed_at__isnull=True, due_at__lte=timezone.now()
    ).exists():
        found.append("a clock ran out, and nobody was given notice")
    waiting = Invitation.objects.filter(message__isnull=True, meeting__meetingended__isnull=True)
    if any(each.person_id != each.by_id for each in waiting):
        found.append("somebody was invited, and no e-mail was written")
    if Message.objects.filter(claimed_at__isnull=True, failed_because="").exists():
        found.append("an e-mail was written, and nobody sends it")
    if Document.objects.filter(scan__isnull=True).exists() and settings.OPENMASH_CLAMD:
        found.append("a document waits, and nobody scans it")
    return found


def _half_made() -> Iterator[str]:
    """An event tells of a row, and a row has its event: never one without the other."""
    for verb, key, model in (
        ("make_entry", "entry", AgencyEntry),
        ("record_child_seen", "seen", ChildSeen),
    ):
        told = sorted(event.detail[key] for event in Event.objects.filter(verb=verb) if key in event.detail)
        there = sorted(model.objects.values_list("pk", flat=True))
        if told != there:
            yield f"{model.__name__}: the log tells of {told}, and there are {there}"
    told_given = sorted(
        each for event in Event.objects.filter(verb="give_paper") for each in event.detail["given"]
    )
    if told_given != sorted(Given.objects.values_list("pk", flat=True)):
        yield "Given: what the log tells of and what there is differ"
    for verb, rows in (
        ("write_letter", Letter.objects.values_list("pk", flat=True)),
        ("keep_document", Document.objects.values_list("pk", flat=True)),
        ("scan_document", Scan.objects.values_list("document_id", flat=True)),
        ("write_message", Message.objects.values_list("pk", flat=True)),
    ):
        told = sorted(Event.objects.filter(verb=verb).values_list("subject_id", flat=True))
        if told != sorted(map(str, rows)):
            yield f"{verb}: what the log tells of and what there is differ"


def _documents() -> Iterator[str]:
    beside = set(MeetingDocument.objects.values_list("document_id", flat=True))
    for document in Document.objects.all():
        path = Path(settings.OPENMASH_DOCUMENTS_FOLDER) / document.kept_as[:2] / document.kept_as
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            yield f"document {document.pk}: its file is not there whole"
        if document.pk not in beside:
            yield f"document {document.pk}: it belongs to nothing"


def _notices() -> Iterator[str]:
    noticed = set(Clock.objects.filter(noticed_at__isnull=False).values_list("pk", flat=True))
    given = Counter(Notice.objects.values_list("clock_id", flat=True))
    events = Counter(event.detail["clock"] for event in Event.objects.filter(verb="send_what_is_due"))
    if set(given) != noticed or any(number != 1 for number in given.values()) or given != events:
        yield f"notices: clocks {sorted(noticed)}, notices {dict(given)}, events {dict(events)}"


def _messages(taken: list[str]) -> Iterator[str]:
    arrived = Counter(each.strip("<>").partition("@")[0] for each in taken)
    for message in Message.objects.all():
        number = arrived[str(message.pk)]
        if number > 1:
            yield f"message {message.pk} was sent {number} times"
        if message.sent_at is not None and number != 1:
            yield f"message {message.pk} is written down as sent, and did not arrive"
        if message.claimed_at is None and number:
            yield f"message {message.pk} arrived, and nobody had claimed it"
    if set(arrived) - {str(pk) for pk in Message.objects.values_list("pk", flat=True)}:
        yield "an e-mail arrived that nobody wrote"
