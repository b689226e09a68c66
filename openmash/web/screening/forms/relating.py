"""How two people on a contact are related: as somebody says, perhaps, or not."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from openmash.apps.families.told import RelationshipTold
from openmash.web.layout.fields import Choice, ChoiceField, DateField, QuestionForm, SelectField, TextField

KINDS = (
    ("mother", "Mother"),
    ("father", "Father"),
    ("parent", "Parent"),
    ("step_parent", "Step-parent"),
    ("adoptive_parent", "Adoptive parent"),
    ("foster_carer", "Foster carer"),
    ("carer", "Guardian, or another who brings them up"),
    ("grandparent", "Grandparent"),
    ("aunt_or_uncle", "Aunt or uncle"),
    ("sibling", "Brother or sister"),
    ("half_sibling", "Half-brother or half-sister"),
    ("step_sibling", "Stepbrother or stepsister"),
    ("twin", "Twin"),
    ("partner", "Partner"),
    ("former_partner", "Former partner"),
    ("other_relative", "Another relative"),
)
"""The kinds of `families.models.RelationshipSaid`, in the words of the page."""
IS_SO, NOT_SURE, NOT_SO = "yes", "not_sure", "no"


class SayRelationshipForm(QuestionForm):
    """One thing that somebody says of how `name` is related to another person on the same contact."""

    kind = SelectField(label="What are they?", when_empty="Choose what they are")
    other = ChoiceField(label="Of whom?", when_empty="Choose of whom")
    certain = ChoiceField(
        label="Is it so?",
        when_empty="Choose whether it is so",
        choices=[
            Choice(IS_SO, "Yes, this is what I was told, or know"),
            Choice(
                NOT_SURE,
                "Perhaps: nobody is sure",
                hint="It is kept and drawn with a question mark, never as certain.",
            ),
            Choice(
                NOT_SO,
                "No, this is not so",
                hint="For example, he is not the father. What was said before stays beside it.",
            ),
        ],
    )
    told_by = TextField(
        label="Who says so?",
        help_text="For example, her mother, on the telephone. Leave this empty if you know it yourself.",
        required=False,
        autocomplete="off",
    )
    since = DateField(
        label="Since when, if you know",
        what="The date it began",
        label_size="s",
        required=False,
        in_the_past=True,
    )
    until = DateField(
        label="When it ended, if it has", what="The date it ended", label_size="s", required=False
    )

    def __init__(self, *args: Any, name: str, others: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].offer(KINDS)  # type: ignore[attr-defined]
        self.fields["kind"].label = f"What is {name}, or is {name} not?"
        self.fields["other"].offer([(str(key), label) for key, label in others])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "It cannot have ended before it began: change one of the two dates")
        return answers

    def told(self) -> RelationshipTold:
        """The answers as what was told."""
        answers = self.cleaned_data
        return RelationshipTold(
            kind=answers["kind"],
            is_unsure=answers["certain"] == NOT_SURE,
            is_denied=answers["certain"] == NOT_SO,
            told_by=answers["told_by"],
            since=answers["since"],
            until=answers["until"],
        )
