"""The children and adults of a concern, as far as anybody knows them. Every answer may stay empty."""

from openmash.apps.concerns.queries.wording import roles
from openmash.apps.families.told import PersonDescribed
from openmash.web.layout.fields import Choice, ChoiceField, LongTextField, TextField
from openmash.web.raising.dates_said import when_said
from openmash.web.raising.forms.person import NOT_KNOWN, UNBORN, PersonQuestions
from openmash.web.raising.forms.relations import (
    ANYONE,
    BETWEEN_CHILDREN,
    PARTNER_OF,
    TO_A_CHILD,
    partner_question,
    related_name,
    related_question,
)
from openmash.web.raising.forms.typed_form import TypedForm
from openmash.web.raising.notices import about_dates
from openmash.web.raising.postcodes import postcode_in

OLDEST_CHILD = 25
"""Years. Young people with a care history or a disability are helped up to 25."""

WITH_CHILD, ELSEWHERE = "with_child", "elsewhere"
SEXES = (("female", "Girl"), ("male", "Boy"), ("not_known", "Not known"))


class ChildForm(PersonQuestions):
    """A child the concern or the question is about."""

    oldest = OLDEST_CHILD
    whom = "the child"
    besides_summary = "More about this child, if you know it"
    besides = (
        "earlier_names",
        "address_since",
        "earlier_addresses",
        "school_since",
        "earlier_schools",
        "gp_since",
        "telephone",
        "nhs_number",
        "upn",
    )

    address = LongTextField(
        label="Address",
        help_text="With the postcode, if you know it.",
        label_size="s",
        rows=3,
        required=False,
        autocomplete="off",
    )
    school = TextField(label="School, college or nursery", label_size="s", required=False, autocomplete="off")
    gp = TextField(label="GP practice", label_size="s", required=False, autocomplete="off")
    language = TextField(
        label="Language the child and family speak",
        label_size="s",
        help_text="And whether they need an interpreter.",
        required=False,
        autocomplete="off",
    )
    cared_for_by = TextField(
        label="Who looks after the child?",
        label_size="s",
        help_text="For example, both parents, a grandmother, foster carers.",
        required=False,
        autocomplete="off",
    )
    school_since = TextField(
        label="Since when at this school, college or nursery?",
        label_size="s",
        width="20",
        required=False,
        autocomplete="off",
    )
    earlier_schools = LongTextField(
        label="Schools and nurseries before that",
        help_text="One on each line, with the years if you know them: Oak School, until July 2024",
        label_size="s",
        rows=2,
        required=False,
        autocomplete="off",
    )
    gp_since = TextField(
        label="Since when with this GP practice?",
        label_size="s",
        width="20",
        required=False,
        autocomplete="off",
    )
    upn = TextField(
        label="Unique pupil number (UPN)", label_size="s", width="20", required=False, autocomplete="off"
    )

    def prepare(self) -> None:
        self.fields["name"].label = "What is the child’s name?"
        self.fields["how_old"].label = "How old is the child?"
        self.fields["sex"].label = "Is the child a girl or a boy?"
        self.offer("sex", SEXES)
        for number, name in self.others.children.items():
            kinds = (*BETWEEN_CHILDREN, *ANYONE)
            asked = related_question(name or "the other child", kinds, who="is this child")
            self.fields[related_name(number)] = asked
        self.order_fields(("name", "other_names", *map(related_name, self.others.children), "how_old"))

    def too_old(self) -> str:
        return (
            f"The age of a child must be between 0 and {OLDEST_CHILD} years. "
            "If this is an adult, tell us about them under other people"
        )

    def described(self) -> PersonDescribed:
        """The child as typed."""
        answers = self.cleaned_data
        more = {name: answers.get(name, "") for name in ("school", "gp", "language", "cared_for_by")}
        kind = "unborn" if answers.get("how_old") == UNBORN else "child"
        return self.person(kind, address=answers.get("address", ""), **more)


class PersonForm(PersonQuestions):
    """Another person: what part they have in this concern comes first."""

    besides = (
        "earlier_names",
        "related_when",
        "address_since",
        "earlier_addresses",
        "telephone",
        "nhs_number",
    )

    role = ChoiceField(
        label="What is their part in this?",
        help_text="In this concern. The same person may have another part in another one.",
        when_empty="Choose what part this person has; if you do not know, choose “Somebody else”",
    )
    home = ChoiceField(
        label="Where do they live?",
        choices=[
            Choice(WITH_CHILD, "With the child"),
            Choice(ELSEWHERE, "Somewhere else", reveals="address"),
            Choice(NOT_KNOWN, "Not known"),
        ],
        required=False,
    )
    address = LongTextField(
        label="Their address, if you know it", label_size="s", rows=3, required=False, autocomplete="off"
    )
    related_when = TextField(
        label="Since when, or from when until when, have they been related so?",
        help_text="For example, stepfather since March 2022: write March 2022",
        label_size="s",
        width="20",
        required=False,
        autocomplete="off",
    )

    def prepare(self) -> None:
        others = [each for each in roles() if each.value != "subject"]
        adults = [Choice(each.value, each.label) for each in others if not each.is_child]
        first_child, *children = [each for each in others if each.is_child]
        divided = Choice(first_child.value, first_child.label, divider_before="or")
        self.offer("role", [*adults, divided, *(Choice(each.value, each.label) for each in children)])
        self.fields["name"].label = "What is their name?"
        for number, name in self.others.children.items():
            kinds = (*TO_A_CHILD, *BETWEEN_CHILDREN, *ANYONE)
            self.fields[related_name(number)] = related_question(name, kinds, who="are they")
        if self.others.people:
            self.fields[PARTNER_OF] = partner_question(self.others.people)
        related = map(related_name, self.others.children)
        self.order_fields(("role", "name", "other_names", *related, PARTNER_OF, "how_old"))

    def notices(self) -> dict[str, str]:
        when = self._text("related_when").strip()
        asked = [*map(related_name, self.others.children), PARTNER_OF]
        if when and not any(self._text(name) for name in asked):
            said = "This is kept only together with how they are related, which is not chosen yet."
        else:
            said = about_dates([when_said(when)], self.setting.today)
        return {**super().notices(), **({"related_when": said} if said else {})}

    def described(self, child: PersonDescribed | None) -> PersonDescribed:
        """The person as typed; somebody who lives with the child has the child’s address."""
        address, postcode = self._where_they_live(child)
        child_roles = {each.value for each in roles() if each.is_child}
        by_role = "child" if self.cleaned_data.get("role") in child_roles else "adult"
        return self.person(self.age_kind(otherwise=by_role), address=address, postcode=postcode)

    def _where_they_live(self, child: PersonDescribed | None) -> tuple[str, str]:
        answers = self.cleaned_data
        home, typed = answers.get("home"), answers.get("address", "")
        if home == WITH_CHILD:
            known = child is not None and child.address.strip()
            return (child.address, child.postcode) if child and known else ("With the child", "")
        typed = "" if home == NOT_KNOWN else typed
        return typed, postcode_in(typed)


class OthersForm(TypedForm):
    """Whether there is anybody else to tell about."""

    another = ChoiceField(
        label="Is there anybody else to tell us about?",
        choices=[
            ("yes", "Yes, add a person"),
            ("no", "No, nobody that I know of"),
            ("not_known", "Not known"),
        ],
        when_empty="Choose yes, no or not known",
    )
