"""The questions of a blind audit."""

import re
from typing import Any

from openmash.apps.case_audit.actions.drawing import Asked
from openmash.apps.case_audit.errors import SampleIncomplete
from openmash.engines.thresholds import Policy
from openmash.web.layout import fields

BY = (
    ("none", "No: every concern has the same chance"),
    ("level", "Level decided"),
    ("agency", "Kind of agency that raised it"),
    ("first_answer", "First answer, so that those closed at the door are as many as any other"),
)


class DrawForm(fields.QuestionForm):
    """Which sample, and who is asked."""

    title = fields.TextField(
        label="Title",
        help_text="Auditors see it, so it must not give an answer away.",
        when_empty="Give the sample a title",
    )
    since = fields.DateField(label="Decided from", what="The first day", when_empty="Give the first day")
    until = fields.DateField(label="Decided until", what="The last day", when_empty="Give the last day")
    by_group = fields.ChoiceField(
        label="Draw as many from each of these?", choices=BY, when_empty="Choose from what as many are drawn"
    )
    size = fields.TextField(
        label="How many concerns",
        help_text="5 to 200. Twelve take an auditor about two hours.",
        when_empty="Write how many concerns",
    )
    auditors = fields.LongTextField(
        label="Who judges them",
        help_text="Their e-mail addresses, one on each line: two people or more, of two agencies or more.",
        when_empty="Write who judges them",
    )
    seed = fields.TextField(
        label="Seed (optional)",
        help_text="Leave it empty, unless you want to draw an earlier sample again.",
        required=False,
    )

    def clean_size(self) -> int:
        return self._number("size") or 0

    def clean_seed(self) -> int | None:
        return self._number("seed")

    def _number(self, name: str) -> int | None:
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{1,10}", typed):
            self.add_error(name, "Write a whole number.")
            return None
        return int(typed)

    def asked(self) -> Asked:
        given = self.cleaned_data
        group = given["by_group"]
        addresses = tuple(re.split(r"[\s,;]+", given["auditors"]))
        return Asked(**{**given, "by_group": "" if group == "none" else group, "auditors": addresses})


class VerdictForm(fields.QuestionForm):
    """The level, and why."""

    level = fields.ChoiceField(
        label="Which level did the threshold ask for, on what was known then?",
        when_empty="Choose the level that the threshold asked for",
    )
    reasons = fields.LongTextField(
        label="What decided it for you?",
        help_text="It is read when the outcome is opened. Leave out names.",
        label_size="s",
        when_empty="Say what decided it for you",
        rows=4,
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level: Any = self.fields["level"]
        level.offer(
            fields.Choice(each.code, f"{each.code}: {each.name}", hint=each.summary) for each in policy.levels
        )


class OpenForm(fields.QuestionForm):
    """Opening the outcome."""

    why_early = fields.LongTextField(
        label="If not everybody has judged everything: why do you not wait?",
        label_size="s",
        required=False,
        rows=2,
    )


class DiscussForm(fields.QuestionForm):
    """What was said of one concern."""

    number = fields.TextField(
        label="Number of the concern", label_size="s", when_empty="Write the number of a concern on this page"
    )
    text = fields.LongTextField(
        label="What was said", label_size="s", rows=3, when_empty="Write what was said of it"
    )

    def clean_number(self) -> int:
        typed = self.cleaned_data["number"].strip()
        if not re.fullmatch(r"[0-9]{1,3}", typed):
            self.add_error("number", "Write the number of a concern on this page.")
            return 0
        return int(typed)


def with_reasons(form: fields.QuestionForm, lacking: SampleIncomplete) -> None:
    """Show what is lacking beside its question."""
    for reason in lacking.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, reason.text)
