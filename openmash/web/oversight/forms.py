"""The questions on the pages about restricted records, conflicts of interest and emergencies."""

from collections.abc import Iterable
from typing import Any, Protocol

from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    QuestionForm,
    SelectField,
)


class Somebody(Protocol):
    """Anybody who can be chosen from a list."""

    pk: Any
    name: str
    job_title: str


def _choices(people: Iterable[Somebody]) -> list[Choice]:
    return [Choice(str(each.pk), f"{each.name}, {each.job_title}") for each in people]


class RestrictForm(QuestionForm):
    """Close a record to all but a few."""

    kind = ChoiceField(label="What kind of reason is it?", when_empty="Choose the kind of reason")
    reason = LongTextField(
        label="Why may only some people see this?",
        help_text="The owner and those named can read this.",
        rows=3,
        when_empty="Say why only some people may see this",
    )
    owner = SelectField(
        label="Who owns it?",
        help_text="Whoever is asked about this record. They work at its front door.",
        when_empty="Choose who owns it",
    )
    named = MultipleChoiceField(label="Who else may see it?", required=False)
    ends_on = DateField(
        what="The last day",
        label="Until when?",
        help_text="At most a year away. The owner sees two weeks before that it ends.",
        when_empty="Give the last day",
    )

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[tuple[str, str]],
        could_own: Iterable[Somebody],
        could_see: Iterable[Somebody],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("kind", [Choice(value, label) for value, label in kinds])
        self._offer("owner", _choices(could_own))
        self._offer("named", _choices(could_see))

    def _offer(self, name: str, choices: list[Choice]) -> None:
        field = self.fields[name]
        assert isinstance(field, (ChoiceField, SelectField, MultipleChoiceField))  # noqa: S101 -- declared above
        field.offer(choices)


class NameForm(QuestionForm):
    """Let one more person see a restricted record."""

    person = SelectField(label="Who else may see it?", when_empty="Choose somebody")

    def __init__(self, *args: Any, people: Iterable[Somebody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, SelectField)  # noqa: S101 -- declared above
        field.offer(_choices(people))


class ReasonForm(QuestionForm):
    """One reason; the label is the page's."""

    reason = LongTextField(label="Why?", rows=4, when_empty="Give the reason")

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint


class ReviewForm(QuestionForm):
    """What was found when somebody looked into an emergency."""

    was_needed = ChoiceField(
        label="Could a child not wait?",
        choices=[Choice("yes", "Yes, it was needed"), Choice("no", "No, it could have waited")],
    )
    note = LongTextField(label="What did you find?", rows=3, when_empty="Say what you found")
