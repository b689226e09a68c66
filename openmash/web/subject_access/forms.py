"""The questions of a request for somebody's own record."""

from typing import Any

from openmash.apps.subject_access.rules import CAPACITIES, DISCLOSE, GROUNDS, OUTCOMES
from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    DateField,
    LongTextField,
    QuestionForm,
    SelectField,
    TextField,
)


class TakeInForm(QuestionForm):
    """Who asks, about whom, and how that was checked."""

    subject = ChoiceField(label="Whose record is asked for?", when_empty="Choose whose record is asked for")
    asked_by = TextField(
        label="Who asks?", help_text="Their name, and how to reach them.", when_empty="Write who asks"
    )
    capacity = ChoiceField(
        label="In what capacity?",
        choices=[Choice(value, label) for value, label in CAPACITIES.items()],
        when_empty="Choose in what capacity they ask",
    )
    identity = LongTextField(
        label="How was it checked who they are, and that they may ask?",
        help_text="Which documents were seen, by whom. For a child: why they cannot ask for themselves.",
        rows=3,
        when_empty="Write how it was checked",
    )
    received_on = DateField(
        what="The day",
        label="When did it come?",
        help_text="The month counts from this day.",
        when_empty="Give the day",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, ChoiceField)  # noqa: S101 -- declared above
        field.offer(people)


class ExtendForm(QuestionForm):
    """Two months more."""

    reason = LongTextField(
        label="Why is it complex?",
        help_text="Whoever asked has to be told this within the first month.",
        rows=3,
        when_empty="Write why it is complex",
    )


class PieceForm(QuestionForm):
    """What happens with one piece."""

    outcome = ChoiceField(
        label="What do you decide?",
        choices=[Choice(value, label) for value, label in OUTCOMES.items()],
        when_empty="Choose what happens with this piece",
    )
    text = LongTextField(
        label="If parts are taken out: what is given",
        help_text="Names of other people have been taken out already. Take out more, or put back what may be read; "
        "write [taken out] where something is missing. Read it whole: a person can be told by more than their name.",
        rows=8,
        required=False,
    )
    ground = SelectField(
        label="If anything is kept back: on what ground?",
        choices=[("", "Nothing is kept back"), *GROUNDS.items()],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("outcome") == DISCLOSE:
            answers["ground"] = ""
        return answers


class GiveForm(QuestionForm):
    """Nothing is asked: the page says what happens."""
