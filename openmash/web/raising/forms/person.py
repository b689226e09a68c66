"""What is asked about anybody, child or adult: a name and an age, each of which may be unknown."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openmash.apps.families.told import PersonDescribed
from openmash.web.layout.fields import Choice, ChoiceField, DateField, LongTextField, TextField
from openmash.web.layout.rendering import revealed_fields
from openmash.web.raising.dates_said import When, when_said, whens_in_lines
from openmash.web.raising.forms.besides import told_besides
from openmash.web.raising.forms.relations import PARTNER_OF, related_name
from openmash.web.raising.forms.typed_form import Setting, TypedForm
from openmash.web.raising.notices import about_address, about_dates, about_name, about_nhs_number, about_upn
from openmash.web.raising.postcodes import postcode_in

OLDEST_ADULT, ADULT_FROM = 130, 18
"""Years."""

BORN, ABOUT, UNBORN, NOT_KNOWN = "born", "about", "unborn", "not_known"
AGE_FIELDS = {BORN: "born_on", ABOUT: "about_age", UNBORN: "expected_on"}
NOT_SURE = "born_not_sure"
AGE = re.compile(
    r"(?:about|around|roughly|nearly|ca?\.?)?\s*(\d{1,5})\s*(year|yr|month|week|day|y|m|w|d)?s?\.?(?:\s*old)?",
    re.IGNORECASE,
)
SINCE = {"address_since": "address", "school_since": "school", "gp_since": "gp"}
IN_LINES = ("earlier_names", "earlier_addresses", "earlier_schools")
"""Answers with dates among their words: since when another answer has been so, and dates at the end of lines."""

SEXES = (("female", "Woman or girl"), ("male", "Man or boy"), ("not_known", "Not known"))


def whole_years(typed: str) -> int | None:
    """The whole years in words such as `7`, `about 7 years` or `10 months`; None if it is no age."""
    found = AGE.fullmatch(typed.strip())
    if found is None:
        return None
    number, unit = int(found[1]), (found[2] or "y")[0].lower()
    return number // {"y": 1, "m": 12, "w": 52, "d": 365}[unit]


@dataclass(frozen=True)
class Others:
    """Whom else the draft tells of, by the number of their page, with the name typed there (or none)."""

    children: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question of the page, with the fields typed in under it, and what to point out about them."""

    bound: BoundField
    names: tuple[str, ...]
    notices: tuple[str, ...] = ()


class PersonQuestions(TypedForm):
    """The questions about anybody. Those named in `besides` are asked behind a summary."""

    oldest = OLDEST_ADULT
    whom = "them"
    besides: tuple[str, ...] = ()
    besides_summary = "More about this person, if you know it"

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
            Choice(BORN, "I know the date of birth", reveals=f"born_on {NOT_SURE}"),
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
    born_not_sure = forms.BooleanField(label="I am not sure that this is the right date", required=False)
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
        choices=SEXES,
        required=False,
        inline=True,
        small=True,
    )
    earlier_names = LongTextField(
        label="Names they had before",
        help_text="One on each line. Say until when, if you know: Amy Hill, until 2019",
        label_size="s",
        rows=2,
        required=False,
        autocomplete="off",
    )
    address_since = TextField(
        label="Since when at this address?",
        help_text="For example, 2019 or September 2024",
        label_size="s",
        width="20",
        required=False,
        autocomplete="off",
    )
    earlier_addresses = LongTextField(
        label="Addresses they lived at before",
        help_text="One on each line, with the years if you know them: 4 Mill Lane, NF1 2AB, 2019 to 2023",
        label_size="s",
        rows=2,
        required=False,
        autocomplete="off",
    )
    telephone = TextField(
        label="Telephone number", label_size="s", width="20", required=False, autocomplete="off"
    )
    nhs_number = TextField(label="NHS number", label_size="s", width="20", required=False, autocomplete="off")

    def __init__(
        self,
        values: Mapping[str, list[str]],
        setting: Setting,
        *,
        others: Others | None = None,
        show_faults: bool = True,
    ) -> None:
        self.others = others or Others()
        super().__init__(values, setting, show_faults=show_faults)

    # --- how the page is laid out ---

    def asked_first(self) -> list[Question]:
        """The questions everybody sees."""
        behind = {*self.besides, *revealed_fields(self)}
        return [self._question(bound) for bound in self if bound.name not in behind]

    def asked_besides(self) -> list[Question]:
        """The questions behind the summary, for somebody who knows more."""
        return [self._question(self[name]) for name in self.besides]

    @property
    def besides_is_open(self) -> bool:
        return any(self[name].errors or self._text(name).strip() for name in self.besides)

    def _question(self, bound: BoundField) -> Question:
        offered = getattr(bound.field, "offered", {}).values()
        names = (bound.name, *(name for choice in offered for name in choice.reveals.split()))
        said = self.notices()
        return Question(bound, names, tuple(said[name] for name in names if name in said))

    def notices(self) -> dict[str, str]:
        """What to point out, by field; empty where there is nothing. None of it stands in the way."""
        today = self.setting.today
        said = {
            "name": about_name(self._text("name")),
            "address": about_address(self._text("address")),
            "nhs_number": about_nhs_number(self._text("nhs_number"), self.whom),
            "upn": about_upn(self._text("upn"), self.whom),
            **{name: self._about_since(name, of) for name, of in SINCE.items()},
            **{name: about_dates(whens_in_lines(self._text(name)), today) for name in IN_LINES},
        }
        return {name: sentence for name, sentence in said.items() if sentence}

    def _about_since(self, name: str, of: str) -> str:
        since = self._text(name).strip()
        if since and not self._text(of).strip():
            return "This is kept only together with what it is about, which is still empty."
        return about_dates([when_said(since)], self.setting.today)

    def _text(self, name: str) -> str:
        """An answer in words as typed; empty if it is not asked here."""
        return str(self[name].value() or "") if name in self.fields else ""

    # --- what may be typed ---

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
        for answer, name in AGE_FIELDS.items():
            if answer != chosen:  # typed under another answer: kept in the draft, and does not count
                self.errors.pop(name, None)
                answers[name] = None
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

    def _typed(self, field_name: str) -> bool:
        names = [field_name, *(f"{field_name}_{part}" for part in ("day", "month", "year"))]
        return any(str(self.data.get(name) or "").strip() for name in names)

    # --- what it comes to ---

    def age_kind(self, otherwise: str) -> str:
        """ "unborn", or "child" when a known age is under 18, or else what their part in it says."""
        answers = self.cleaned_data
        if answers["how_old"] == UNBORN:
            return "unborn"
        born: datetime.date | None = answers.get("born_on")
        years = answers.get("about_age")
        if born is not None:
            today = self.setting.today
            years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return "child" if years is not None and years < ADULT_FROM else otherwise

    def person(self, kind: str, *, address: str, postcode: str | None = None, **more: Any) -> PersonDescribed:
        """Everything typed that holds. What does not is left out, so that a page half typed gives it too."""
        answers = self.cleaned_data
        born = answers.get("born_on")
        return PersonDescribed(
            kind=kind,
            name=answers.get("name", ""),
            other_names=answers.get("other_names", ""),
            born_on=born,
            born_on_is_approximate=born is not None and bool(answers.get(NOT_SURE)),
            about_age=answers.get("about_age"),
            expected_on=answers.get("expected_on"),
            sex=answers.get("sex") or "not_known",
            address=address,
            postcode=postcode_in(address) if postcode is None else postcode,
            telephone=answers.get("telephone", ""),
            **more,
            **told_besides(answers, address),
        )

    def related(self) -> list[tuple[str, int]]:
        """Kind of relationship, and the number of the child to whom, for every one answered."""
        answers = {number: self.cleaned_data.get(related_name(number)) for number in self.others.children}
        return [(kind, number) for number, kind in answers.items() if kind]

    def partner_of(self) -> list[tuple[str, int]]:
        """ "partner" or "former_partner", and the number of the other person; nothing if not answered."""
        kind, _, number = str(self.cleaned_data.get(PARTNER_OF) or "").partition("-")
        return [(kind, int(number))] if number else []

    def since_related(self) -> When:
        """From when until when they have been related so."""
        return when_said(self.cleaned_data.get("related_when", ""))
