"""The questions of this part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openmash.apps.registers.actions.handing_over import LARGEST_FILE
from openmash.apps.registers.queries import KINDS, VERDICTS
from openmash.web.layout import fields


class HandOverForm(fields.QuestionForm):
    """A register, and for what, on what ground and until when it is handed over."""

    kind = fields.ChoiceField(
        label="What kind of register is it?",
        choices=KINDS,
        label_size="s",
        when_empty="Choose what kind it is",
    )
    file = forms.FileField(
        label="The register",
        help_text="CSV, Excel or Parquet, of at most 20 MB and 20,000 people. The first row names the columns, such "
        "as Forename, Surname, Date of birth, Postcode, NHS number, UPN.",
        error_messages={"required": "Choose the file that holds the register", "empty": "The file is empty"},
    )
    purpose = fields.LongTextField(
        label="What is it handed over for?",
        help_text="Say what will be looked for, and for whom. It is shown wherever this register is used.",
        label_size="s",
        rows=3,
        when_empty="Say what the register is handed over for",
    )
    legal_ground = fields.LongTextField(
        label="On what legal ground?",
        help_text="The law, and the sharing agreement if there is one.",
        label_size="s",
        rows=3,
        when_empty="Say on what legal ground it is handed over",
    )
    keep_until = fields.DateField(
        label="Until when may it be kept?",
        help_text="From the day after, nobody is found by it any more.",
        what="The day until which it may be kept",
        label_size="s",
        when_empty="Enter the day until which it may be kept",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Hand it over in parts."
            )
        return file


class LinkForm(fields.QuestionForm):
    """Two registers, and what they are linked for."""

    one = fields.SelectField(
        label="The first register", label_size="s", when_empty="Choose the first register"
    )
    other = fields.SelectField(
        label="The second register", label_size="s", when_empty="Choose the second register"
    )
    purpose = fields.LongTextField(
        label="What are they linked for?",
        label_size="s",
        rows=3,
        when_empty="Say what the registers are linked for",
    )

    def __init__(self, *args: Any, offered: list[fields.Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].offer(offered)  # type: ignore[attr-defined]


class SayForm(fields.QuestionForm):
    """What somebody says of a pair. Nothing is chosen beforehand."""

    verdict = fields.ChoiceField(
        label="Are these the same person?", choices=VERDICTS, when_empty="Choose one of the three answers"
    )
    reason = fields.LongTextField(
        label="What does your answer rest on?",
        label_size="s",
        rows=2,
        when_empty="Say what your answer rests on",
    )


class TakeBackForm(fields.QuestionForm):
    """Why a word on a pair was wrong."""

    reason = fields.LongTextField(label="Why was this wrong?", rows=3, when_empty="Say why this was wrong")
