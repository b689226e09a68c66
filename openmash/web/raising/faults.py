"""What stands in the way of sending, each with the page on which it is mended."""

from dataclasses import dataclass

from openmash.apps.concerns.errors import Incomplete
from openmash.web.layout.rendering import first_input_id
from openmash.web.raising.journey import (
    ABOUT_SIGNS,
    FACTS,
    HAPPENING,
    PEOPLE,
    QUESTION,
    SIGNS,
    START,
    Journey,
)

LOOK_AGAIN = "?check=1"
"""Asks a page to say at once what is wrong on it."""


@dataclass(frozen=True)
class Fault:
    """A sentence about what is wrong or missing, and where to go to mend it."""

    text: str
    href: str


def faults_in(journey: Journey) -> list[Fault]:
    """Every fault, in the order of the pages. Empty when it can be sent."""
    found = [fault for page in pages_in_use(journey) for fault in _faults_on(journey, page)]
    if not journey.is_advice and not journey.numbers("child"):
        words = "Say which child you are worried about, even if you know very little"
        found.insert(0, Fault(words, journey.url("child", journey.next_number("child"))))
    return found


def pages_in_use(journey: Journey) -> list[str]:
    """The pages that count: those that must be there, and those on which something was typed."""
    children = [f"child-{number}" for number in journey.numbers("child")]
    people = [f"person-{number}" for number in journey.numbers("person")]
    optional = [page for page in (SIGNS,) if journey.values(page)]
    about = [ABOUT_SIGNS] if journey.signs else []
    if journey.is_advice:
        return [START, QUESTION, *children, *optional, *about]
    facts = [FACTS] if journey.values(FACTS) else []
    return [START, *children, *people, HAPPENING, *optional, *about, *facts]


def _faults_on(journey: Journey, page: str) -> list[Fault]:
    form = journey.form(page)
    where = journey.page_url(page) + LOOK_AGAIN
    found = [Fault(str(error), where) for error in form.non_field_errors()]
    for bound in form:
        found += [Fault(str(error), f"{where}#{first_input_id(bound)}") for error in bound.errors]
    return found


def faults_from(refused: Incomplete, journey: Journey) -> list[Fault]:
    """What the record itself would not take, each with the page where it was typed."""
    return [
        Fault(reason.text, journey.page_url(page_of(reason.field, journey)) + LOOK_AGAIN)
        for reason in refused.reasons
    ]


def page_of(field: str, journey: Journey) -> str:
    """The page on which a field of the account is typed."""
    fixed = {
        "account": HAPPENING,
        "question": QUESTION,
        "child": "child-1",
        "born_on": "child-1",
        "about_age": "child-1",
        "signs": SIGNS,
        "people": PEOPLE,
    }
    if field in fixed:
        return fixed[field]
    return FACTS if field in journey.policy.facts_by_id else ABOUT_SIGNS
