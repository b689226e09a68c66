"""Concerns decided on different days, and a sample drawn of them."""

from datetime import date, timedelta
from typing import Any

from openmash.apps.case_audit.actions.drawing import Asked, draw_sample
from openmash.apps.case_audit.models import Sample
from openmash.apps.concerns.actions.answering import answer
from openmash.apps.concerns.models import Contact
from tests.apps.journey import at
from tests.apps.review.test_local import OCTOBER, decided_in_october
from tests.cast import Cast

NOW = at(2026, 11, 16, 12)
AUDITORS = ("health_visitor", "police_officer", "housing_officer")


def answered_in_october(cast: Cast, days: int = 0, level: str = "2", path: str = "early_help") -> Contact:
    contact = decided_in_october(cast, "A13", level=level, path=path, days=days)
    contact.refresh_from_db()
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="SECRET-ANSWER: what we decided.",
        by=cast.screener,
        now=OCTOBER + timedelta(days=days, hours=5),
    )
    contact.refresh_from_db()
    return contact


def drawn(cast: Cast, **given: Any) -> Sample:
    addresses = tuple(cast.people[name].email for name in AUDITORS)
    asked = {
        "title": "October, looked at again",
        "since": date(2026, 10, 1),
        "until": date(2026, 10, 31),
        "size": 6,
        "auditors": addresses,
        "seed": 11,
    }
    return draw_sample(Asked(**{**asked, **given}), by=cast.manager, now=NOW)
