"""Which number of a draft to vary, and from where to where."""

from collections.abc import Sequence
from typing import Any

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.replay import Knob
from openmash.web.layout.fields import QuestionForm, SelectField, TextField

MOST_STEPS = 40
_LEAST = {"lasting": 0}
GREATEST = 1800
"""Longer than a childhood, in months: no number of a policy is greater."""


def name_of(knob: Knob) -> str:
    """The knob in an address: `C3.0.least`."""
    return f"{knob.rule}.{knob.condition}.{knob.what}"


def in_words(knob: Knob) -> str:
    """`Rule C3: how many level 2 signs: 3`."""
    return knob.words[:1].upper() + knob.words[1:]


class SweepForm(QuestionForm):
    """One number, and its range. A grade of evidence has no range: all grades are tried."""

    knob = SelectField(label="Which number?", label_size="s", when_empty="Choose which number to vary")
    lowest = TextField(
        label="From",
        help_text="Leave empty to look a little either way.",
        label_size="s",
        width="4",
        required=False,
    )
    highest = TextField(label="To", label_size="s", width="4", required=False)

    def __init__(self, data: Any, knobs: Sequence[Knob], policy: Policy) -> None:
        super().__init__(data)
        self.policy = policy
        self.by_name = {name_of(knob): knob for knob in knobs}
        field = self.fields["knob"]
        if isinstance(field, SelectField):
            field.offer([(name, in_words(knob)) for name, knob in self.by_name.items()])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for name in ("lowest", "highest"):
            typed = answers.get(name, "").strip()
            if typed and not (typed.isascii() and typed.isdecimal() and int(typed[:6]) <= GREATEST):
                self.add_error(
                    name, f"“{self.fields[name].label}” is a whole number up to {GREATEST}, or empty"
                )
        if not self.errors:
            low, high = (answers.get(name, "").strip() for name in ("lowest", "highest"))
            if low and high and int(low) > int(high):
                self.add_error("highest", "“To” cannot be less than “From”")
        return answers

    def chosen(self) -> Knob:
        return self.by_name[self.cleaned_data["knob"]]

    def values(self) -> list[int | str]:
        """Where to put the number, from the least to the greatest; always with where it stands."""
        knob = self.chosen()
        if isinstance(knob.now, str):
            return [grade.id for grade in self.policy.evidence]
        around = max(3, knob.now // 2) if knob.what in ("months", "lasting") else 3
        low = int(self.cleaned_data["lowest"].strip() or max(_LEAST.get(knob.what, 1), knob.now - around))
        high = int(self.cleaned_data["highest"].strip() or max(knob.now + around, low))
        step = max(1, -(-(high - low) // MOST_STEPS))
        return sorted({*range(low, high + 1, step), knob.now})
