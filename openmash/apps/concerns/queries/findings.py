"""What the published threshold says of a contact now. Reads only: `actions.findings` keeps."""

from datetime import datetime

from openmash.apps.concerns.case import case_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.earlier import earlier_with_signs
from openmash.apps.concerns.queries.evidence import current_facts, current_signs
from openmash.engines.thresholds import Case, Finding, Policy, evaluate


def case_now(contact: Contact, *, policy: Policy, now: datetime, own_agency_only: bool = False) -> Case:
    """The case as it stands at `now`.

    `own_agency_only` leaves out what other agencies told: a finding shown to the person who raised
    it must not let them learn what others know.
    """
    return case_of(
        contact,
        policy,
        signs=current_signs(contact),
        facts=current_facts(contact),
        parts=contact.parts.select_related("description"),
        earlier=earlier_with_signs(contact, now, own_agency_only=own_agency_only),
        as_of=now,
    )


def work_out(contact: Contact, *, policy: Policy, now: datetime, own_agency_only: bool = False) -> Finding:
    """What the threshold says of a contact at `now`. `own_agency_only` is as for `case_now`."""
    return evaluate(policy, case_now(contact, policy=policy, now=now, own_agency_only=own_agency_only))
