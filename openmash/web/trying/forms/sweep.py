"""Which number of a draft to vary, or which two, and from where to where."""

from collections.abc import Sequence
from typing import Any

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.replay import Knob
from openmash.web.layout.fields import QuestionForm, SelectField, TextField

MOST_STEPS = 40
MOST_STEPS_OF_TWO = 9
"""So that every pair of values still stands on one page, and is worked out in a moment."""
_LEAST = {"lasting": 0}
GREATEST = 1800
"""Longer than a childhood, in months: no number of a policy is greater."""


def in_words(knob: Knob) -> str:
    """`Rule C3: how many level 2 signs: 3`."""
    return knob.words[:1].upper() + knob.words[1:]


ONE, TWO = "", "2"
"""The first number, and the second: what the names of their fields end in."""


class SweepForm(QuestionForm):
    """One number or two, each with its range. A grade of evidence has no range: all grades are tried."""

    knob = SelectField(label="Which number?", label_size="s", when_empty="Choose which number to vary")
    lowest = TextField(
        label="From",
        help_text="Leave empty to look a little either way.",
        label_size="s",
        width="4",
        required=False,
    )
    highest = TextField(label="To", label_size="s", width="4", required=False)
    knob2 = SelectField(
        label="And a second number?",
        help_text="You then see every pair of values, as a table.",
        label_size="s",
        required=False,
    )
    lowest2 = TextField(label="From (second number)", label_size="s", width="4", required=False)
    highest2 = TextField(label="To (second number)", label_size="s", width="4", required=False)

    def __init__(self, data: Any, knobs: Sequence[Knob], policy: Policy) -> None:
        super().__init__(data)
        self.policy = policy
        self.by_name = {knob.name: knob for knob in knobs}
        for name in ("knob", "knob2"):
            field = self.fields[name]
            if isinstance(field, SelectField):
                field.offer([(name, in_words(knob)) for name, knob in self.by_name.items()])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for which in (ONE, TWO):
            self._clean_range(answers, which)
        if answers.get("knob2") and answers.get("knob2") == answers.get("knob"):
            self.add_error("knob2", "Choose another number as the second, or none")
        return answers

    def _clean_range(self, answers: dict[str, Any], which: str) -> None:
        names = (f"lowest{which}", f"highest{which}")
        low, high = (answers.get(name, "").strip() for name in names)
        wrong = [
            name for name, typed in zip(names, (low, high), strict=True) if typed and not _is_number(typed)
        ]
        for name in wrong:
            said = f"“{self.fields[name].label}” is a whole number up to {GREATEST}, or empty"
            self.add_error(name, said)
        if not wrong and low and high and int(low) > int(high):
            self.add_error(names[1], f"“{self.fields[names[1]].label}” cannot be less than “From”")

    def chosen(self) -> Knob:
        return self.by_name[self.cleaned_data["knob"]]

    def second(self) -> Knob | None:
        """The second number, None where only one was chosen."""
        return self.by_name.get(self.cleaned_data["knob2"])

    def values(self, most: int = MOST_STEPS) -> list[int | str]:
        """Where to put the number, from the least to the greatest; always with where it stands."""
        return self._values(self.chosen(), ONE, most)

    def second_values(self, most: int) -> list[int | str]:
        """The same for the second number, where there is one."""
        knob = self.second()
        return self._values(knob, TWO, most) if knob else []

    def _values(self, knob: Knob, which: str, most: int) -> list[int | str]:
        if isinstance(knob.now, str):
            return [grade.id for grade in self.policy.evidence]
        around = max(3, knob.now // 2) if knob.what in ("months", "lasting") else 3
        lowest, highest = (self.cleaned_data[f"{name}{which}"].strip() for name in ("lowest", "highest"))
        low = int(lowest or max(_LEAST.get(knob.what, 1), knob.now - around))
        high = int(highest or max(knob.now + around, low))
        step = max(1, -(-(high - low) // most))
        return sorted({*range(low, high + 1, step), knob.now})


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and int(typed[:6]) <= GREATEST
