"""Looking again: a disagreement and its answer, and what the threshold asks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openmash.web.layout import fields

SOMETHING_ELSE = "other"


class DisagreeForm(fields.QuestionForm):
    def __init__(self, *args: Any, decisions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"] = fields.ChoiceField(
            label="What do you disagree with?",
            help_text="A decision you choose is put back until you have an answer.",
            when_empty="Choose what you disagree with",
            choices=[
                *(fields.Choice(*each) for each in decisions),
                fields.Choice(SOMETHING_ELSE, "Something else, or something that is not being done"),
            ],
        )
        self.fields["reason"] = fields.LongTextField(
            label="What should happen, and why?", when_empty="Write what should happen, and why"
        )


class AnswerForm(fields.QuestionForm):
    outcome = fields.ChoiceField(
        label="What is your answer?",
        when_empty="Choose whether the decision stands or is taken again",
        choices=[
            fields.Choice("stands", "The decision stands", hint="They can take it one step further."),
            fields.Choice("decide_again", "It is decided again", hint="The child stays at the higher level."),
        ],
    )
    reason = fields.LongTextField(
        label="The reasons", help_text="Whoever disagrees reads this.", when_empty="Write the reasons"
    )


class ThresholdForm(fields.QuestionForm):
    """What one gate of the threshold asks. Those left alone are not touched."""

    def __init__(self, *args: Any, facts: Sequence[Any], answers: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        said = {"yes": "yes", "no": "no"}
        for fact in facts:
            self.fields[f"fact_{fact.id}"] = fields.YesNoNotKnownField(
                label=fact.question,
                help_text=f"So far: {said.get(answers.get(fact.id, ''), 'not known')}. To ask: {fact.ask}.",
                label_size="s",
                required=False,
            )

    def answers(self) -> dict[str, str]:
        return {fact.id: self.cleaned_data[f"fact_{fact.id}"] for fact in self.facts}
