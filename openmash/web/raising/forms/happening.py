"""What was seen or heard, and the question somebody wants advice about."""

from openmash.web.layout.fields import LongTextField, YesNoNotKnownField
from openmash.web.raising.forms.typed_form import TypedForm


class HappeningForm(TypedForm):
    """The account comes first: it is the one thing nobody else can tell."""

    account = LongTextField(
        label="What did you see, hear, or were you told?",
        help_text="In your own words, and the child’s own words if you heard them. Say who told you, and "
        "when. Write as much or as little as you like.",
        rows=12,
        when_empty="Write what you saw, heard or were told, in your own words",
    )
    where_now = LongTextField(
        label="Where is the child now?",
        help_text="And who is with the child. Leave empty if you do not know.",
        rows=2,
        required=False,
        autocomplete="off",
    )
    seen = YesNoNotKnownField(
        label="Has the child been seen since this worry began?",
        help_text="By you, or by anybody whose work is with children.",
        required=False,
        inline=True,
        small=True,
    )
    spoken_to = YesNoNotKnownField(
        label="Has somebody spoken with the child alone?",
        help_text="If the child is too young to be asked, choose “No”.",
        required=False,
        inline=True,
        small=True,
    )
    parents_know = YesNoNotKnownField(
        label="Do the parents or carers know that you are telling us?",
        no_reveals="parents_know_why_not",
        required=False,
        small=True,
    )
    parents_know_why_not = LongTextField(
        label="Why not?",
        help_text="For example, because telling them could put the child at more risk.",
        label_size="s",
        rows=2,
        required=False,
    )


class QuestionForm(TypedForm):
    """What somebody wants advice about."""

    question = LongTextField(
        label="What would you like advice about?",
        help_text="You do not have to name anybody. Say what worries you and what you want to know.",
        rows=10,
        page_heading=True,
        when_empty="Write what you would like advice about",
    )
