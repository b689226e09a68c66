"""Opening the work: from a decision of the front door, one case for each child. A child's case is never doubled."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, Taken, take, touch
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import CameFrom, Case
from openmash.apps.casework.pathway import move_for
from openmash.apps.casework.practice import in_force, practice_of
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import Stage
from openmash.apps.casework.standing import stages_of
from openmash.apps.casework.unborn import loss_of
from openmash.apps.concerns.codes import new_reference
from openmash.apps.concerns.models import Contact, Decision, Role
from openmash.apps.concerns.permission import note_down
from openmash.apps.concerns.permission import permitted as permitted_on_contact
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.families.queries.linked import same_person_as

SAME_DECISION = "same_decision"


@acting
@transaction.atomic
def open_case(*, contact_id: UUID, by: Person, now: datetime) -> list[Case]:
    """Open the work with each child a concern is about, as its decision says, or join what is open already.

    Raises:
        Refused: this person could not have accepted the concern.
        NotPossibleNow: there is no decision in force that leads to work, or it has been opened.
    """
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    ground = permitted_on_contact("decide", contact, by, now)
    stage = stage_to_open(contact, now)
    if CameFrom.objects.filter(contact=contact, decision=contact.decision).exists():
        raise NotPossibleNow("The work that this decision leads to has been opened already.")
    one_opening_at_a_time()
    children = children_of(contact)
    expected = [child for child in children if not _is_lost(child)]
    if children and not expected:
        raise NotPossibleNow(LOST_MEANWHILE)
    cases = [_open_for(child, contact, stage, by, ground, now) for child in expected]
    if not cases:
        raise NotPossibleNow("No child is described on this concern, so there is nobody to work with yet.")
    detail = {"cases": [str(case.pk) for case in cases], "stage": stage}
    note_down(contact, "open_case", by=by, ground=ground, now=now, detail=detail)
    return cases


@acting
def stage_to_open(contact: Contact, now: datetime) -> Stage:
    """The stage that the decision in force on a concern leads to.

    Raises:
        NotPossibleNow: there is no decision in force, or it leads to no work.
    """
    decision = contact.decision
    if decision is None or contact.state not in ("decided", "answered"):
        raise NotPossibleNow(f"{contact.reference} has no decision in force, so no work can begin from it.")
    stage = practice_of(in_force(now)).stage_for(decision.pathway)
    if stage is None:
        raise NotPossibleNow("What was decided leads to no work after the front door.")
    return Stage(stage)


@acting
def children_of(contact: Contact) -> list[Description]:
    """The children a concern is about, and those of the household for whom the same was decided (rule C12)."""
    also = contact.decision.children_considered.filter(outcome=SAME_DECISION) if contact.decision else []
    return [*subjects_of(contact), *(each.part.description for each in also)]


@acting
def subjects_of(contact: Contact) -> list[Description]:
    """The children a contact is about."""
    return [part.description for part in contact.parts.filter(role=Role.SUBJECT)]


@acting
def case_about(child: Description) -> Case | None:
    """The case of this child, by this description or another that people have linked to the same child."""
    return Case.objects.filter(child_id__in=same_person_as(child.pk)).order_by("opened_at").first()


LOST_MEANWHILE = (
    "It is on record that this pregnancy has ended. "
    "If that is wrong, the team manager records that it goes on."
)


def _is_lost(child: Description) -> bool:
    """Whether the pregnancy has ended: work begins again with the brothers and sisters, and not with this child."""
    known = case_about(child)
    return known is not None and loss_of(known) is not None


@acting
def new_case(child: Description, contact: Contact, by: Person, now: datetime) -> Case:
    """A case with no stage open yet, for the action that opens one in the same transaction."""
    case = Case.objects.create(
        reference=new_reference("work"),
        child=child,
        locality=contact.locality,
        opened_by=by,
        opened_at=now,
    )
    join(case, contact, contact.decision, by, now)
    return case


@acting
def join(case: Case, contact: Contact, decision: Decision | None, by: Person, now: datetime) -> None:
    """Write down that a case goes back to this concern too."""
    if not CameFrom.objects.filter(case=case, contact=contact, decision=decision).exists():
        CameFrom.objects.create(case=case, contact=contact, decision=decision, by=by, at=now)


def _open_for(
    child: Description, contact: Contact, stage: Stage, by: Person, ground: str, now: datetime
) -> Case:
    found = case_about(child)
    if found is None:
        case = new_case(child, contact, by, now)
    else:
        case = Case.objects.select_for_update().get(pk=found.pk)
        join(case, contact, contact.decision, by, now)
    reason = contact.decision.rationale if contact.decision else ""
    move = move_for("open_case", stage, stages_of(case))
    if move is None:
        raise NotPossibleNow(f"Work cannot begin with “{stage}”.")
    taken = Taken(case, move, Written(reason=reason), ground, by, now)
    if stage in stages_of(case):
        detail = {"contact": str(contact.pk), "joined": stage}
        touch(case, "open_case", by=by, ground=ground, now=now, detail=detail)
    else:
        around = Around(moments={"received": contact.received_at}, detail={"contact": str(contact.pk)})
        take(taken, around)
    return case


@acting
def one_opening_at_a_time() -> None:
    """Two people who open two concerns about one child at once must not make two cases of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('openmash.casework.open_case'))")
