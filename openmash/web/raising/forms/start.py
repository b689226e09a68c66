"""The first page: is a child in danger now, who is telling us, and which front door it goes to."""

from typing import Any

from openmash.apps.concerns.queries.wording import agency_kinds, public_sources
from openmash.web.layout.fields import Choice, ChoiceField, SelectField, TextField, YesNoNotKnownField
from openmash.web.raising.forms.typed_form import TypedForm

WORKS_WITH_CHILDREN = "works_with_children"
I_AM = {
    "family": "A relative of the child",
    "neighbour": "A neighbour or friend",
    "child": "The child or young person myself",
    "other_public": "Somebody else",
}


class StartForm(TypedForm):
    """Somebody with an account is asked two things; a member of the public also who they are."""

    in_danger = YesNoNotKnownField(
        label="Is a child in danger right now?",
        help_text="In danger means being hurt, or likely to be hurt before anybody can act.",
        when_empty="Say whether a child is in danger right now: yes, no or not known",
    )
    source = ChoiceField(label="Who are you?", when_empty="Choose who you are")
    work = SelectField(label="Where do you work?", label_size="s", required=False)
    name = TextField(
        label="Your name, if you want to give it",
        help_text="You can leave this empty and stay anonymous. What you tell us counts all the same.",
        required=False,
        autocomplete="name",
    )
    contact = TextField(
        label="How we can reach you, if you want us to",
        help_text="A telephone number or an e-mail address. If you leave it empty, you can still read our "
        "answer with the code we give you at the end.",
        required=False,
    )
    locality = SelectField(
        label="Which area does the child live in?",
        help_text="If you do not know, choose the area where you saw the child, or your own.",
        when_empty="Choose the area where the child lives, or the nearest to it",
    )

    def prepare(self) -> None:
        self.offer("locality", self.setting.localities)
        if self.setting.signed_in:
            for name in ("source", "work", "name", "contact"):
                del self.fields[name]
            return
        people = [Choice(value, I_AM.get(value, label)) for value, label in public_sources()]
        at_work = Choice(
            WORKS_WITH_CHILDREN, "Somebody who works with children, without an account here", reveals="work"
        )
        self.offer("source", [*people[:-1], at_work, people[-1]])
        self.offer("work", agency_kinds())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("source") == WORKS_WITH_CHILDREN and not answers.get("work"):
            self.add_error("work", "Choose where you work")
        return answers

    def who(self) -> str:
        """The source of the contact, once valid."""
        source = str(self.cleaned_data.get("source", ""))
        return str(self.cleaned_data["work"]) if source == WORKS_WITH_CHILDREN else source
