"""What is not known on a contact and matters (rule C16): each a question for a named agency, with a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from openmash.apps.concerns.models import Contact, FollowUp
from openmash.apps.concerns.promises import due_by
from openmash.apps.concerns.queries.findings import work_out
from openmash.apps.concerns.states import Kind, State
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Duty, Finding, Policy, Unknown

INFORMATION_REQUEST = "information_request"
"""The duty of the policy that asks for it."""

BEFORE_A_DECISION = frozenset({State.RECEIVED, State.SCREENING, State.SECOND_PERSON})


@dataclass(frozen=True)
class Wanted:
    """One question, whom the policy would ask, and by when. `follow_up` is there once a decision has set it."""

    question: str
    whom: str
    due_at: datetime
    follow_up: FollowUp | None

    @property
    def key(self) -> str:
        """What the question is known by in an address."""
        return sha256(self.question.encode()).hexdigest()[:16]


def questions_to_ask(
    duty: Duty, rules: tuple[str, ...], finding: Finding, policy: Policy
) -> list[tuple[str, str]]:
    """Each not-known that matters, as a question, with whom to ask."""
    return [
        (unknown.question, _whom_to_ask(unknown, duty, policy))
        for unknown in finding.unknowns
        if unknown.if_yes.rank > unknown.if_no.rank or set(unknown.rules) & set(rules)
    ]


def _whom_to_ask(unknown: Unknown, duty: Duty, policy: Policy) -> str:
    named = policy.fact(unknown.id).ask if unknown.kind == "fact" else ""
    return named or duty.owner


def wanted_on(contact: Contact, *, now: datetime) -> tuple[Wanted, ...]:
    """What is to be asked for: what a decision has set and nobody has settled, and before a decision all that the
    threshold would ask for now. The caller has checked that the contact may be seen.
    """
    rows = (
        FollowUp.objects.filter(contact=contact, duty=INFORMATION_REQUEST)
        .select_related("done")
        .order_by("id")
    )
    by_question = {row.text: row for row in rows}
    wanted = [
        Wanted(row.text, row.owner, row.due_at, row)
        for row in by_question.values()
        if not hasattr(row, "done")
    ]
    if contact.kind == Kind.CONCERN and contact.state in BEFORE_A_DECISION:
        wanted += [each for each in _worked_out(contact, now) if each.question not in by_question]
    return tuple(sorted(wanted, key=lambda each: each.due_at))


def _worked_out(contact: Contact, now: datetime) -> Iterator[Wanted]:
    policy = adopted(contact.policy_id).policy
    finding = work_out(contact, policy=policy, now=now)
    for duty, rules in finding.duties:
        if duty.id == INFORMATION_REQUEST and duty.clock:
            due_at = due_by(policy, duty.clock, contact.received_at)
            for question, whom in questions_to_ask(duty, rules, finding, policy):
                yield Wanted(question, whom, due_at, None)
