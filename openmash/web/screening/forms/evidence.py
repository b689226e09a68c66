"""Questions about signs, facts and new information."""

from typing import Any

from openmash.engines.thresholds import Fact, Policy, Sign
from openmash.web.layout.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    QuestionForm,
    TextField,
    YesNoNotKnownField,
)

MOST_TIMES = 99


class RecordSignForm(QuestionForm):
    """One sign, on the evidence of the person who records it."""

    evidence = ChoiceField(label="How do you know?", when_empty="Say how you know")
    since = DateField(
        label="When was it first noticed?",
        what="When it was first noticed",
        in_the_past=True,
        required=False,
        help_text="Leave this empty if it is not known. For example, 27 3 2026.",
    )
    note = LongTextField(
        label="What was seen, heard or said, and by whom?",
        help_text="Whoever reads this next year was not there. Name the person or agency it came from.",
        required=False,
    )

    def __init__(self, *args: Any, policy: Policy, sign: Sign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sign = sign
        self.fields["evidence"].offer((grade.id, grade.label) for grade in policy.evidence)  # type: ignore[attr-defined]
        if sign.immediate == "unless":
            self.fields["immediate_answer"] = YesNoNotKnownField(
                label=sign.immediate_question,
                not_known_hint="Not known is never taken as no: the sign counts as immediate until it is.",
            )
        self._ask_for_examples()
        self.order_fields(["evidence", "immediate_answer", "examples", "times", "since", "note"])

    def _ask_for_examples(self) -> None:
        counted = self.sign.counted_examples
        if len(counted) > 1:
            self.fields["examples"] = MultipleChoiceField(
                label="Which of these?", choices=[(each, _capital(each)) for each in counted], required=False
            )
        elif counted:
            self.fields["times"] = TextField(
                label="How many times?", help_text=f"Count {counted[0]}.", required=False, width="2"
            )

    def clean_times(self) -> int:
        typed = self.cleaned_data["times"]
        if not typed:
            return 1
        if not typed.isdecimal() or not 1 <= int(typed[:4]) <= MOST_TIMES:
            self.add_error("times", f"How many times must be a number between 1 and {MOST_TIMES}")
            return 1
        return int(typed)

    def examples(self) -> tuple[str, ...]:
        """The examples seen, each once; for a sign counted in times, one for each time."""
        if "times" in self.fields:
            (counted,) = self.sign.counted_examples
            return tuple(f"{counted}: {number}" for number in range(1, self.cleaned_data["times"] + 1))
        return tuple(self.cleaned_data.get("examples", ()))


class WithdrawSignForm(QuestionForm):
    reason = LongTextField(
        label="Why should this sign not be relied on?",
        help_text="The sign stays visible with your reason. The level it gave when it was raised still "
        "counts for whether a second person must agree.",
        when_empty="Write why this sign should not be relied on",
    )


class RecordFactsForm(QuestionForm):
    """All the policy's questions of fact on one page. Those left alone are not touched."""

    note = LongTextField(
        label="How do you know?",
        help_text="Who told you, and when. This is kept with each answer you give now.",
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, facts: tuple[Fact, ...], now_known: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        for fact in facts:
            hint = f"So far: {now_known[fact.id]}." + (f" To ask: {fact.ask}." if fact.ask else "")
            self.fields[f"fact_{fact.id}"] = YesNoNotKnownField(
                label=fact.question, help_text=hint, required=False, inline=True, label_size="s"
            )
        self.order_fields([*(f"fact_{fact.id}" for fact in facts), "note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            self.add_error(None, "Answer at least one question, or go back.")
        return cleaned

    def answers(self) -> dict[str, str]:
        """Each question answered now, with its answer."""
        given = {fact.id: self.cleaned_data.get(f"fact_{fact.id}", "") for fact in self.facts}
        return {fact: answer for fact, answer in given.items() if answer}


class InformationForm(QuestionForm):
    text = LongTextField(
        label="What is new?",
        help_text="In plain words: what, when, and who said so. It is kept in your name, and "
        "nobody can change it afterwards.",
        when_empty="Write what is new",
        rows=8,
    )


class FollowUpForm(QuestionForm):
    note = LongTextField(label="What came of it?", when_empty="Write what came of it")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
