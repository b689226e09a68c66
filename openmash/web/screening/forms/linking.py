"""Questions about who is who. A person says so and gives a reason: nothing is ever joined by itself."""

from openmash.web.layout.fields import Choice, ChoiceField, LongTextField, QuestionForm

WHY = "What makes you think so? If you have asked somebody, say whom."


class SameChildForm(QuestionForm):
    same = ChoiceField(
        label="Are these the same child?",
        when_empty="Choose whether these are the same child",
        choices=[
            Choice("yes", "Yes, this is the same child"),
            Choice(
                "no",
                "No, these are two different children",
                hint="Nobody will be asked about these two again.",
            ),
        ],
    )
    reason = LongTextField(label="Your reason", help_text=WHY, when_empty="Write your reason", rows=3)


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
