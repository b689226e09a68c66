"""One case opened: all that its page shows, what may be done now, and the look at it written down."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmash.apps.access.grounds import HUB, grounds_of
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.audit.models import Event
from openmash.apps.audit.queries import events_about
from openmash.apps.casework.actions.moves import note
from openmash.apps.casework.actions.opening import children_of, stage_to_open
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.missing import missing
from openmash.apps.casework.models import (
    ActionAgreed,
    Awaited,
    Birth,
    CameFrom,
    Case,
    ChildSeen,
    Clock,
    Closure,
    Escalation,
    Invitation,
    Meeting,
    NewInformation,
    Notice,
    Plan,
    PregnancyEnded,
    Proposal,
    Review,
    StageOpen,
    TransferIn,
    TransferOut,
    View,
    Why,
)
from openmash.apps.casework.pathway import VERBS, moves_from
from openmash.apps.casework.practice import practice_of
from openmash.apps.casework.rules import why_not_by_birth
from openmash.apps.casework.standing import facts_of, leaving, open_stages, permitted, worker_of
from openmash.apps.casework.table.move import Move
from openmash.apps.casework.unborn import birth_of, expected_on, is_unborn, loss_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.directory.models import Person
from openmash.engines.pathway import ClockDefinition, StageNamed

ON_A_CONTACT = frozenset({"open_case", "receive_transfer"})
"""Verbs by which work begins from a concern: their buttons are on the concern's page."""


@dataclass(frozen=True)
class StageShown:
    """A stage with what the practice it was opened under calls it."""

    row: StageOpen
    named: StageNamed


@dataclass(frozen=True)
class ClockShown:
    """A clock with its definition in the practice it runs under."""

    row: Clock
    definition: ClockDefinition


@dataclass(frozen=True)
class Opened:
    """A case with everything recorded on it. `can` are the moves this person may make now."""

    case: Case
    worker: Person | None
    came_from: tuple[CameFrom, ...]
    open_stages: tuple[StageShown, ...]
    ended_stages: tuple[StageShown, ...]
    clocks: tuple[ClockShown, ...]
    plan: Plan | None
    reviews: tuple[Review, ...]
    """Oldest first."""
    actions: tuple[ActionAgreed, ...]
    meetings: tuple[Meeting, ...]
    views: tuple[View, ...]
    seen: tuple[ChildSeen, ...]
    closures: tuple[Closure, ...]
    notices: tuple[Notice, ...]
    events: tuple[Event, ...]
    whys: dict[int, str]
    """Why each thing was done, by the number that its event names."""
    can: dict[str, tuple[Move, ...]]
    new: tuple[NewInformation, ...]
    proposals: tuple[Proposal, ...]
    escalations: tuple[Escalation, ...]
    plans: tuple[Plan, ...]
    birth: Birth | None
    loss: PregnancyEnded | None
    transfers_in: tuple[TransferIn, ...]
    leaving: TransferOut | None
    awaited: tuple[Awaited, ...]
    not_brought: int
    """How many new things were told that have not reached the work yet."""
    expected_on: date | None
    """Of a child who is not yet born: when it is expected, as it was said last."""
    reads_contacts: bool
    """Whether this person may also open the concerns it came from, as the front door does."""

    @property
    def stages(self) -> frozenset[str]:
        return frozenset(each.row.stage for each in self.open_stages)

    @property
    def looked_at_on(self) -> date | None:
        """The day on which the plan is looked at again, as it was agreed last; None without a plan."""
        if self.plan is None:
            return None
        return next(
            (each.review_on for each in reversed(self.reviews) if each.plan_id == self.plan.pk),
            self.plan.review_on,
        )


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_work(case_id: UUID, *, by: Person, now: datetime) -> Opened:
    """Open a case, to look at it or to do something.

    Raises:
        Case.DoesNotExist: there is no such case.
        Refused: this person has no part in it.
    """
    case = Case.objects.select_related("child", "locality", "moving_to").get(pk=case_id)
    ground = permitted("see_case", case, by, now)
    note(case, "see_case", by=by, ground=ground, now=now)
    every_stage = case.stageopen_set.select_related("practice", "by__agency", "ended__by__agency")
    stages = [StageShown(each, practice_of(each.practice).stage(each.stage)) for each in every_stage]
    about = case.meetings.select_related("meeting__called_by")
    return Opened(
        case=case,
        worker=worker_of(case),
        came_from=tuple(case.camefrom_set.select_related("contact__policy", "decision__by__agency")),
        open_stages=tuple(each for each in stages if not hasattr(each.row, "ended")),
        ended_stages=tuple(each for each in stages if hasattr(each.row, "ended")),
        clocks=tuple(clock_shown(each) for each in case.clocks.select_related("practice", "stage")),
        plan=case.plan_set.select_related("lead__agency", "stage").order_by("-id").first(),
        reviews=tuple(case.review_set.select_related("by__agency").order_by("id")),
        actions=tuple(case.actionagreed_set.select_related("done__by__agency", "meeting")),
        meetings=tuple(each.meeting for each in about.order_by("meeting__planned_for")),
        views=tuple(case.view_set.select_related("by__agency")),
        seen=tuple(case.childseen_set.select_related("by__agency")),
        closures=tuple(
            case.closure_set.prefetch_related("told__person__agency").select_related("by__agency")
        ),
        notices=tuple(case.notices.select_related("clock__practice")),
        whys=dict(Why.objects.filter(case=case).values_list("pk", "text")),
        events=tuple(events_about("case", case.pk).filter(outcome="done").exclude(verb__startswith="see_")),
        can=possible(case, by=by, now=now),
        new=tuple(
            case.new_information.select_related(
                "contact", "information", "decided__by__agency"
            ).prefetch_related("contact__findings")
        ),
        proposals=tuple(case.proposal_set.select_related("by__agency", "second_word__by__agency")),
        escalations=tuple(
            case.escalation_set.select_related("by__agency", "about__opened", "answer__by__agency")
        ),
        plans=tuple(
            case.plan_set.select_related("by__agency", "lead").prefetch_related("actions").order_by("-id")
        ),
        birth=birth_of(case),
        loss=loss_of(case),
        transfers_in=tuple(case.transferin_set.select_related("by__agency")),
        leaving=leaving(case),
        not_brought=len(missing([case]).get(case.pk, [])),
        awaited=tuple(case.awaited_set.select_related("by__agency", "ended__by__agency")),
        expected_on=expected_on(case) if is_unborn(case) else None,
        reads_contacts=_reads_contacts(case, by, now),
    )


def _reads_contacts(case: Case, by: Person, now: datetime) -> bool:
    viewer = viewer_of(by, timezone.localtime(now).date())
    contacts = [came.contact for came in case.camefrom_set.select_related("contact")]
    return all(grounds_of(viewer, facts_for_access(contact)) & HUB for contact in contacts)


def clock_shown(clock: Clock) -> ClockShown:
    """A clock with its own definition."""
    return ClockShown(clock, practice_of(clock.practice).clock(clock.definition))


@seeing_everything("opened with the work: the gate of the work decides")
def possible(case: Case, *, by: Person, now: datetime) -> dict[str, tuple[Move, ...]]:
    """Every verb this person may do now with its outcomes: for showing a button, never instead of the check."""
    grounds = grounds_on_case(viewer_of(by, timezone.localtime(now).date()), facts_of(case, now))
    unborn = is_unborn(case)
    stages = [each.stage for each in open_stages(case)]
    found = {
        verb: tuple(move for move in moves_from(verb, stages) if move.who & grounds)
        for verb in VERBS
        if verb not in ON_A_CONTACT and not why_not_by_birth(verb, unborn)
    }
    if case.moving_to_id is not None:
        found["hand_over"] = ()  # an area of this partnership takes over by itself
    return {verb: moves for verb, moves in found.items() if moves}


@seeing_everything("opened with the work: the gate of the work decides")
def agencies_that_took_part(case: Case) -> list[Person]:
    """People of agencies who were invited to meetings about this child, and whoever raised a concern."""
    invited = {
        each.person
        for each in Invitation.objects.filter(meeting__meetingabout__case=case).select_related(
            "person__agency"
        )
    }
    raised = {
        came.contact.raised_by
        for came in case.camefrom_set.select_related("contact__raised_by__agency")
        if came.contact.raised_by is not None
    }
    return sorted(invited | raised, key=lambda person: (person.agency.name, person.name))


@seeing_everything("opened with the work: the gate of the work decides")
def work_from(contact: Contact, *, now: datetime) -> str:
    """For the contact's page: "may open", "opened", or empty when its decision leads to no work."""
    if CameFrom.objects.filter(contact=contact, decision=contact.decision, decision__isnull=False).exists():
        return "opened"
    try:
        stage_to_open(contact, now)
    except NotPossibleNow:
        return ""
    return "may open" if children_of(contact) else ""
