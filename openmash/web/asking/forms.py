"""The questions of this part: about which child, whom to ask, and what for."""

from collections.abc import Iterable
from typing import Any

from openmash.apps.concerns.queries.to_ask import ChildToAsk
from openmash.apps.private_asking.purposes import Purpose
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
)
from openmash.engines.matching.identifiers import postcode, why_not_nhs_number
from openmash.web.layout import fields

OLDEST = 25


class FindCaseForm(fields.QuestionForm):
    """On whose account somebody asks."""

    reference = fields.TextField(
        label="Which concern do you ask about?",
        help_text="Its reference, such as C-4K7P-29XM. You can only ask on account of a concern.",
        when_empty="Enter the reference of the concern",
        width="20",
    )


class FindCaseToShieldForm(fields.QuestionForm):
    """On which concern the child to shield is described."""

    reference = fields.TextField(
        label="On which concern is the child described?",
        help_text="Its reference, such as C-4K7P-29XM.",
        when_empty="Enter the reference of the concern",
        width="20",
    )


class ShieldForm(fields.QuestionForm):
    """About which child a person answers from now on, and why."""

    child = fields.ChoiceField(
        label="About which child should a person answer?", when_empty="Choose the child", small=True
    )
    reason = fields.LongTextField(
        label="Why?",
        help_text="Those who lead your agency can read this. Do not write where the child lives.",
        when_empty="Say why a person should answer",
    )

    def __init__(self, *args: Any, children: Iterable[ChildToAsk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        child: Any = self.fields["child"]
        child.offer((str(each.id), child_in_words(each)) for each in children)


class EndShieldForm(fields.QuestionForm):
    """Why a person need no longer answer."""

    reason = fields.LongTextField(
        label="Why is it no longer needed?", when_empty="Say why it is no longer needed"
    )


class AskForm(fields.QuestionForm):
    """Whom to ask and what for."""

    asked = fields.SelectField(label="Which agency do you want to ask?", when_empty="Choose an agency")
    purpose = fields.ChoiceField(
        label="What is it for?",
        help_text="It is kept with your name and the reference of the concern.",
        when_empty="Choose what it is for",
        choices=[(each.value, each.words) for each in Purpose],
        small=True,
    )

    def __init__(self, *args: Any, agencies: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["asked"]
        asked.offer((str(each.pk), f"{each.name} ({each.locality})") for each in agencies)


class DescribedChildForm(AskForm):
    """About a child described on the concern."""

    child = fields.ChoiceField(
        label="About which child?", when_empty="Choose the child you ask about", small=True
    )
    field_order = ["child", "asked", "purpose"]

    def __init__(self, *args: Any, children: Iterable[ChildToAsk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        child: Any = self.fields["child"]
        child.offer((str(each.id), child_in_words(each)) for each in children)


class TypedChildForm(AskForm):
    """About a child whose description is typed for this question alone, and not kept."""

    name = fields.TextField(
        label="Name of the child",
        help_text="Given names and family name, as far as you know them.",
        when_empty="Enter the name of the child",
    )
    other_name = fields.TextField(label="Another name or spelling (optional)", label_size="s", required=False)
    born_on = fields.DateField(label="Date of birth (if you know it)", what="Date of birth", required=False)
    about_age = fields.TextField(
        label="Otherwise: about how old, in years?", label_size="s", required=False, width="3"
    )
    postcode = fields.TextField(label="Postcode (optional)", label_size="s", required=False, width="10")
    parent = fields.TextField(label="Name of a parent or carer (optional)", label_size="s", required=False)
    nhs_number = fields.TextField(label="NHS number (optional)", label_size="s", required=False, width="20")
    field_order = [
        "name", "other_name", "born_on", "about_age", "postcode", "parent", "nhs_number", "asked", "purpose",
    ]  # fmt: skip

    def clean_about_age(self) -> int | None:
        typed: str = self.cleaned_data["about_age"].strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and int(typed) <= OLDEST):
            self.add_error("about_age", f"Enter an age in whole years, from 0 to {OLDEST}")
            return None
        return int(typed)

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"].strip()
        if typed and postcode(typed) is None:
            self.add_error("postcode", "Enter a whole postcode, such as NF1 2AB, or leave it empty")
        return typed

    def clean_nhs_number(self) -> str:
        typed: str = self.cleaned_data["nhs_number"].strip()
        why_not = why_not_nhs_number(typed) if typed else ""
        if why_not:
            self.add_error("nhs_number", why_not)
        return typed

    def described(self) -> DescribedPerson:
        """The child as typed. It lives as long as the request."""
        given = self.cleaned_data
        number = Identifier(IdentifierKind.NHS_NUMBER, given["nhs_number"])
        return DescribedPerson(
            names=tuple(PersonName(each) for each in (given["name"], given["other_name"]) if each.strip()),
            born=Born(on=given["born_on"], age_years=None if given["born_on"] else given["about_age"]),
            addresses=(Address(postcode=given["postcode"]),) if given["postcode"] else (),
            parents=(PersonName(given["parent"]),) if given["parent"].strip() else (),
            identifiers=(number,) if given["nhs_number"] else (),
        )


def child_in_words(child: ChildToAsk) -> str:
    """A child as the concern describes them, enough to tell them from their brothers and sisters."""
    name = child.name.strip() or "Name not known"
    if child.born_on is not None:
        return f"{name}, born {child.born_on:%-d %B %Y}"
    if child.about_age is not None:
        return f"{name}, about {child.about_age}"
    return f"{name}, age not known"
