"""One question, as a form."""

from typing import Any

from openmash.engines.sharing import Question
from openmash.web.layout.fields import Choice, ChoiceField, QuestionForm


class OneQuestion(QuestionForm):
    """A question with its answers; the field is called as the question is, so that the address reads well."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[question.id] = ChoiceField(
            label=question.title,
            help_text=question.hint,
            page_heading=True,
            choices=[Choice(each.id, each.label, each.hint) for each in question.choices],
        )
