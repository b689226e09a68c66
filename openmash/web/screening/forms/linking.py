"""Questions about who is who. A person says so and gives a reason: nothing is ever joined by itself."""

from typing import Any

from openmash.apps.families.told import AddressTold, BirthTold, IdentifierTold, MoreTold, NameTold, PlaceTold
from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    DateField,
    LongTextField,
    QuestionForm,
    TextField,
)

WHY = "What makes you think so? If you have asked somebody, say whom."
NUMBERS = ("nhs_number", "upn", "former_upn")
DATED: dict[str, Any] = {"label_size": "s", "required": False}
RELATED = frozenset({"sibling", "half_sibling", "twin"})


class OnRegisterForm(QuestionForm):
    """Whether somebody of a register is the person on this contact."""

    same = ChoiceField(label="", when_empty="")
    reason = LongTextField(label="Your reason", help_text=WHY, when_empty="Write your reason", rows=3)

    def __init__(self, *args: Any, is_adult: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who, several = ("person", "people") if is_adult else ("child", "children")
        same = self.fields["same"]
        same.label = f"Are these the same {who}?"
        same.error_messages["required"] = f"Choose whether these are the same {who}"
        same.offer(self.answers(who, several))  # type: ignore[attr-defined]

    def answers(self, who: str, several: str) -> list[Choice]:
        """What may be said."""
        return [
            Choice("yes", f"Yes, this is the same {who}"),
            Choice("no", f"No, these are two different {several}"),
        ]


class SamePersonForm(OnRegisterForm):
    """Whether somebody of an earlier contact is the person on this one, or related to them."""

    def answers(self, who: str, several: str) -> list[Choice]:
        """What may be said, with what they are if they are not the same."""
        yes, no = super().answers(who, several)
        return [
            yes,
            Choice(no.value, no.label, hint="Nobody will be asked about them again."),
            Choice("sibling", "No, they are brothers or sisters"),
            Choice("half_sibling", "No, they are half-brothers or half-sisters"),
            Choice("twin", "No, they are twins"),
        ]


class HouseholdForm(QuestionForm):
    same = ChoiceField(
        label="Are these the same household?",
        when_empty="Choose whether these are the same household",
        choices=[
            Choice("yes", "Yes, this is the same household"),
            Choice(
                "no",
                "No, these are two different households",
                hint="For example, the family before them at the same address.",
            ),
        ],
    )
    reason = LongTextField(label="Your reason", help_text=WHY, when_empty="Write your reason", rows=3)


class UndoLinkForm(QuestionForm):
    reason = LongTextField(
        label="Why is this link wrong?",
        help_text="Both the link and its undoing stay on record.",
        when_empty="Write why this link is wrong",
        rows=3,
    )


class TakeBackForm(QuestionForm):
    reason = LongTextField(
        label="Why may they be the same person after all?",
        help_text="What was said before stays on record. They can then be compared and linked.",
        when_empty="Write why they may be the same person",
        rows=3,
    )


class IdentifierWrongForm(QuestionForm):
    reason = LongTextField(
        label="How do you know that this number is wrong?",
        help_text="It stays on record, marked as wrong, and says nothing about who they are any more.",
        when_empty="Write how you know",
        rows=3,
    )


class AnswerElsewhereForm(QuestionForm):
    outcome = ChoiceField(
        label="What did you find when you spoke?",
        when_empty="Choose what you found",
        choices=[
            Choice("same", "It is the same person", hint="The two records are linked."),
            Choice(
                "different", "They are two different people", hint="Nobody will be asked about them again."
            ),
            Choice("cannot_tell", "We cannot tell"),
        ],
    )
    reason = LongTextField(
        label="Your reason, and whom you spoke to",
        when_empty="Write your reason, and whom you spoke to",
        rows=3,
    )


class SayMoreForm(QuestionForm):
    """What was learned of somebody since. Every answer may stay empty; not all of them."""

    name = TextField(label="Another name or spelling", required=False, autocomplete="off")
    name_kind = ChoiceField(
        label="What kind of name is it?",
        label_size="s",
        required=False,
        choices=[
            ("in_use", "The name they use"),
            ("also_known_as", "Also known as"),
            ("former", "A name used before"),
            ("at_birth", "Name at birth"),
            ("other_script", "The name in another script"),
        ],
    )
    born_on = DateField(
        label="Date of birth",
        what="Date of birth",
        help_text="For example, 27 3 2016",
        in_the_past=True,
        required=False,
    )
    nhs_number = TextField(
        label="NHS number",
        help_text="10 digits. One that does not fit its own check is kept and marked.",
        required=False,
        width="20",
        autocomplete="off",
    )
    upn = TextField(
        label="Unique pupil number",
        help_text="A letter and 12 digits.",
        required=False,
        width="20",
        autocomplete="off",
    )
    former_upn = TextField(
        label="Unique pupil number they had before",
        label_size="s",
        required=False,
        width="20",
        autocomplete="off",
    )
    address = LongTextField(label="Address, now or earlier", required=False, rows=2)
    postcode = TextField(label="Postcode of that address", required=False, width="10", autocomplete="off")
    address_until = DateField(
        label="When they left that address, if they have",
        what="The date they left that address",
        label_size="s",
        required=False,
    )
    school = TextField(label="School or nursery, now or earlier", required=False, autocomplete="off")
    school_since = DateField(
        label="When they started there", what="The date they started at that school", **DATED
    )
    school_until = DateField(
        label="When they left that school, if they have", what="The date they left that school", **DATED
    )
    gp = TextField(label="GP practice, now or earlier", required=False, autocomplete="off")
    gp_since = DateField(
        label="When they joined that practice", what="The date they joined that practice", **DATED
    )
    gp_until = DateField(
        label="When they left that practice, if they have", what="The date they left that practice", **DATED
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("name") and not answers.get("name_kind"):
            self.add_error("name_kind", "Choose what kind of name it is")
        for place, label in (("school", "school or nursery"), ("gp", "GP practice")):
            dated = answers.get(f"{place}_since") or answers.get(f"{place}_until")
            if dated and not answers.get(place):
                self.add_error(place, f"Write which {label} these dates are about")
        return answers

    def told(self) -> MoreTold:
        """The answers as what was told."""
        answers = self.cleaned_data
        addresses = AddressTold(answers["address"], answers["postcode"], until=answers["address_until"])
        numbers = [IdentifierTold(kind, answers[kind]) for kind in NUMBERS if answers[kind]]
        places = [
            PlaceTold(kind, answers[kind], since=answers[f"{kind}_since"], until=answers[f"{kind}_until"])
            for kind in ("school", "gp")
            if answers[kind]
        ]
        return MoreTold(
            names=(NameTold(answers["name"], kind=answers["name_kind"]),) if answers["name"] else (),
            births=(BirthTold(answers["born_on"]),) if answers["born_on"] else (),
            addresses=(addresses,) if answers["address"] or answers["postcode"] else (),
            places=tuple(places),
            identifiers=tuple(numbers),
        )
