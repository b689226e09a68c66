"""The signs of the published threshold: choosing them, and saying how each is known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from openmash.apps.concerns.account import SignTold
from openmash.engines.thresholds import EvidenceGrade, Policy, Sign
from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    TextField,
    YesNoNotKnownField,
)
from openmash.web.raising.forms.typed_form import TypedForm

NONE_FITS = "none_fits"
STRENGTHS = "strengths"
MOST_TIMES = 366
DETAILS = ("when", "note")
"""The last two questions of each sign, which may stay folded away."""


def chosen_signs(values: Mapping[str, list[str]]) -> list[str]:
    """Every sign ticked on the page of signs, known to the policy or not, each once."""
    ticked = [sign for name in values if name.startswith("signs_") for sign in values[name]]
    return list(dict.fromkeys([*ticked, *values.get(STRENGTHS, [])]))


class SignsForm(TypedForm):
    """Every sign of the policy under its part of the child’s life, in the policy’s own plain words."""

    def prepare(self) -> None:
        no_such = {"invalid_choice": "There is no sign “%(value)s” in this version of the threshold"}
        for domain, signs in self.setting.policy.signs_by_domain().items():
            worries = [Choice(sign.id, sign.wording) for sign in signs if not sign.protective]
            self.fields[f"signs_{domain.id}"] = MultipleChoiceField(
                label=domain.label, choices=worries, required=False, small=True, error_messages=no_such
            )
        good = [Choice(sign.id, sign.wording) for sign in self.setting.policy.signs if sign.protective]
        self.fields[STRENGTHS] = MultipleChoiceField(
            label="What is going well",
            help_text="These are kept in mind when help is planned. They never make a worry count for less.",
            choices=good,
            required=False,
            small=True,
            error_messages=no_such,
        )
        self.fields[NONE_FITS] = MultipleChoiceField(
            label="If none of these fits",
            choices=[Choice(NONE_FITS, "None of these fits what I know, or I am not sure")],
            required=False,
            small=True,
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        chosen = any(answers.get(name) for name in self.fields if name.startswith("signs_"))
        if chosen and answers.get(NONE_FITS):
            self.add_error(
                NONE_FITS, "You chose signs, and also that none of them fits. Take one of the two away"
            )
        elif not self.errors and not any(answers.get(name) for name in self.fields):
            self.add_error(NONE_FITS, "Choose the signs that fit, or say that none of them does")
        return answers

    def domains(self) -> list[BoundField]:
        """The lists of signs, one for each part of the child’s life."""
        return [self[name] for name in self.fields if name.startswith("signs_")]


@dataclass(frozen=True)
class AboutSign:
    """The questions about one chosen sign, as a page shows them."""

    sign: Sign
    questions: list[BoundField]
    details: list[BoundField]

    @property
    def unfolded(self) -> bool:
        """Whether the folded questions already hold something, or something wrong."""
        return any(question.errors or question.value() for question in self.details)


class AboutSignsForm(TypedForm):
    """On what evidence, since when, and the rest, for each sign chosen."""

    def __init__(self, values: Mapping[str, list[str]], *args: Any, signs: list[Sign], **kwargs: Any) -> None:
        self.signs = signs
        super().__init__(values, *args, **kwargs)

    def prepare(self) -> None:
        for sign in self.signs:
            for name, field in questions_about(sign, self.setting.policy):
                self.fields[f"{sign.id}-{name}"] = field
            since = self.fields.get(f"{sign.id}-since")
            if isinstance(since, DateField):
                since.today = self.setting.today

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for sign in self.signs:
            name = f"{sign.id}-times"
            if answers.get(name):
                times = answers[name].strip()
                if not (times.isdecimal() and 1 <= int(times[:6]) <= MOST_TIMES):
                    self.add_error(name, f"How many times must be a whole number from 1 to {MOST_TIMES}")
        return answers

    def sections(self) -> Iterator[AboutSign]:
        """One section for each sign, worries before strengths."""
        for sign in self.signs:
            mine = [self[name] for name in self.fields if name.startswith(f"{sign.id}-")]
            folded = [question for question in mine if question.name.rpartition("-")[2] in DETAILS]
            yield AboutSign(sign, [question for question in mine if question not in folded], folded)

    def told(self) -> tuple[SignTold, ...]:
        """The signs as data, once valid."""
        return tuple(self._told(sign) for sign in self.signs)

    def _told(self, sign: Sign) -> SignTold:
        answers = {
            name.partition("-")[2]: value
            for name, value in self.cleaned_data.items()
            if _is_about(name, sign)
        }
        times = int(answers.get("times") or 0)
        return SignTold(
            sign=sign.id,
            evidence=answers["evidence"],
            immediate_answer=answers.get("immediate") or "not_known",
            examples=sign.counted_examples * times if times else tuple(answers.get("examples", ())),
            since=answers.get("since"),
            when=answers["when"],
            note=answers["note"],
        )


def _is_about(name: str, sign: Sign) -> bool:
    return name.startswith(f"{sign.id}-")


def questions_about(sign: Sign, policy: Policy) -> Iterator[tuple[str, Any]]:
    """The name and field of each question about a sign."""
    if sign.immediate == "unless":
        yield (
            "immediate",
            YesNoNotKnownField(
                label=sign.immediate_question,
                help_text="If you do not know, or do not answer, we act as if the answer were yes.",
                label_size="s",
                required=False,
                inline=True,
                small=True,
            ),
        )
    yield (
        "evidence",
        ChoiceField(
            label="How do you know?",
            choices=list(_grades(policy.evidence)),
            label_size="s",
            small=True,
            when_empty=f"Say how you know about “{shortened(sign.wording)}”",
        ),
    )
    yield from _counted(sign)
    if not sign.protective:
        yield (
            "since",
            DateField(
                label="When did it happen, or when did it begin?",
                what="The date",
                help_text="If you know the date. For example, 27 3 2026",
                label_size="s",
                in_the_past=True,
                required=False,
            ),
        )
    yield (
        "when",
        TextField(
            label="When, in your own words",
            help_text="For example, most Mondays since half-term.",
            label_size="s",
            required=False,
            autocomplete="off",
        ),
    )
    yield (
        "note",
        LongTextField(label="Anything to add about this sign", label_size="s", rows=3, required=False),
    )


def _grades(grades: tuple[EvidenceGrade, ...]) -> Iterator[Choice]:
    for grade in grades:
        yield Choice(
            grade.id, grade.label, hint="Choose this if you are not sure." if grade.rank == 1 else ""
        )


def _counted(sign: Sign) -> Iterator[tuple[str, Any]]:
    """Examples add up: different ones are ticked, and a sign with a single one asks how many times."""
    if len(sign.counted_examples) == 1:
        yield (
            "times",
            TextField(
                label="How many times, that you know of?",
                help_text=f"Count {sign.counted_examples[0]}. Leave empty if you do not know.",
                label_size="s",
                width="4",
                required=False,
                autocomplete="off",
            ),
        )
    elif sign.counted_examples:
        yield (
            "examples",
            MultipleChoiceField(
                label="Which of these do you know of?",
                choices=[
                    (example, re.sub(r"^.", lambda m: m[0].upper(), example))
                    for example in sign.counted_examples
                ],
                label_size="s",
                required=False,
                small=True,
            ),
        )


def shortened(words: str, longest: int = 60) -> str:
    """The beginning of a sentence, cut between words."""
    if len(words) <= longest:
        return words.rstrip(".")
    return words[:longest].rsplit(" ", 1)[0].rstrip(",;.") + " …"
