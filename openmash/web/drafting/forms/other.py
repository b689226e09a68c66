"""The questions beside those about rows: beginning, the header as text, a workbook, moving on, adopting."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from openmash.engines.thresholds.text.archive import LARGEST_FILE
from openmash.web.drafting.forms.row import ReasonForm
from openmash.web.layout import fields
from openmash.web.layout.templatetags.gds import day


class BeginForm(fields.QuestionForm):
    """A new version: from which it is begun, and what it is called."""

    based_on = fields.ChoiceField(label="Begin from", when_empty="Choose the version to begin from")
    version = fields.TextField(
        label="What is the new version called?",
        help_text="A short name that no other version has, such as 2027-04.",
        width="10",
        when_empty="Enter a name for the version",
    )


class HeaderForm(ReasonForm):
    """The whole header as text."""

    header = fields.LongTextField(label="Header", label_size="s", rows=30, when_empty="The header is empty")
    field_order = ["header", "reason"]


class RemoveForm(ReasonForm):
    """Why a row is taken out."""


class UploadForm(ReasonForm):
    """A changed workbook."""

    file = forms.FileField(
        label="The changed workbook",
        help_text="An Excel file (.xlsx) of at most 2 MB, without macros, formulas or hidden rows.",
        error_messages={"required": "Choose the workbook you changed", "empty": "The file is empty"},
    )
    field_order = ["file", "reason"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                "The file is larger than 2 MB. A policy is far smaller: check that it is the right one."
            )
        return file


class WordsForm(fields.QuestionForm):
    """Words for a move."""

    words = fields.LongTextField(label="Words", rows=4, when_empty="Write a few words")

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class AdoptForm(fields.QuestionForm):
    """A decision of the partners: from when the version applies, and who decided what and why."""

    in_force_from = fields.DateField(
        label="From which day does it apply?",
        what="The day from which it applies",
        label_size="s",
        when_empty="Enter the day from which it applies",
    )
    at = fields.TextField(
        label="At what time?",
        help_text="24-hour clock, such as 00:00 or 09:30.",
        label_size="s",
        width="5",
        initial="00:00",
        when_empty="Enter the time from which it applies",
    )
    who = fields.LongTextField(
        label="Who decided?",
        help_text="The meeting, and the people or bodies present.",
        label_size="s",
        rows=3,
        when_empty="Say who decided",
    )
    met_on = fields.DateField(
        label="When was it decided?",
        what="The day of the decision",
        in_the_past=True,
        label_size="s",
        when_empty="Enter the day of the decision",
    )
    why = fields.LongTextField(
        label="Why?",
        help_text="What the decision rests on. It is kept with the version for good.",
        label_size="s",
        rows=5,
        when_empty="Say why this version is adopted",
    )

    def clean_at(self) -> time:
        typed = self.cleaned_data["at"].strip().replace(".", ":")
        try:
            return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 -- a time of day has no zone
        except ValueError:
            raise ValidationError("Enter a time on the 24-hour clock, such as 09:30") from None

    def moment(self) -> datetime:
        """From when the version applies, in local time."""
        first: date = self.cleaned_data["in_force_from"]
        return datetime.combine(first, self.cleaned_data["at"], tzinfo=timezone.get_current_timezone())

    def decision(self) -> str:
        """The words of the decision, as they are kept."""
        given = self.cleaned_data
        return (
            f"Decided on {day(given['met_on'])} by {given['who'].strip().rstrip('.')}. {given['why'].strip()}"
        )
