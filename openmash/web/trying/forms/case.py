"""A made-up case, as it is chosen and typed. It lives in the form alone: nothing of it is stored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict

from openmash.engines.thresholds import Answer, Case, Example, Observation, Policy, Sign
from openmash.engines.thresholds.meaning import examples
from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    LongTextField,
    MultipleChoiceField,
    QuestionForm,
    SelectField,
    TextField,
    YesNoNotKnownField,
)

SIGNS = "signs"
STRENGTHS = f"{SIGNS}_strengths"
ABOUT = {
    "child": "About the child",
    "family": "About the family",
    "account": "About what was said",
    "routing": "About agreement, and what is already open",
}
MOST_EXAMPLES, MOST_MONTHS = 366, 1800
NOT_CARRIED = ("csrfmiddlewaretoken", "go")


def chosen_signs(data: QueryDict) -> list[str]:
    """Every sign chosen, known to the version or not, each once."""
    return list(dict.fromkeys(sign for name in data if _holds_signs(name) for sign in data.getlist(name)))


def _holds_signs(name: str) -> bool:
    return name == SIGNS or name.startswith(f"{SIGNS}_")


def carried(data: QueryDict, form: QuestionForm) -> list[tuple[str, str]]:
    """What was typed on the other pages, to go along with this one."""
    mine = set(form.fields)
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if name not in mine and name not in NOT_CARRIED and not _holds_signs(name)
    ]


class ChooseForm(QuestionForm):
    """Every sign of the version under its part of the child's life."""

    def __init__(self, data: QueryDict, policy: Policy) -> None:
        super().__init__(initial={name: data.getlist(name) for name in data if _holds_signs(name)})
        self.chosen = set(chosen_signs(data))
        for domain, signs in policy.signs_by_domain().items():
            worries = [Choice(sign.id, f"{sign.id} {sign.wording}") for sign in signs if not sign.protective]
            self._add(f"{SIGNS}_{domain.id}", domain.label, worries)
        good = [Choice(sign.id, f"{sign.id} {sign.wording}") for sign in policy.signs if sign.protective]
        self._add(STRENGTHS, "What is going well", good)

    def _add(self, name: str, label: str, choices: list[Choice]) -> None:
        if choices:
            chosen = [choice.value for choice in choices if choice.value in self.chosen]
            self.fields[name] = MultipleChoiceField(
                label=label, choices=choices, required=False, small=True, initial=chosen
            )
            self.initial[name] = chosen

    def lists(self) -> list[tuple[BoundField, int]]:
        """Each list of signs, and how many of it are chosen."""
        return [(self[name], len(self.initial[name])) for name in self.fields]


@dataclass(frozen=True)
class AboutSign:
    """The questions about one chosen sign."""

    sign: Sign
    questions: list[BoundField]


class CaseForm(QuestionForm):
    """What is known of the case: how each sign is known, the questions, the age, and earlier contacts.

    With `asked` False it shows what was typed and says nothing yet about what is wrong.
    """

    def __init__(self, data: QueryDict, policy: Policy, *, asked: bool) -> None:
        self.policy = policy
        chosen = chosen_signs(data)
        self.signs = [sign for sign in policy.signs if sign.id in chosen]
        self.unknown = [sign for sign in chosen if sign not in policy.signs_by_id]
        if asked:
            super().__init__(data)
        else:
            super().__init__(initial={"gate": policy.gates[0].id, **data.dict()})
        self.fields |= _about_the_case(policy)
        for sign in self.signs:
            self.fields |= {f"{sign.id}-{name}": field for name, field in _about_a_sign(sign, policy)}
        self.fields |= {f"fact-{fact.id}": _yes_no(fact.question) for fact in policy.facts}

    def sections(self) -> list[AboutSign]:
        """The chosen signs, each with its questions."""
        return [
            AboutSign(sign, [self[name] for name in self.fields if name.startswith(f"{sign.id}-")])
            for sign in self.signs
        ]

    def questions(self) -> list[tuple[str, list[BoundField]]]:
        """The questions of fact under what they are about."""
        kinds = dict.fromkeys(fact.about for fact in self.policy.facts)
        return [
            (
                ABOUT.get(kind, kind.capitalize()),
                [self[f"fact-{fact.id}"] for fact in self.policy.facts if fact.about == kind],
            )
            for kind in kinds
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("age_is") == "known":
            self._clean_cell("age", replace(_EMPTY, age=answers.get("age", "").strip()))
        self._clean_cell("past", replace(_EMPTY, past=_past(answers)))
        for sign in self.signs:
            self._clean_number(f"{sign.id}-examples", 1, MOST_EXAMPLES)
            self._clean_number(f"{sign.id}-months", 0, MOST_MONTHS)
        return answers

    def _clean_cell(self, name: str, example: Example) -> None:
        try:
            case = examples.case_of(example)
        except (ValueError, OverflowError) as wrong:
            self.add_error(name, str(wrong))
            return
        if name == "past":
            self._clean_contacts(case)

    def _clean_contacts(self, case: Case) -> None:
        kinds = {sign.accumulates for sign in self.policy.signs} - {""}
        agencies = {*self.policy.agency_kinds}
        for contact in case.past:
            for word, known in (
                (contact.agency_kind, agencies),
                *((each, kinds) for each in contact.accumulates),
            ):
                if word not in known:
                    listed = ", ".join(sorted(known))
                    self.add_error("past", f"This version knows no “{word}” here. Choose from: {listed}")

    def _clean_number(self, name: str, least: int, most: int) -> None:
        typed = self.cleaned_data.get(name, "").strip()
        if typed and not (re.fullmatch(r"[0-9]{1,4}", typed) and least <= int(typed) <= most):
            label = self.fields[name].label
            self.add_error(name, f"“{label}” is a whole number from {least} to {most}, or empty")

    def gate(self) -> str:
        return str(self.cleaned_data["gate"])

    def case(self) -> Case:
        """The case, once valid, as on the day on which examples are decided."""
        return examples.case_of(self.example())

    def example(self) -> Example:
        """The case as a row of the table of examples, so that it can be agreed and kept there."""
        answers = self.cleaned_data
        if answers["age_is"] == "not_known":
            age = _AGE_NOT_KNOWN[answers.get("unborn") or "no"]
        else:
            age = answers.get("age", "").strip() if answers["age_is"] == "known" else "unborn"
        facts = [
            f"{fact.id} {answers[f'fact-{fact.id}']}"
            for fact in self.policy.facts
            if answers.get(f"fact-{fact.id}") in ("yes", "no")
        ]
        return replace(
            _EMPTY,
            gate=self.gate(),
            age=age,
            signs="; ".join(self._written(sign) for sign in self.signs),
            facts="; ".join(facts),
            past=_past(answers),
            raised_by=answers.get("raised_by", ""),
        )

    def _written(self, sign: Sign) -> str:
        seen = self._observation(sign)
        words = f"{sign.id} {seen.evidence}"
        words += f" x{seen.examples}" if seen.examples > 1 else ""
        words += f" for {seen.lasting_months} months" if seen.lasting_months is not None else ""
        answered = sign.immediate == "unless" and seen.immediate_answer is not Answer.NOT_KNOWN
        return words + (f", immediate {seen.immediate_answer.value}" if answered else "")

    def _observation(self, sign: Sign) -> Observation:
        answers = self.cleaned_data

        def of(name: str) -> str:
            return str(answers.get(f"{sign.id}-{name}") or "").strip()

        return Observation(
            sign=sign.id,
            evidence=of("evidence"),
            immediate_answer=Answer(of("immediate") or "not_known"),
            examples=int(of("examples") or 1),
            lasting_months=int(of("months")) if of("months") else None,
        )


_AGE_NOT_KNOWN = {"yes": "unborn", "not_known": "perhaps unborn", "no": "not known"}
"""How the table of examples says it of a child whose age is not known, by whether the child is still unborn."""
_EMPTY = Example("", "", "", "not known", "", "", "", "", "", "", (), ())


def _past(answers: Mapping[str, Any]) -> str:
    """Earlier contacts as one cell: a line for each, or parted by semicolons."""
    lines = re.split(r"[\n;]", answers.get("past") or "")
    return "; ".join(line.strip() for line in lines if line.strip())


def _about_the_case(policy: Policy) -> dict[str, Any]:
    gates = [Choice(gate.id, gate.name, hint=gate.question) for gate in policy.gates]
    agencies = [(kind, kind.replace("_", " ").capitalize()) for kind in policy.agency_kinds]
    return {
        "gate": ChoiceField(
            label="Which threshold?", choices=gates, small=True, when_empty="Choose which threshold to try"
        ),
        "age_is": ChoiceField(
            label="How old is the child?",
            choices=[
                Choice("known", "The age is known", reveals="age"),
                Choice("not_known", "Born, and the age is not known"),
                Choice("unborn", "Not yet born"),
            ],
            small=True,
            when_empty="Say how old the child is, or that it is not known",
        ),
        "age": TextField(
            label="Age",
            help_text="For example, 6 years or 10 months.",
            label_size="s",
            width="10",
            required=False,
            autocomplete="off",
        ),
        "raised_by": SelectField(
            label="Who raises it?",
            help_text="Leave empty if it is not known.",
            choices=agencies,
            label_size="s",
            required=False,
        ),
        "past": LongTextField(
            label="Earlier contacts",
            help_text="One on each line, as in the examples of the threshold: 3 months ago from school about "
            "neglect, assessed.",
            label_size="s",
            rows=4,
            required=False,
        ),
    }


def _about_a_sign(sign: Sign, policy: Policy) -> Iterator[tuple[str, Any]]:
    if sign.immediate == "unless":
        yield "immediate", _yes_no(sign.immediate_question)
    yield (
        "evidence",
        ChoiceField(
            label="How is it known?",
            choices=[(grade.id, grade.label) for grade in policy.evidence],
            label_size="s",
            inline=True,
            small=True,
            when_empty=f"Say how {sign.id} is known",
        ),
    )
    if sign.counted_examples:
        yield (
            "examples",
            _number("How many different examples?", f"Such as: {'; '.join(sign.counted_examples)}."),
        )
    if not sign.protective:
        yield "months", _number("For how many months?", "Leave empty if it is not known.")


def _yes_no(question: str) -> YesNoNotKnownField:
    return YesNoNotKnownField(label=question, label_size="s", required=False, inline=True, small=True)


def _number(label: str, hint: str) -> TextField:
    return TextField(
        label=label, help_text=hint, label_size="s", width="4", required=False, autocomplete="off"
    )
