"""What is known of who is who: as people said, and as the engine finds. For other apps, never for a page.

These speak of identifiers and descriptions only; `concerns.queries` decides who may be shown them.
"""

from openmash.apps.families.queries.described import combined, described, described_all
from openmash.apps.families.queries.linked import (
    contacts_about,
    current_links,
    descriptions_of,
    households_said,
    known_people_of,
    not_same_as,
    relationships_between,
    said_not_same,
    same_people_as,
    valid_nhs_numbers_of,
    with_different_nhs_numbers,
)
from openmash.apps.families.queries.matches import (
    WORTH_SHOWING,
    Found,
    IndexRow,
    Proposal,
    Proposals,
    contacts_at_homes_of,
    evidence_kept,
    judged,
    look_up,
    population,
    proposals_for,
    rows_found,
)

__all__ = [
    "WORTH_SHOWING",
    "Found",
    "IndexRow",
    "Proposal",
    "Proposals",
    "combined",
    "contacts_about",
    "contacts_at_homes_of",
    "current_links",
    "described",
    "described_all",
    "descriptions_of",
    "evidence_kept",
    "households_said",
    "judged",
    "known_people_of",
    "look_up",
    "not_same_as",
    "population",
    "proposals_for",
    "relationships_between",
    "rows_found",
    "said_not_same",
    "same_people_as",
    "valid_nhs_numbers_of",
    "with_different_nhs_numbers",
]
