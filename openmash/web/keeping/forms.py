"""The questions about how long a record is kept."""

from openmash.apps.keeping.kinds import REASONS
from openmash.web.layout.fields import Choice, ChoiceField, DateField, LongTextField, QuestionForm


class HoldForm(QuestionForm):
    """Hold a record."""

    why = ChoiceField(
        label="Why must it stay?",
        choices=[Choice(value, label) for value, label in REASONS.items()],
        when_empty="Choose why the record must stay",
    )
    reason = LongTextField(
        label="Which one?",
        help_text="The inquiry, court or request, and whom to ask about it. Those who decide about records read this.",
        rows=3,
        when_empty="Say which inquiry, court or request it is",
    )
    review_on = DateField(
        what="The day",
        label="When do you look at it again?",
        help_text="At most a year away. The hold does not end on that day: you are asked whether it is still needed.",
        when_empty="Give the day",
    )


class LongerForm(QuestionForm):
    """Keep a record longer than the rule asks for."""

    until = DateField(
        what="The day",
        label="Until when?",
        help_text="At most ten years away. After that day it is proposed again.",
        when_empty="Give the day",
    )
    reason = LongTextField(label="Why is it still needed?", rows=3, when_empty="Give the reason")


class ReasonForm(QuestionForm):
    """Why a hold ends, or why a record may go."""

    reason = LongTextField(label="Why?", rows=3, when_empty="Give the reason")


class AgreeForm(QuestionForm):
    """Nothing is asked: the page says what happens."""
