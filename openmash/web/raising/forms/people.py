"""The children and adults of a concern, as far as anybody knows them. Every answer may stay empty."""

import datetime
import re
from typing import Any

from openmash.apps.concerns.queries.wording import roles
from openmash.apps.families.actions import PersonDescribed
from openmash.web.layout.fields import Choice, ChoiceField, DateField, LongTextField, TextField
from openmash.web.raising.forms.typed_form import TypedForm
from openmash.web.raising.postcodes import postcode_in

OLDEST_CHILD, OLDEST_ADULT, ADULT_FROM = 25, 130, 18
"""Years. Young people with a care history or a disability are helped up to 25."""

BORN, ABOUT, UNBORN, NOT_KNOWN = "born", "about", "unborn", "not_known"
AGE_FIELDS = {BORN: "born_on", ABOUT: "about_age", UNBORN: "expected_on"}
WITH_CHILD, ELSEWHERE = "with_child", "elsewhere"
AGE = re.compile(
    r"(?:about|around|roughly|nearly|ca?\.?)?\s*(\d{1,5})\s*(year|yr|month|week|day|y|m|w|d)?s?\.?(?:\s*old)?",
    re.IGNORECASE,
)
SEXES = (("female", "Girl"), ("male", "Boy"), ("not_known", "Not known"))
ADULT_SEXES = (("female", "Woman or girl"), ("male", "Man or boy"), ("not_known", "Not known"))


def whole_years(typed: str) -> int | None:
    """The whole years in words such as `7`, `about 7 years` or `10 months`; None if it is no age."""
    found = AGE.fullmatch(typed.strip())
    if found is None:
        return None
    number, unit = int(found[1]), (found[2] or "y")[0].lower()
    return number // {"y": 1, "m": 12, "w": 52, "d": 365}[unit]


class PersonQuestions(TypedForm):
    """What is asked about anybody: a name and an age, each of which may be unknown."""

    oldest = OLDEST_ADULT

    name = TextField(label="Name", required=False, autocomplete="off")
    other_names = TextField(
        label="Other names and spellings",
        help_text="Nicknames, a name used before, or other ways to write it.",
        label_size="s",
        required=False,
        autocomplete="off",
    )
    how_old = ChoiceField(
        label="How old are they?",
        choices=[
            Choice(BORN, "I know the date of birth", reveals="born_on"),
            Choice(ABOUT, "I know roughly how old", reveals="about_age"),
            Choice(UNBORN, "Not born yet", reveals="expected_on"),
            Choice(NOT_KNOWN, "Not known"),
        ],
        required=False,
    )
    born_on = DateField(
        label="Date of birth",
        what="Date of birth",
        help_text="For example, 27 3 2016",
        label_size="s",
        in_the_past=True,
        required=False,
    )
    about_age = TextField(
        label="About how old",
        help_text="For example, 7 or 10 months",
        label_size="s",
        width="10",
        required=False,
        autocomplete="off",
    )
    expected_on = DateField(
        label="When the baby is expected, if you know",
        what="The date the baby is expected",
        help_text="For example, 27 3 2027",
        label_size="s",
        required=False,
    )
    sex = ChoiceField(
        label="Are they a woman or a man, a girl or a boy?",
        label_size="s",
        choices=ADULT_SEXES,
        required=False,
        inline=True,
        small=True,
    )

    def clean_about_age(self) -> int | None:
        typed = str(self.cleaned_data["about_age"])
        if not typed:
            return None
        years = whole_years(typed)
        if years is None:
            self.add_error(
                "about_age", "Write the age as a number of years or months, such as 7 or 10 months"
            )
        elif years > self.oldest:
            self.add_error("about_age", self.too_old())
        return years

    def clean_born_on(self) -> datetime.date | None:
        born: datetime.date | None = self.cleaned_data["born_on"]
        if born is not None and self.setting.today.year - born.year > self.oldest:
            self.add_error("born_on", self.too_old())
        return born

    def clean_expected_on(self) -> datetime.date | None:
        expected: datetime.date | None = self.cleaned_data["expected_on"]
        if expected is not None and not -42 <= (expected - self.setting.today).days <= 310:
            self.add_error("expected_on", "The date the baby is expected must be within the next 10 months")
        return expected

    def too_old(self) -> str:
        return f"The age must be between 0 and {self.oldest} years"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        chosen = self._age_that_counts()
        for answer, field in AGE_FIELDS.items():
            if (
                answer != chosen
            ):  # what was typed under another answer is kept in the draft, and does not count
                self.errors.pop(field, None)
                answers[field] = None
        answers["how_old"] = chosen
        if chosen == BORN and not answers.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the date of birth, or choose another answer")
        if chosen == ABOUT and answers.get("about_age") is None and "about_age" not in self.errors:
            self.add_error("about_age", "Enter about how old they are, or choose another answer")
        return answers

    def _age_that_counts(self) -> str:
        """The answer chosen; without one, or with nothing typed for it, whichever was typed."""
        chosen = str(self.cleaned_data.get("how_old") or "")
        typed = [answer for answer in AGE_FIELDS if self._typed(AGE_FIELDS[answer])]
        if chosen in (NOT_KNOWN, UNBORN) or chosen in typed or not typed:
            return chosen or NOT_KNOWN
        return typed[0]

    def _typed(self, field: str) -> bool:
        names = [field, *(f"{field}_{part}" for part in ("day", "month", "year"))]
        return any(str(self.data.get(name) or "").strip() for name in names)

    def age_kind(self, otherwise: str) -> str:
        """ "unborn", or "child" when a known age is under 18, or else what their part in it says."""
        answers = self.cleaned_data
        if answers["how_old"] == UNBORN:
            return "unborn"
        born: datetime.date | None = answers["born_on"]
        years = answers["about_age"]
        if born is not None:
            today = self.setting.today
            years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return "child" if years is not None and years < ADULT_FROM else otherwise


class ChildForm(PersonQuestions):
    """A child the concern or the question is about."""

    oldest = OLDEST_CHILD

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

    def prepare(self) -> None:
        self.fields["name"].label = "What is the child’s name?"
        self.fields["how_old"].label = "How old is the child?"
        self.fields["sex"].label = "Is the child a girl or a boy?"
        self.offer("sex", SEXES)

    def too_old(self) -> str:
        return (
            f"The age of a child must be between 0 and {OLDEST_CHILD} years. "
            "If this is an adult, tell us about them under other people"
        )

    def described(self) -> PersonDescribed:
        """The child as typed, once valid."""
        answers = self.cleaned_data
        return PersonDescribed(
            kind="unborn" if answers["how_old"] == UNBORN else "child",
            name=answers["name"],
            other_names=answers["other_names"],
            born_on=answers["born_on"],
            about_age=answers["about_age"],
            expected_on=answers["expected_on"],
            sex=answers["sex"] or "not_known",
            address=answers["address"],
            postcode=postcode_in(answers["address"]),
            school=answers["school"],
            gp=answers["gp"],
            language=answers["language"],
            cared_for_by=answers["cared_for_by"],
        )


class PersonForm(PersonQuestions):
    """Another person: what part they have in this concern comes first."""

    field_order = ("role", "name", "other_names", "how_old")

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

    def prepare(self) -> None:
        others = [each for each in roles() if each.value != "subject"]
        adults = [Choice(each.value, each.label) for each in others if not each.is_child]
        first_child, *children = [each for each in others if each.is_child]
        divided = Choice(first_child.value, first_child.label, divider_before="or")
        self.offer("role", [*adults, divided, *(Choice(each.value, each.label) for each in children)])
        self.fields["name"].label = "What is their name?"

    def described(self, child: PersonDescribed | None) -> PersonDescribed:
        """The person as typed, once valid; somebody who lives with the child has the child’s address."""
        answers = self.cleaned_data
        address, postcode = self._where_they_live(child)
        by_role = "child" if answers["role"] in {each.value for each in roles() if each.is_child} else "adult"
        return PersonDescribed(
            kind=self.age_kind(otherwise=by_role),
            name=answers["name"],
            other_names=answers["other_names"],
            born_on=answers["born_on"],
            about_age=answers["about_age"],
            expected_on=answers["expected_on"],
            sex=answers["sex"] or "not_known",
            address=address,
            postcode=postcode,
        )

    def _where_they_live(self, child: PersonDescribed | None) -> tuple[str, str]:
        answers = self.cleaned_data
        if answers["home"] == WITH_CHILD:
            known = child is not None and child.address.strip()
            return (child.address, child.postcode) if child and known else ("With the child", "")
        typed = "" if answers["home"] == NOT_KNOWN else answers["address"]
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
