"""One draft on its way to being sent: its pages, as typed, and the forms that read them."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime as Moment
from functools import cached_property
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from openmash.apps.directory.queries import localities
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy, Sign
from openmash.web.raising.forms.facts import FactsForm
from openmash.web.raising.forms.happening import HappeningForm, QuestionForm
from openmash.web.raising.forms.people import ChildForm, OthersForm, PersonForm
from openmash.web.raising.forms.person import Others
from openmash.web.raising.forms.signs import AboutSignsForm, SignsForm, chosen_signs
from openmash.web.raising.forms.start import StartForm
from openmash.web.raising.forms.typed_form import Setting, TypedForm
from openmash.web.raising.typed import Values, first

CONCERN, ADVICE = "concern", "advice"
NAMESPACES = {CONCERN: "raising", ADVICE: "advice"}

START, QUESTION, HAPPENING = "start", "question", "happening"
SIGNS, ABOUT_SIGNS, FACTS, PEOPLE = "signs", "about-signs", "facts", "people"
LIST, CHECK = "list", "check"
"""Two pages on which nothing is typed."""

TOLD_BEFORE = "told-before"
"""The page that keeps which earlier contact is about the same child."""

FORMS: dict[str, type[TypedForm]] = {
    START: StartForm,
    QUESTION: QuestionForm,
    HAPPENING: HappeningForm,
    SIGNS: SignsForm,
    FACTS: FactsForm,
    PEOPLE: OthersForm,
}
SINGLE_PAGES = {
    CONCERN: (START, HAPPENING, SIGNS, ABOUT_SIGNS, FACTS, PEOPLE),
    ADVICE: (START, QUESTION, SIGNS, ABOUT_SIGNS),
}
NUMBERED = {CONCERN: ("child", "person"), ADVICE: ("child",)}
MOST_PEOPLE = 200
"""More people than any concern can have; a limit for addresses typed by hand, not for families."""


class Draft(Protocol):
    """What the pages need of a draft."""

    pk: UUID
    kind: str
    pages: Mapping[str, Mapping[str, Sequence[str]]]
    policy_id: int
    saves: int
    saved_at: Moment
    arose_from_id: UUID | None
    sent_as_id: UUID | None
    discarded_at: Moment | None


@dataclass(frozen=True)
class Journey:
    """A draft, with everything its pages are drawn from. `signed_in` is about whoever is writing now."""

    draft: Draft
    signed_in: bool
    now: Moment
    today: datetime.date

    @property
    def kind(self) -> str:
        return self.draft.kind

    @property
    def is_advice(self) -> bool:
        return self.draft.kind == ADVICE

    @cached_property
    def policy(self) -> Policy:
        """The version the draft was begun with, whatever has been adopted since."""
        return adopted(self.draft.policy_id).policy

    @cached_property
    def setting(self) -> Setting:
        places = tuple((str(place.pk), place.name) for place in localities())
        return Setting(policy=self.policy, today=self.today, signed_in=self.signed_in, localities=places)

    def url(self, name: str, *args: object) -> str:
        """The address of one of this draft’s pages."""
        return reverse(f"{NAMESPACES[self.kind]}:{name}", args=[self.draft.pk, *args])

    def page_url(self, page: str) -> str:
        """The address of a page by the name under which it is kept."""
        name, _, number = page.partition("-")
        if number.isdecimal():
            return self.url(name, int(number))
        return self.url(PEOPLE) if page == PEOPLE else self.url("page", page)

    def has_page(self, page: str) -> bool:
        """Whether this kind of draft can have a page of this name."""
        numbered = re.fullmatch(r"(child|person)-([1-9][0-9]{0,2})", page)
        if numbered:
            return numbered[1] in NUMBERED[self.kind] and int(numbered[2]) <= MOST_PEOPLE
        return page in SINGLE_PAGES[self.kind]

    def values(self, page: str) -> Values:
        """What was typed on a page; empty if nothing ever was."""
        return {name: list(typed) for name, typed in self.draft.pages.get(page, {}).items()}

    def is_about_a_person(self, page: str) -> bool:
        """Whether a page of this draft is about one child or one other person."""
        return page.partition("-")[0] in ("child", "person") and self.has_page(page)

    def form(self, page: str, *, show_faults: bool = True) -> TypedForm:
        """The form that reads a page."""
        return self.form_of(page, self.values(page), show_faults=show_faults)

    def form_of(self, page: str, values: Values, *, show_faults: bool = True) -> TypedForm:
        """The form of a page, over values that need not have been kept yet."""
        if page == ABOUT_SIGNS:
            return AboutSignsForm(values, self.setting, signs=self.signs, show_faults=show_faults)
        if page.startswith("child-"):
            return ChildForm(values, self.setting, others=self.others_than(page), show_faults=show_faults)
        if page.startswith("person-"):
            return PersonForm(values, self.setting, others=self.others_than(page), show_faults=show_faults)
        return FORMS[page](values, self.setting, show_faults=show_faults)

    def numbers(self, kind: str) -> list[int]:
        """The numbers of the children or other people told about, in order. A removed one leaves a gap."""
        found = (
            re.fullmatch(rf"{kind}-([1-9][0-9]{{0,2}})", page)
            for page, typed in self.draft.pages.items()
            if typed
        )
        return sorted(int(match[1]) for match in found if match)

    def others_than(self, page: str) -> Others:
        """Whom somebody may be related to: a child to the children before it, another person to everybody.

        Each pair of children is asked about once, on the page of the later one.
        """
        kind, _, number = page.partition("-")
        if kind == "child":
            earlier = [each for each in self.numbers("child") if each < int(number)]
            return Others(children=self._named("child", earlier))
        children = self.numbers("child") or ([] if self.is_advice else [self.next_number("child")])
        people = [each for each in self.numbers("person") if each != int(number)]
        return Others(self._named("child", children), self._named("person", people))

    def _named(self, kind: str, numbers: Sequence[int]) -> dict[int, str]:
        return {number: first(self.values(f"{kind}-{number}"), "name") for number in numbers}

    def next_number(self, kind: str) -> int:
        """A number never used before, so that a removed person's words are not laid over."""
        used = (re.fullmatch(rf"{kind}-([0-9]+)", page) for page in self.draft.pages)
        return max((int(match[1]) for match in used if match), default=0) + 1

    @cached_property
    def signs(self) -> list[Sign]:
        """The chosen signs this version knows, worries before strengths, each in the policy's order."""
        chosen = set(chosen_signs(self.values(SIGNS)))
        known = [sign for sign in self.policy.signs if sign.id in chosen]
        return sorted(known, key=lambda sign: sign.protective)
