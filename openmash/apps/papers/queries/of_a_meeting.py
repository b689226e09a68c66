"""The papers of one meeting: whole for those who do the work, and for somebody invited what is theirs to see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.casework.actions.meetings import cases_of
from openmash.apps.casework.models import Invitation, Meeting
from openmash.apps.casework.unborn import name_of
from openmash.apps.directory.models import Person
from openmash.apps.documents.queries import Standing, standing_of
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.contents import Content, digest_of, minutes, only
from openmash.apps.papers.models import Given, MeetingDocument, Message, Paper
from openmash.apps.papers.permission import may_at_meeting, permitted_at_meeting

MOST_LISTED = 20


@dataclass(frozen=True)
class Asked:
    """Somebody invited: whether they have written before the meeting, and how the e-mail to them stands."""

    invitation: Invitation
    wrote: bool
    email: str


@dataclass(frozen=True)
class MeetingPapers:
    """What lies beside a meeting. For somebody who was only invited: what is for the table, and what they were
    given. `asked` is then empty: whether others have written is not theirs to see. `given` is with how the e-mail to
    that reader stands. `has_grown`: something has been recorded since the latest minutes.
    """

    meeting: Meeting
    children: str
    asked: tuple[Asked, ...]
    documents: tuple[tuple[MeetingDocument, Standing], ...]
    papers: tuple[Paper, ...]
    given: tuple[tuple[Given, str], ...]
    has_grown: bool
    only_invited: bool
    has_ended: bool
    anything_written: bool
    can_attach: bool
    can_keep: bool


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def papers_of_meeting(meeting_id: UUID, *, by: Person, now: datetime) -> MeetingPapers:
    """Open the papers of a meeting.

    Raises:
        Meeting.DoesNotExist: there is no such meeting.
        Refused: this person has no part in it.
    """
    meeting = Meeting.objects.select_related("called_by__agency").get(pk=meeting_id)
    ground = permitted_at_meeting("see_meeting_papers", meeting, by, now)
    record(
        by=by,
        verb="see_meeting_papers",
        subject_kind="meeting",
        subject_id=meeting.pk,
        ground=ground,
        now=now,
    )
    guest = ground == Ground.INVITED
    documents = meeting.documents.select_related("document__scan", "by__agency")
    theirs = [each for each in documents if not guest or each.for_the_table or each.by_id == by.pk]
    given = Given.objects.filter(paper__meeting=meeting).select_related(
        "paper", "by__agency", "person", "message"
    )
    papers = [] if guest else list(meeting.papers.select_related("by__agency"))
    return MeetingPapers(
        meeting=meeting,
        children=", ".join(name_of(case) for case in cases_of(meeting)),
        asked=() if guest else tuple(_asked(meeting)),
        documents=tuple((each, standing_of(each.document)) for each in theirs),
        papers=tuple(papers),
        given=tuple((each, _told(each)) for each in (given.filter(person=by) if guest else given)),
        has_grown=_has_grown(meeting, papers),
        only_invited=guest,
        has_ended=meeting.meetingended_set.exists(),
        anything_written=meeting.agencyentry_set.exists(),
        can_attach=may_at_meeting("attach_to_meeting", meeting, by, now),
        can_keep=may_at_meeting("keep_paper", meeting, by, now),
    )


def _told(given: Given) -> str:
    return (
        how_it_stands(getattr(given, "message", None)) if given.person_id else "Print it, and hand it over."
    )


def _has_grown(meeting: Meeting, papers: list[Paper]) -> bool:
    kept = [each for each in papers if each.kind == Paper.Kind.MINUTES]
    return bool(kept) and kept[-1].sha256 != digest_of(minutes(meeting))


def _asked(meeting: Meeting) -> list[Asked]:
    invitations = meeting.invitation_set.select_related("person__agency", "message").prefetch_related(
        "entries"
    )
    return [
        Asked(each, bool(each.entries.all()), how_it_stands(getattr(each, "message", None)))
        for each in invitations
    ]


def how_it_stands(message: Message | None) -> str:
    """Whether somebody was told by e-mail, in words. Not known is never no."""
    if message is None:
        return "" if settings.OPENMASH_SENDS_EMAIL else "No e-mail was sent: none is set up here."
    if message.sent_at is not None:
        return "Told by e-mail."
    if message.failed_because:
        return "The e-mail could not be sent. Tell them another way."
    if message.claimed_at is not None:
        return "It is not known whether the e-mail was sent. Tell them another way."
    return "The e-mail has not been sent yet."


def given_to(by: Person) -> list[Given]:
    """What somebody was given, newest first, for their list of what waits: no word of what it says."""
    given = Given.objects.filter(person=by).select_related("paper__meeting", "by__agency")
    return list(given.order_by("-id")[:MOST_LISTED])


@dataclass(frozen=True)
class OpenedPaper:
    """A paper, whole or as it was given. `given` is the row of the log, if it was; `invited` may be given it."""

    paper: Paper
    content: Content
    given: Given | None = None
    invited: tuple[Person, ...] = ()


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_paper(paper_id: int, *, by: Person, now: datetime, to: str = "") -> OpenedPaper:
    """A whole paper, for those who do the work; `to` do something with it, by its verb.

    Raises:
        Paper.DoesNotExist, Refused.
    """
    paper = Paper.objects.select_related("meeting", "by__agency").get(pk=paper_id)
    ground = permitted_at_meeting("see_paper", paper.meeting, by, now)
    if to:
        permitted_at_meeting(to, paper.meeting, by, now)
    note("paper", paper, "see_paper", by=by, ground=ground, now=now)
    invitations = paper.meeting.invitation_set.select_related("person__agency")
    return OpenedPaper(paper, paper.content, invited=tuple(each.person for each in invitations))


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_given(given_id: int, *, by: Person, now: datetime) -> OpenedPaper:
    """The parts of a paper that somebody was given, for them and for those who do the work.

    Raises:
        Given.DoesNotExist, Refused.
    """
    given = Given.objects.select_related("paper__meeting", "paper__by__agency", "by__agency").get(pk=given_id)
    ground = permitted_at_meeting("see_given", given.paper.meeting, by, now, given=given)
    note("paper", given.paper, "see_given", by=by, ground=ground, now=now, given=given.pk)
    return OpenedPaper(given.paper, only(given.paper.content, given.parts), given)
