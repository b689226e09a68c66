"""What the person who raised something may know of it, and nothing else.

The pages that hear back read only this: no reasons written for the front door, no signs it added, nothing
of what other agencies told. When the last answer would have been unsafe to send, almost nothing is left:
somebody else may be reading over their shoulder, in their mailbox, or with their reference and code.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import ALLOWED, RAISERS, grounds_by_role, grounds_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Acknowledgement, Contact, Reply
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, whoever
from openmash.apps.concerns.queries.as_raised import AsRaised, as_raised
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.apps.concerns.queries.standing import step_if_disagreed
from openmash.apps.concerns.states import ENDS, MEANINGS, Kind, State, verbs_from
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted, in_force
from openmash.engines.thresholds import Level, Pathway, Policy


@dataclass(frozen=True)
class Who:
    """Somebody's name, and what they are. An empty name is whoever raised it, who needs no account."""

    name: str = ""
    job_title: str = ""
    agency: str = ""


@dataclass(frozen=True)
class AnswerGiven:
    """An answer. Empty `text`: none was sent in writing. `to_step` is the step of disagreement it answers.

    `level` and `pathway` are those decided; advice has neither.
    """

    id: int
    text: str
    at: datetime
    by: Who
    level: Level | None
    pathway: Pathway | None
    to_step: int | None
    read_at: datetime | None


@dataclass(frozen=True)
class Disagreed:
    """A disagreement. `taken_again` is what was answered when the decision was to be taken again."""

    id: int
    step: int
    with_whom: str
    reason: str
    level_asked: Level | None
    held: Level
    by: Who
    at: datetime
    due_at: datetime
    is_open: bool
    taken_again: str
    answered_by: Who | None
    answered_at: datetime | None


@dataclass(frozen=True)
class Added:
    """New information, as its writer gave it."""

    text: str
    by: Who
    at: datetime


@dataclass(frozen=True)
class Told:
    """What the person who raised it told us, and under which version of the threshold."""

    contact: Contact
    said: AsRaised
    added: tuple[Added, ...]
    policy: Policy


@dataclass(frozen=True)
class HeardBack:
    """One contact, as far as the person who raised it may know it.

    `is_guarded`: an answer in writing would have been unsafe, so neither what they told nor any answer is
    here. `phones` are today's telephone numbers. `due_at` is None when nothing more is promised.
    """

    id: UUID
    reference: str
    kind: str
    state: State
    is_guarded: bool
    received_at: datetime
    due_at: datetime | None
    raised_by: Who
    policy: Policy
    phones: Mapping[str, str]
    told: Told | None
    answers: tuple[AnswerGiven, ...]
    disagreements: tuple[Disagreed, ...]
    next_step: int | None
    became: tuple[UUID, str] | None
    arose_from: tuple[UUID, str] | None
    can: frozenset[str]

    @property
    def status(self) -> str:
        """Where it stands, in words for the person who raised it."""
        return status_of(self.kind, self.state, guarded=self.is_guarded)

    @property
    def answer(self) -> AnswerGiven | None:
        """The answer in force, if it may be read here."""
        return self.answers[-1] if self.answers and self.state in ENDS else None

    @property
    def open_disagreement(self) -> Disagreed | None:
        return next((each for each in self.disagreements if each.is_open), None)


def status_of(kind: str, state: State, *, guarded: bool) -> str:
    """Where a contact stands, in words for the person who raised it."""
    if guarded and state in ENDS:
        return "Decided" if kind == Kind.CONCERN else "Looked at"
    return MEANINGS[state].told


def is_guarded(contact: Contact) -> bool:
    """Whether the last word on this contact was that an answer in writing would be unsafe.

    It stays so while something new is looked at, until somebody sends an answer after all.
    """
    return contact.answers.order_by("-id").values_list("text", flat=True).first() == ""


@transaction.atomic
def hear_back(
    contact_id: UUID, *, by: Person | None, now: datetime, codes: frozenset[str] = NO_CODES
) -> HeardBack:
    """Open a contact as the person who raised it. The look is written down.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: it is not theirs.
    """
    contact = look_as_raiser(contact_id, by=by, now=now, codes=codes)
    policy = adopted(contact.policy_id).policy
    state = State(contact.state)
    guarded = is_guarded(contact)
    answers = tuple(_answers(contact, policy))
    return HeardBack(
        id=contact.pk,
        reference=contact.reference,
        kind=contact.kind,
        state=state,
        is_guarded=guarded,
        received_at=contact.received_at,
        due_at=None if state in ENDS else contact.due_at,
        raised_by=_who(contact.raised_by),
        policy=policy,
        phones=in_force(now).policy.contacts,
        told=None if guarded else _told(contact, policy),
        answers=() if guarded else answers,
        disagreements=() if guarded else tuple(_disagreements(contact, policy)),
        next_step=step_if_disagreed(contact),
        became=None if guarded else _other(contact.gave_rise_to.first, by, now, codes),
        arose_from=None if guarded else _other(lambda: contact.arose_from, by, now, codes),
        can=_can(contact, guarded),
    )


def _can(contact: Contact, guarded: bool) -> frozenset[str]:
    """What they can do now. A page that may be in the wrong hands offers nothing that would show more."""
    can = verbs_from(contact.kind, contact.state) & {"add_information", "disagree", "become_concern"}
    if guarded:
        return can & {"add_information"}
    if step_if_disagreed(contact) is None:
        can -= {"disagree"}
    waiting = contact.state in ENDS and contact.state != State.BECAME_CONCERN
    read = contact.answer_id and Acknowledgement.objects.filter(answer=contact.answer_id).exists()
    return can | {"acknowledge"} if waiting and not read else can


def _who(person: Person | None) -> Who:
    return Who(person.name, person.job_title, person.agency.name) if person is not None else Who()


def _told(contact: Contact, policy: Policy) -> Told:
    return Told(contact=contact, said=as_raised(contact), added=tuple(_added(contact)), policy=policy)


def _added(contact: Contact) -> Iterator[Added]:
    """What the raiser's side added. What the front door or another agency added is not theirs to read."""
    for information in contact.information.select_related("by__agency"):
        writer = information.by
        if (
            writer is None
            or grounds_by_role(whoever(writer, NO_CODES, information.at), facts_for_access(contact)) & RAISERS
        ):
            yield Added(information.text, _who(writer), information.at)


def _answers(contact: Contact, policy: Policy) -> Iterator[AnswerGiven]:
    stood_by = {
        (reply.at, reply.reason): reply.disagreement.step
        for reply in Reply.objects.filter(contact=contact, outcome=Reply.Outcome.STANDS).select_related(
            "disagreement"
        )
    }
    for answer in contact.answers.select_related("by__agency", "decision", "acknowledged"):
        decision = answer.decision if answer.text else None
        read: Acknowledgement | None = getattr(answer, "acknowledged", None)
        yield AnswerGiven(
            id=answer.pk,
            text=answer.text,
            at=answer.at,
            by=_who(answer.by),
            level=policy.level(decision.level) if decision else None,
            pathway=policy.pathway(decision.pathway) if decision else None,
            to_step=stood_by.get((answer.at, answer.text)),
            read_at=read.at if read else None,
        )


def _disagreements(contact: Contact, policy: Policy) -> Iterator[Disagreed]:
    by_rank = {level.rank: level for level in policy.levels}
    for each in contact.disagreements.select_related("by__agency", "reply__by__agency"):
        reply: Reply | None = getattr(each, "reply", None)
        yield Disagreed(
            id=each.pk,
            step=each.step,
            with_whom=STEP_NAMES[each.step],
            reason=each.reason,
            level_asked=policy.level(each.level_asked) if each.level_asked else None,
            held=by_rank[each.held_rank],
            by=_who(each.by),
            at=each.at,
            due_at=each.due_at,
            is_open=reply is None and contact.state == State.DISAGREED,
            taken_again=reply.reason if reply and reply.outcome == Reply.Outcome.DECIDE_AGAIN else "",
            answered_by=_who(reply.by) if reply else None,
            answered_at=reply.at if reply else None,
        )


def _other(
    find: Callable[[], Contact | None], by: Person | None, now: datetime, codes: frozenset[str]
) -> tuple[UUID, str] | None:
    """The advice this arose from, or the concern it became, if this person may open that too."""
    with seeing_everything("the gate says of each whether it may be opened"):
        other = find()
    if other is None:
        return None
    grounds = grounds_of(whoever(by, codes, now), facts_for_access(other))
    return (other.pk, other.reference) if grounds & ALLOWED["see_as_raiser"] else None
