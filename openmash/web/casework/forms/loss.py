"""The form for a pregnancy that has ended. It asks for as little as it can, and never how it ended."""

from collections.abc import Iterable
from typing import Any

from openmash.apps.casework.actions.loss import Loss
from openmash.web.layout import fields


class LossForm(fields.QuestionForm):
    def __init__(self, *args: Any, tell: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """`tell`: people of agencies who took part, by id and words."""
        super().__init__(*args, **kwargs)
        self.fields["reason"] = fields.LongTextField(
            label="What do you know, and from whom?",
            help_text="A few words are enough, such as: the midwife rang this morning. You need not say how it "
            "happened.",
            required=False,
            rows=3,
        )
        self.fields["ended_on"] = fields.DateField(
            label="On which day? Leave this empty if you do not know.", required=False, what="The day"
        )
        self.fields["name"] = fields.TextField(
            label="If the family has named the baby: what is the name?",
            help_text="It is used here from now on. Leave this empty if there is none, or nobody has asked.",
            required=False,
        )
        self.fields["care"] = fields.LongTextField(
            label="Who is with the family now, and what help have they been offered?",
            help_text="Such as: the bereavement midwife, who sees them on Thursday. If nobody knows: who finds out.",
            required=False,
            rows=3,
        )
        self.fields["contact"] = fields.LongTextField(
            label="Who speaks with the parents from now on, and how do they want that?",
            help_text="Such as: only the midwife, by telephone, and not at home. If nobody has asked them: who will.",
            required=False,
            rows=3,
        )
        self.fields["tell"] = fields.MultipleChoiceField(
            label="Who else should know, so that nobody asks the family after the baby?",
            help_text="They read, when they sign in, that the pregnancy has ended and how to speak with the parents. "
            "Whoever leads the work is told in any case. Nothing is sent to the parents.",
            required=False,
            small=True,
            choices=[fields.Choice(*each) for each in tell],
        )

    def loss(self) -> Loss:
        """What was written."""
        given = self.cleaned_data
        return Loss(given["reason"], given["care"], given["contact"], given["ended_on"], given["name"])
