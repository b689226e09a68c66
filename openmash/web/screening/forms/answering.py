"""What is sent to the person who raised it, or why sending anything would be unsafe."""

from typing import Any

from openmash.web.layout.fields import Choice, LongTextField, MultipleChoiceField, QuestionForm
from openmash.web.screening.presenters.answers import PLACES


class AnswerForm(QuestionForm):
    text = LongTextField(
        label="Your answer",
        help_text="Change whatever does not fit. Leave out what this person may not know, such as what other "
        "agencies told you.",
        required=False,
        rows=22,
    )
    unsafe = MultipleChoiceField(
        label="Or is it unsafe to answer?",
        label_size="s",
        required=False,
        choices=[
            Choice(
                "yes",
                "Do not send this: an answer would be unsafe",
                hint="For example, somebody who may be harming the child reads this person’s letters.",
                reveals="unsafe_because",
            )
        ],
    )
    unsafe_because = LongTextField(label="Why would it be unsafe?", label_size="s", required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("unsafe"):
            if not cleaned.get("unsafe_because"):
                self.add_error("unsafe_because", "Write why an answer would be unsafe")
        elif cleaned.get("unsafe_because"):
            # Without scripting the reason can be written and the box missed. Sending could harm a child.
            self.add_error("unsafe", "Choose “Do not send this”, or empty the reason why it would be unsafe")
        elif not cleaned.get("text"):
            self.add_error("text", "Write the answer")
        else:
            self._must_have_no_gaps(cleaned["text"])
        return cleaned

    def _must_have_no_gaps(self, text: str) -> None:
        left = [place for place in PLACES if place in text]
        if left:
            self.add_error("text", f"Put your own words in place of “{left[0]}”")

    def words(self) -> tuple[str, str]:
        """The text to send and the reason not to: one of the two is empty."""
        if self.cleaned_data["unsafe"]:
            return "", self.cleaned_data["unsafe_because"]
        return self.cleaned_data["text"], ""
