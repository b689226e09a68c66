"""The questions of these pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from openmash.apps.documents.kinds import BY_ENDING, LARGEST, TAKEN_IN_WORDS
from openmash.web.layout import fields

ACCEPT = ",".join(BY_ENDING)


class FileForm(fields.QuestionForm):
    """A file, and what it is."""

    file = forms.FileField(
        label="The file",
        help_text=f"{TAKEN_IN_WORDS}. At most {LARGEST // 1_000_000} MB.",
        error_messages={
            "required": "Choose the file",
            "empty": "The file is empty. Check it, and choose it again",
        },
    )
    what = fields.LongTextField(
        label="What is it, and where does it come from?",
        help_text="Such as: letter from the hospital of 3 November, handed over by the mother.",
        label_size="s",
        rows=2,
        when_empty="Write what it is and where it comes from",
    )


class MeetingFileForm(FileForm):
    """A file for a meeting, and who reads it."""

    readers = fields.ChoiceField(
        label="Who reads it?",
        label_size="s",
        when_empty="Choose who reads it",
        choices=[
            fields.Choice("table", "Everybody invited to this meeting"),
            fields.Choice("work", "Only those who lead the work, manage the team or chair", hint="And you."),
        ],
    )

    @property
    def for_the_table(self) -> bool:
        return bool(self.cleaned_data["readers"] == "table")


class GiveForm(fields.QuestionForm):
    """Who is given which parts, and why."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        family: Sequence[str],
        parts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"] = fields.MultipleChoiceField(
            label="Who is given it?",
            help_text="Those with an account read it here. For the family, print it and hand it over, or post it.",
            required=False,
            small=True,
            choices=[
                *(fields.Choice(*each) for each in people),
                *(fields.Choice(who, who) for who in family),
            ],
        )
        self.fields["parts"] = fields.MultipleChoiceField(
            label="Which parts do they need to know?",
            help_text="Nothing is chosen beforehand. For readers who need different parts, do this once for each.",
            required=False,
            small=True,
            choices=[fields.Choice(*each) for each in parts],
        )
        self.fields["reason"] = fields.LongTextField(
            label="Why do they need to know these parts?", label_size="s", required=False, rows=3
        )


class AddresseeForm(fields.QuestionForm):
    """Whom a letter is for."""

    addressee = fields.ChoiceField(label="Who is the letter for?", when_empty="Choose who the letter is for")

    def __init__(self, *args: Any, addressees: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].offer([fields.Choice(*each) for each in addressees])  # type: ignore[attr-defined]
