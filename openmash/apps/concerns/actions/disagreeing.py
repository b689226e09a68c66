"""Disagreement: four steps, each with a clock; the child is held at the higher level (rule C20)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground, grounds_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.answering import NEWER_ANSWER
from openmash.apps.concerns.actions.findings import keep_up
from openmash.apps.concerns.actions.moves import locked, move, next_state
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Answer, Contact, Disagreement, FindingRecorded, Reply, SecondWord
from openmash.apps.concerns.notices import say_an_answer_waits
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, permitted, whoever
from openmash.apps.concerns.promises import promised
from openmash.apps.concerns.queries.standing import step_if_disagreed
from openmash.apps.concerns.rules import Reason
from openmash.apps.concerns.states import Kind
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted

WHO_REPLIES: dict[int, frozenset[Ground]] = {
    1: frozenset({Ground.SCREENS_HERE, Ground.ADVISES_HERE, Ground.MANAGES_HERE}),
    2: frozenset({Ground.MANAGES_HERE}),
    3: frozenset({Ground.HEADS_SERVICE_HERE}),
    4: frozenset({Ground.SAFEGUARDING_PARTNER}),
}
"""Practitioners the same day, then managers, heads of service, and the partnership."""


@acting
def who_replies(step: int, kind: str) -> frozenset[Ground]:
    """On what grounds somebody answers a step. Advisers answer for advice, not for concerns."""
    return WHO_REPLIES[step] - (frozenset() if kind == Kind.ADVICE else {Ground.ADVISES_HERE})


@acting
def already_had_a_say(contact: Contact) -> frozenset[int]:
    """Who decided, agreed, answered or replied: above the first step none of them judges it again."""
    people: set[int | None] = set(contact.answers.values_list("by_id", flat=True))
    people |= set(Reply.objects.filter(contact=contact).values_list("by_id", flat=True))
    if contact.decision is not None:
        people.add(contact.decision.by_id)
        people |= set(SecondWord.objects.filter(decision=contact.decision).values_list("by_id", flat=True))
    return frozenset(pk for pk in people if pk is not None)


@acting
@transaction.atomic
def disagree(
    *,
    contact_id: UUID,
    reason: str,
    level_asked: str = "",
    answer_id: int | None = None,
    by: Person | None,
    now: datetime,
    codes: frozenset[str] = NO_CODES,
) -> Disagreement:
    """Disagree with an answer. Each disagreement with a further answer goes one step higher.

    `answer_id` is the answer on the person's page: nobody disagrees with one they have not seen.
    """
    contact = locked(contact_id)
    ground = permitted("disagree", contact, by, now, codes)
    next_state("disagree", contact)
    if answer_id is not None and contact.answer_id != answer_id:
        raise NotPossibleNow(NEWER_ANSWER)
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why you disagree.")])
    policy = adopted(contact.policy_id).policy
    if level_asked and level_asked not in {level.code for level in policy.levels}:
        raise Incomplete([Reason("level_asked", "Select one of the levels, or leave it open.")])
    step = _next_step(contact)
    asked = policy.level(level_asked).rank if level_asked else 0
    disagreement = Disagreement.objects.create(
        contact=contact,
        answer=_answer_of(contact),
        step=step,
        reason=reason,
        level_asked=level_asked,
        held_rank=max(_highest_rank(contact), asked),
        by=by,
        at=now,
        due_at=promised(policy, f"disagreement_{step}", now),
    )
    move(
        contact,
        "disagree",
        by=by,
        ground=ground,
        now=now,
        detail={"step": step},
        held_rank=disagreement.held_rank,
        due_at=disagreement.due_at,
    )
    return disagreement


def _answer_of(contact: Contact) -> Answer:
    if contact.answer is None:  # the database does not allow it; say so rather than trust
        raise NotPossibleNow("There is no answer to disagree with yet.")
    return contact.answer


def _next_step(contact: Contact) -> int:
    step = step_if_disagreed(contact)
    if step is None:
        raise NotPossibleNow(
            "The partnership has answered, which is the last step. "
            "If anything is new, add it as new information."
        )
    return step


def _highest_rank(contact: Contact) -> int:
    """The higher of what was decided and what the threshold ever said of this contact."""
    ranks = list(FindingRecorded.objects.filter(contact=contact).values_list("level_rank", flat=True))
    return max([*ranks, contact.decision.level_rank if contact.decision else 1])


@acting
@transaction.atomic
def reply_to_disagreement(
    *, contact_id: UUID, seen_version: int, outcome: str, reason: str, by: Person, now: datetime
) -> Reply:
    """Stand by the decision with an answer of one's own, or have it taken again."""
    contact = locked(contact_id, seen_version)
    if outcome not in Reply.Outcome.values:
        raise Incomplete([Reason("outcome", "Select whether the decision stands or is taken again.")])
    verb = "stand_by_decision" if outcome == Reply.Outcome.STANDS else "decide_again"
    ground = permitted("reply_to_disagreement", contact, by, now)
    next_state(verb, contact)
    disagreement = contact.disagreements.order_by("-id")[0]
    _must_be_theirs(contact, disagreement, by, now)
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write your answer and its reasons.")])
    if outcome == Reply.Outcome.STANDS and contact.information.filter(at__gt=disagreement.at).exists():
        raise Incomplete(
            [
                Reason(
                    "outcome",
                    "There is new information since this disagreement began. "
                    "The decision has to be taken again with it (rule C18).",
                )
            ]
        )
    reply = Reply.objects.create(
        disagreement=disagreement, contact=contact, outcome=outcome, reason=reason, by=by, at=now
    )
    if outcome == Reply.Outcome.STANDS:
        answer = Answer.objects.create(
            contact=contact, decision=contact.decision, text=reason, sent_at=now, by=by, at=now
        )
        move(contact, verb, by=by, ground=ground, now=now, answer=answer, held_rank=None)
    else:
        contact.due_at = promised(adopted(contact.policy_id).policy, "decide", now)
        keep_up(contact, now=now)
        move(contact, verb, by=by, ground=ground, now=now, answer=None, screener=by)
    say_an_answer_waits(contact, also_to=disagreement.by)
    return reply


def _must_be_theirs(contact: Contact, disagreement: Disagreement, by: Person, now: datetime) -> None:
    """Each step has its own people, and above the first step nobody judges their own decision."""
    facts = facts_for_access(contact)
    viewer = whoever(by, frozenset(), now)
    if not grounds_of(viewer, facts) & who_replies(disagreement.step, contact.kind):
        raise Refused(
            f"This disagreement is with {STEP_NAMES[disagreement.step]} now.",
            verb="reply_to_disagreement",
            subject_kind="contact",
            subject_id=contact.pk,
        )
    if disagreement.step > 1 and by.pk in already_had_a_say(contact):
        raise NotPossibleNow(
            "You made, agreed or answered for this decision. Above the first step somebody else must answer."
        )
