"""The other forms: who leads, the child seen, the plan, calling and holding a meeting, entries."""

from collections.abc import Iterable, Sequence
from typing import Any

from openmash.web.casework.forms.pieces import actions_in, add_actions, add_moment, add_views
from openmash.web.layout import fields


class AllocateForm(fields.QuestionForm):
    worker = fields.ChoiceField(label="Who leads the work with this child?", required=False)
    note = fields.LongTextField(
        label="Anything they should know",
        help_text="Leave this empty if there is nothing.",
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].offer([fields.Choice(*each) for each in workers])  # type: ignore[attr-defined]


class ChildSeenForm(fields.QuestionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_moment(self, "seen", "When was the child seen?")
        self.fields["alone"] = fields.YesNoNotKnownField(label="Was the child seen alone?", required=False)
        self.fields["what"] = fields.LongTextField(
            label="What was seen and heard?",
            help_text="The child’s own words first.",
            when_empty="Write what was seen and heard",
        )


class ExpectedDateForm(fields.QuestionForm):
    expected_on = fields.DateField(label="When is the child expected?", required=False, what="The day")
    reason = fields.LongTextField(
        label="How is it known?",
        help_text="Such as: the midwife, from the scan at 12 weeks.",
        when_empty="Write how it is known",
        rows=2,
    )


class WaitForm(fields.QuestionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.TextField(
            label="What is to come?",
            help_text="Such as: the report of the paediatrician.",
            required=False,
        )
        self.fields["from_whom"] = fields.TextField(label="From whom?", required=False)
        add_moment(self, "since", "When was it asked for? Leave this empty if it is today.")


class EndWaitingForm(fields.QuestionForm):
    outcome = fields.ChoiceField(
        label="Did it come?",
        when_empty="Choose whether it came",
        choices=[fields.Choice("came", "It came"), fields.Choice("will_not_come", "It will not come")],
    )
    reason = fields.LongTextField(
        label="What came, or why will it not come?", when_empty="Write what came, or why it will not", rows=3
    )


class BirthForm(fields.QuestionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_moment(self, "born", "When was the child born?")
        self.fields["name"] = fields.TextField(
            label="What is the child’s name?",
            help_text="Leave this empty while no name is known.",
            required=False,
        )
        self.fields["nhs_number"] = fields.TextField(
            label="What is the child’s NHS number?",
            help_text="Ten digits, from the hospital. Leave this empty while it is not known.",
            required=False,
            width="10",
        )
        self.fields["where"] = fields.LongTextField(
            label="Where is the child now, and with whom?",
            when_empty="Write where the child is now, and with whom",
            rows=3,
        )


class PlanForm(fields.QuestionForm):
    ACTIONS = 6

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"] = fields.LongTextField(
            label="What should be different?",
            help_text="In the child’s own words. For a child who cannot say it: what they would say.",
            required=False,
        )
        self.fields["outline"] = fields.LongTextField(
            label="What will be done so that it is?", required=False
        )
        add_actions(self, self.ACTIONS)
        self.fields["review_on"] = fields.DateField(
            label="When is the plan looked at again?", required=False, what="The day"
        )
        add_views(self)

    def actions(self) -> Any:
        return actions_in(self.cleaned_data, self.ACTIONS)


class FinishActionForm(fields.QuestionForm):
    note = fields.LongTextField(label="What came of it?", when_empty="Write what came of it", rows=3)


class CallForm(fields.QuestionForm):
    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people`: who may be invited, by id and words."""
        super().__init__(*args, **kwargs)
        self.fields["purpose"] = fields.LongTextField(
            label="Why is it called?",
            help_text="Everybody invited reads this. Write no more than they need to know.",
            required=False,
            rows=4,
        )
        add_moment(self, "planned", "When is it?")
        self.fields["invite"] = fields.MultipleChoiceField(
            label="Who is invited?",
            help_text="You, and whoever leads the work with one of these children, are invited already.",
            required=False,
            small=True,
            choices=[fields.Choice(*each) for each in people],
        )


class HoldForm(fields.QuestionForm):
    def __init__(
        self,
        *args: Any,
        invited: Sequence[tuple[str, str]],
        where_it_applies: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs = where_it_applies
        add_moment(self, "held", "When was it held?")
        self.fields["came"] = fields.MultipleChoiceField(
            label="Who was there?",
            required=False,
            small=True,
            choices=[fields.Choice(*each) for each in invited],
        )
        for number, need in enumerate(where_it_applies):
            self.fields[f"need_{number}"] = fields.TextField(
                label=f"If {need.lower()} is not needed for these children: why not?",
                help_text="Leave this empty if it is needed.",
                label_size="s",
                required=False,
            )

    def not_applying(self) -> dict[str, str]:
        return {need: self.cleaned_data[f"need_{number}"] for number, need in enumerate(self.needs)}


class TextForm(fields.QuestionForm):
    """One text."""

    text = fields.LongTextField(label="", required=False, rows=8)

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class SecondWordForm(fields.QuestionForm):
    word = fields.ChoiceField(
        label="Do you agree with this decision?",
        when_empty="Choose whether you agree",
        choices=[
            fields.Choice("agree", "I agree", hint="The decision takes effect at once."),
            fields.Choice("return", "I do not agree", hint="It is decided again."),
        ],
    )
    reason = fields.LongTextField(
        label="Your reason",
        help_text="Read the record yourself first: you answer for this decision too.",
        when_empty="Write why you agree, or why you do not",
    )
