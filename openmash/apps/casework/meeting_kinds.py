"""The meetings round the table: by which verbs of the pathway each is called, held and decided in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MeetingKind:
    """A kind of meeting, and the verbs by which it is called, held and decided in."""

    kind: str
    label: str
    call: str
    hold: str
    decide: str


MEETINGS: dict[str, MeetingKind] = {
    each.kind: each
    for each in (
        MeetingKind(
            "strategy_discussion",
            "Strategy discussion",
            "call_strategy_discussion",
            "hold_strategy_discussion",
            "decide_on_enquiry",
        ),
        MeetingKind(
            "initial_conference",
            "Initial child protection conference",
            "call_conference",
            "hold_conference",
            "decide_on_plan",
        ),
        MeetingKind(
            "transfer_in_conference",
            "Transfer-in conference",
            "call_transfer_in_conference",
            "hold_transfer_in_conference",
            "decide_on_transfer_in",
        ),
        MeetingKind("core_group", "Core group", "call_core_group", "hold_core_group", "decide_in_core_group"),
        MeetingKind(
            "review_conference",
            "Review conference",
            "call_review_conference",
            "hold_review_conference",
            "decide_on_review",
        ),
    )
}
CATEGORIES = {
    "neglect": "Neglect",
    "physical": "Physical abuse",
    "emotional": "Emotional abuse",
    "sexual": "Sexual abuse",
}
