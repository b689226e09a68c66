"""The notice of a child with a plan in another area, and absences."""

from collections.abc import Iterable
from typing import Any

from openmash.apps.casework.meeting_kinds import CATEGORIES
from openmash.web.casework.forms.pieces import add_moment
from openmash.web.layout import fields

RECORDS = "\n".join(
    (
        "Current child protection plan",
        "Conference minutes and reports",
        "Latest assessment",
        "Chronology",
    )
)
"""What is asked for to begin with; whoever asks may change it."""


class ReceiveForm(fields.QuestionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"records": RECORDS}, **kwargs)
        self.fields["from_area"] = fields.TextField(label="Which area is the plan of?", required=False)
        self.fields["key_worker"] = fields.TextField(
            label="Who leads the work there?", help_text="Name, and how to reach them.", required=False
        )
        add_moment(self, "notice", "When did the notice come?")
        self.fields["plan"] = fields.LongTextField(
            label="What does their plan ask?",
            help_text="As far as you know it. The child is held under it here until a conference has decided.",
            required=False,
            rows=4,
        )
        self.fields["category"] = fields.ChoiceField(
            label="What is the category of their plan?",
            help_text="Leave this empty if it is not known.",
            required=False,
            small=True,
            choices=[fields.Choice(*each) for each in CATEGORIES.items()],
        )
        self.fields["plan_since"] = fields.DateField(
            label="Since when has the child had the plan? Leave this empty if it is not known.",
            required=False,
            what="The day",
        )
        self.fields["reason"] = fields.LongTextField(
            label="Where does the child live now, and with whom?", required=False, rows=3
        )
        self.fields["records"] = fields.LongTextField(
            label="Which records were asked for?",
            help_text="One on each line. Each is waited for until it came, or it is known that it will not.",
            required=False,
            rows=5,
        )

    def records(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["records"].splitlines())
        return tuple(line for line in lines if line)


class AbsenceForm(fields.QuestionForm):
    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[str, str]],
        covers: Iterable[tuple[str, str]],
        change: bool = False,
        **kwargs: Any,
    ) -> None:
        """`people`: whose absence may be written down; `covers`: who may cover. `change`: of one that there is."""
        super().__init__(*args, **kwargs)
        if not change:
            self.fields["person"] = fields.SelectField(
                label="Who is away?", choices=[fields.Choice(*each) for each in people]
            )
        self.fields["starts"] = fields.DateField(label="First day away", required=False, what="The first day")
        self.fields["ends"] = fields.DateField(label="Last day away", required=False, what="The last day")
        self.fields["cover"] = fields.SelectField(
            label="Who covers?",
            help_text="They can do all that whoever leads the work can, while it lasts. "
            "Leave this empty while nobody does: the managers of the team are told.",
            required=False,
            choices=[fields.Choice(*each) for each in covers],
        )
        if change:
            self.fields["withdrawn"] = fields.ChoiceField(
                label="Does it still hold?",
                required=False,
                choices=[
                    fields.Choice("holds", "Yes, with these days"),
                    fields.Choice("yes", "No, they are not away"),
                ],
            )
