"""Keeping a paper as it stands, and giving parts of it to those who need to know them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.meetings import locked_meeting
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.papers import contents
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.errors import Incomplete, NotPossibleNow
from openmash.apps.papers.models import Given, Paper
from openmash.apps.papers.permission import permitted_at_meeting

FAMILY = ("The parents or carers", "The child")
"""Readers without an account. They are handed or sent the print; what they were given is written down as well."""


@acting
@transaction.atomic
def keep_paper(*, meeting_id: UUID, kind: str, by: Person, now: datetime) -> Paper:
    """Keep the reports or the minutes as the record stands now. The same twice over is the same paper.

    Raises:
        Refused: this person may not.
        NotPossibleNow: nothing has been written yet, or the meeting has not ended.
    """
    meeting = locked_meeting(meeting_id)
    ground = permitted_at_meeting("keep_paper", meeting, by, now)
    if kind == Paper.Kind.MINUTES and not meeting.meetingended_set.exists():
        raise NotPossibleNow("Minutes are made once the meeting has ended.")
    content = contents.minutes(meeting) if kind == Paper.Kind.MINUTES else contents.reports(meeting)
    if not content["parts"]:
        raise NotPossibleNow("No agency has written anything yet.")
    digest = contents.digest_of(content)
    last = Paper.objects.filter(meeting=meeting, kind=kind).order_by("-number").first()
    if last is not None and last.sha256 == digest:
        return last
    paper = Paper.objects.create(
        meeting=meeting,
        kind=kind,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=digest,
        by=by,
        at=now,
    )
    note("paper", paper, "keep_paper", by=by, ground=ground, now=now, meeting=str(meeting.pk), paper=kind)
    return paper


@acting
@transaction.atomic
def give_paper(
    *,
    paper_id: int,
    people: Collection[Person],
    family: Collection[str],
    parts: Collection[str],
    reason: str,
    by: Person,
    now: datetime,
) -> list[Given]:
    """Give these parts to these readers, each with a row in the log of what went to whom. Sent twice, it is once.

    Raises:
        Refused: this person may not.
        Incomplete: no reader, no part or no reason; or somebody who was not invited.
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=paper_id)
    ground = permitted_at_meeting("give_paper", paper.meeting, by, now)
    there = [key for key in contents.keys_of(paper.content) if key in set(parts)]
    invited = set(paper.meeting.invitation_set.values_list("person_id", flat=True))
    lacking = _why_not_give(there, reason, people, family, invited)
    if lacking:
        raise Incomplete(lacking)
    readers: list[tuple[Person | None, str]] = [
        *((person, contents.somebody(person)) for person in people),
        *((None, who) for who in FAMILY if who in family),
    ]
    about = {"paper": paper, "parts": there, "reason": reason, "by": by}
    given = [
        Given.objects.create(person=person, who=who, at=now, **about)
        for person, who in readers
        if not Given.objects.filter(person=person, who=who, **about).exists()
    ]
    if not given:
        return []
    detail = {"given": [each.pk for each in given], "parts": there}
    note("paper", paper, "give_paper", by=by, ground=ground, now=now, **detail)
    return given


def _why_not_give(
    parts: Collection[str],
    reason: str,
    people: Collection[Person],
    family: Collection[str],
    invited: Collection[int],
) -> list[Reason]:
    lacking = []
    if not people and not set(family) & set(FAMILY):
        lacking.append(Reason("readers", "Choose who is given it: at least one."))
    if any(person.pk not in invited for person in people):
        lacking.append(
            Reason("readers", "Only those invited to the meeting, and the family, can be given it.")
        )
    if not parts:
        lacking.append(Reason("parts", "Choose which parts they need: at least one."))
    if not reason.strip():
        lacking.append(Reason("reason", "Write why they need to know these parts."))
    return lacking
