"""Who may see and do what with papers, through `access`, on the grounds of the child's work or of the meeting."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from openmash.apps.access.grounds import Ground, Viewer
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.work_grounds import ground_for_work, grounds_on_case
from openmash.apps.casework.actions.meetings import cases_of
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.casework.pathway import LOOKS
from openmash.apps.casework.standing import facts_of
from openmash.apps.casework.table.move import AT_THE_TABLE, CHAIR, WORKER
from openmash.apps.directory.models import Person
from openmash.apps.papers.models import Given, MeetingDocument

HEAD = frozenset({Ground.HEADS_SERVICE_HERE})
DOES_THE_WORK = WORKER | CHAIR

PAPERS: dict[str, frozenset[Ground]] = {
    "see_case_papers": LOOKS["see_case"],
    "see_case_document": LOOKS["see_case"],
    "attach_to_case": DOES_THE_WORK,
    "see_letter": LOOKS["see_case"],
    "write_letter": DOES_THE_WORK,
    "see_meeting_papers": LOOKS["see_meeting"],
    "see_meeting_document": DOES_THE_WORK | HEAD | AT_THE_TABLE,
    "attach_to_meeting": DOES_THE_WORK | AT_THE_TABLE,
    "see_paper": DOES_THE_WORK | HEAD,
    "see_given": DOES_THE_WORK | HEAD | {Ground.WAS_GIVEN},
    "keep_paper": DOES_THE_WORK,
    "give_paper": DOES_THE_WORK,
}
"""Every verb of this app, and the grounds it takes. Somebody invited reads what they were given, never the whole."""


def permitted_on_case(verb: str, case: Case, by: Person, now: datetime) -> Ground:
    """The ground on which `by` may do this beside a case.

    Raises:
        Refused: there is none.
    """
    return ground_for_work(_viewer(by, now), verb, facts_of(case, now), PAPERS[verb])


def permitted_at_meeting(
    verb: str,
    meeting: Meeting,
    by: Person,
    now: datetime,
    *,
    among: Collection[Ground] | None = None,
    given: Given | None = None,
) -> Ground:
    """The ground on which `by` may do this beside a meeting: on any child it is about. `among` narrows it.

    Raises:
        Refused: there is none.
    """
    allowed = PAPERS[verb] if among is None else PAPERS[verb] & set(among)
    viewer = _viewer(by, now)
    was_given = frozenset({given.person_id}) if given is not None and given.person_id else frozenset()
    every = [replace(facts_of(case, now, meeting=meeting), given=was_given) for case in cases_of(meeting)]
    usable = next((facts for facts in every if grounds_on_case(viewer, facts) & allowed), every[0])
    return ground_for_work(viewer, verb, usable, allowed)


def may_at_meeting(verb: str, meeting: Meeting, by: Person, now: datetime) -> bool:
    """For showing a button, never instead of the check."""
    viewer = _viewer(by, now)
    return any(
        grounds_on_case(viewer, facts_of(case, now, meeting=meeting)) & PAPERS[verb]
        for case in cases_of(meeting)
    )


def may_on_case(verb: str, case: Case, by: Person, now: datetime) -> bool:
    """For showing a button, never instead of the check."""
    return bool(grounds_on_case(_viewer(by, now), facts_of(case, now)) & PAPERS[verb])


def grounds_to_read(attached: MeetingDocument, by: Person) -> frozenset[Ground]:
    """Somebody invited reads what is for the table, and what they brought themselves."""
    theirs = attached.for_the_table or attached.by_id == by.pk
    return PAPERS["see_meeting_document"] - (frozenset() if theirs else AT_THE_TABLE)


def _viewer(by: Person, now: datetime) -> Viewer:
    return viewer_of(by, timezone.localtime(now).date())
