"""Who may read a concern that a sample put before them for blind audit. Pure: callers hand in plain facts.

Deny by default. Whoever is asked to audit reads the concern as it stood at the decision and nothing else of the record;
being asked opens no record that is closed to them, and none in which they had a hand.
"""

from dataclasses import dataclass

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground, Viewer

ALLOWED_ON_SAMPLED: dict[str, frozenset[Ground]] = {
    "see_sampled": frozenset({Ground.AUDITS_BLIND}),
    "judge_sampled": frozenset({Ground.AUDITS_BLIND}),
}


@dataclass(frozen=True)
class SampledFacts:
    """All that access needs to know of a sampled concern. `had_a_hand`: whoever raised, screened or decided it."""

    contact_id: str
    auditors: frozenset[int]
    had_a_hand: frozenset[int]
    is_restricted: bool
    is_opened: bool
    """The outcome has been opened: nobody can judge blind any more."""


def grounds_on_sampled(viewer: Viewer, sampled: SampledFacts) -> frozenset[Ground]:
    """Every ground the viewer has on this concern as part of the sample."""
    closed = sampled.is_restricted or sampled.is_opened or sampled.contact_id in viewer.kept_out
    if closed or viewer.id not in sampled.auditors - sampled.had_a_hand:
        return frozenset()
    return frozenset({Ground.AUDITS_BLIND})


def ground_on_sampled(viewer: Viewer, verb: str, sampled: SampledFacts) -> Ground:
    """The ground on which `viewer` may do `verb` with this concern.

    Raises:
        Refused: there is none.
    """
    usable = grounds_on_sampled(viewer, sampled) & ALLOWED_ON_SAMPLED.get(verb, frozenset())
    if not usable:
        raise Refused(
            "This concern is not open to you for audit: you were not asked, you had a hand in it, it is restricted, "
            "or its outcome has been opened.",
            verb=verb,
            subject_kind="contact",
            subject_id=sampled.contact_id,
        )
    return min(usable, key=list(Ground).index)
