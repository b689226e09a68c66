"""What the person who raised something can say to us afterwards."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError

from openmash.engines.thresholds import Policy
from openmash.web.layout.fields import Choice, ChoiceField, LongTextField, QuestionForm, TextField

NOT_SURE = "not_sure"


class FindForm(QuestionForm):
    """A reference and its code."""

    reference = TextField(
        label="Reference",
        help_text="For example, C-4K7P-29XM",
        when_empty="Enter the reference, which begins with C or A",
        label_size="s",
        width="20",
        autocomplete="off",
    )
    code = TextField(
        label="Code",
        help_text="The 12 letters and numbers you were shown once, when you sent it",
        when_empty="Enter the code",
        label_size="s",
        width="20",
        autocomplete="off",
    )

    def too_many_tries(self, phones: Mapping[str, str]) -> None:
        """Say that there were too many wrong tries, and what to do instead."""
        sentence = (
            "There have been too many tries with a wrong reference or code. Wait an hour and try again, "
            f"or ring {phones['duty_phone']} ({phones['duty_hours']})."
        )
        self.add_error(None, ValidationError(sentence, code="too_many"))


class DisagreeForm(QuestionForm):
    """Why somebody disagrees, and the level they think right if they want to name one."""

    reason = LongTextField(
        label="Why do you disagree?",
        help_text="What was missed, misunderstood or given too little weight? Use your own words.",
        when_empty="Write why you disagree",
        rows=8,
    )
    level = ChoiceField(label="Which level do you think is right? (optional)", required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            Choice(level.code, f"Level {level.code}: {level.name}", hint=level.summary)
            for level in reversed(policy.levels)
        ]
        not_sure = Choice(NOT_SURE, "I am not sure, or would rather not say", divider_before="or")
        cast(ChoiceField, self.fields["level"]).offer([*offered, not_sure])

    @property
    def level_asked(self) -> str:
        """The code of the level named, or nothing."""
        level = str(self.cleaned_data["level"])
        return "" if level == NOT_SURE else level


class AddForm(QuestionForm):
    """Something new, in the person's own words."""

    text = LongTextField(
        label="What is new?",
        help_text="What have you seen, heard or been told since, and when? Use your own words.",
        when_empty="Write what is new",
        rows=8,
    )
