"""What a contact said on the day it was raised, and what the threshold made of it then.

The caller has opened the contact (`looking`), which is where the look is written down.
"""

from dataclasses import dataclass
from typing import Any

from openmash.apps.concerns.case import case_of
from openmash.apps.concerns.models import Contact, FactRecorded, FindingRecorded, Part, SignRecorded
from openmash.apps.concerns.queries.earlier import earlier_with_signs
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Change, what_would_change


@dataclass(frozen=True)
class AsRaised:
    """The people, signs and answers as the person who raised it gave them."""

    parts: tuple[Part, ...]
    signs: tuple[SignRecorded, ...]
    facts: tuple[FactRecorded, ...]


def as_raised(contact: Contact) -> AsRaised:
    """Leaves out whatever was added later, and keeps what was withdrawn later: it was said."""
    on_the_day = {"at": contact.received_at}
    return AsRaised(
        parts=tuple(
            contact.parts.select_related("description").filter(description__described_at=contact.received_at)
        ),
        signs=tuple(contact.signs.filter(by_front_door=False, **on_the_day)),
        facts=tuple(contact.facts.filter(**on_the_day)),
    )


def found_when_raised(contact: Contact) -> dict[str, Any]:
    """The threshold's answer as it was kept when the contact was raised (`thresholds.as_record`)."""
    found = contact.findings.filter(stage=FindingRecorded.Stage.RAISED).order_by("id").first()
    if found is None:
        raise ValueError(f"{contact.reference} has no finding from when it was raised.")
    return dict(found.finding)


def what_would_have_changed(contact: Contact) -> tuple[Change, ...]:
    """What else, known that day, would have changed the threshold's answer, under the same version.

    Like the answer itself, it counts earlier contacts of the same agency only.
    """
    policy = adopted(contact.policy_id).policy
    said = as_raised(contact)
    case = case_of(
        contact,
        policy,
        signs=said.signs,
        facts=said.facts,
        parts=said.parts,
        earlier=earlier_with_signs(contact, contact.received_at, own_agency_only=True),
        as_of=contact.received_at,
    )
    level = found_when_raised(contact)["level"]["code"]
    # A link made since can put the case itself above the answer that was kept: that is no change to tell.
    return tuple(change for change in what_would_change(policy, case) if change.level.code != level)
