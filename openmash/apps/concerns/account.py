"""What somebody tells the front door, as plain data: pages, imports and the demonstration all build this."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from openmash.apps.families.told import PersonDescribed, RelationshipTold

TOLD_IN_THE_ACCOUNT = frozenset({"child_not_seen", "in_danger_now"})
"""Facts of the policy that follow from what everybody is asked (`seen`, `spoken_to`, `in_danger`): not asked twice."""


@dataclass(frozen=True)
class Raiser:
    """Who is telling us. A signed-in person needs nothing here but their account."""

    source: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class RelationTold:
    """What a person is to another of the same account; `to` is the place of that one in `Account.parts`, from 0."""

    to: int
    told: RelationshipTold


@dataclass(frozen=True)
class PartTold:
    """A person, their part in this contact (`models.Role`), and what they are to others told about in it."""

    role: str
    person: PersonDescribed
    relationships: tuple[RelationTold, ...] = ()


@dataclass(frozen=True)
class SignTold:
    """A sign of the policy, on what evidence. `examples` are those of the sign that were seen."""

    sign: str
    evidence: str
    immediate_answer: str = "not_known"
    examples: tuple[str, ...] = ()
    since: date | None = None
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Account:
    """A whole concern or request for advice."""

    raiser: Raiser
    locality_id: int
    policy_id: int
    parts: tuple[PartTold, ...] = ()
    signs: tuple[SignTold, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    in_danger: str = "not_known"
    where_now: str = ""
    seen: str = "not_known"
    spoken_to: str = "not_known"
    parents_know: str = "not_known"
    parents_know_why_not: str = ""
    account: str = ""
    question: str = ""
    arose_from: UUID | None = None
    same_child_as: UUID | None = None
