"""The parts of a draft, and how far each has come, worked out from what is typed."""

from dataclasses import dataclass

from openmash.web.raising.forms.facts import facts_asked
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
from openmash.web.raising.typed import first, says_something

NOT_STARTED, IN_PROGRESS, COMPLETE = "Not started", "In progress", "Complete"


@dataclass(frozen=True)
class Task:
    """One line of the list."""

    title: str
    href: str
    status: str
    hint: str = ""

    @property
    def is_complete(self) -> bool:
        return self.status == COMPLETE

    @property
    def is_begun(self) -> bool:
        return self.status != NOT_STARTED


def tasks_of(journey: Journey) -> list[Task]:
    """Every part, in the order in which the pages follow each other."""
    signs = [_signs(journey), *([_about_signs(journey)] if journey.signs else [])]
    if journey.is_advice:
        question = Task("Your question", journey.page_url(QUESTION), _status(journey, QUESTION))
        return [_start(journey), question, _children(journey), *signs]
    return [
        _start(journey),
        _children(journey),
        _people(journey),
        _happening(journey),
        *signs,
        _facts(journey),
    ]


def _status(journey: Journey, *pages: str) -> str:
    if not any(says_something(journey.values(page)) for page in pages):
        return NOT_STARTED
    return COMPLETE if all(journey.form(page).is_valid() for page in pages) else IN_PROGRESS


def _start(journey: Journey) -> Task:
    title = "Danger now, and the area" if journey.signed_in else "Danger now, and who you are"
    return Task(title, journey.page_url(START), _status(journey, START))


def _children(journey: Journey) -> Task:
    numbers = journey.numbers("child")
    optional = "You do not have to name a child" if journey.is_advice else ""
    if not numbers:
        return Task("The child", journey.url("child", journey.next_number("child")), NOT_STARTED, optional)
    right = all(journey.form(f"child-{number}").is_valid() for number in numbers)
    names = [first(journey.values(f"child-{number}"), "name") or "Name not known" for number in numbers]
    title = "The child" if len(numbers) == 1 else "The children"
    return Task(title, journey.url("children"), COMPLETE if right else IN_PROGRESS, ", ".join(names))


def _people(journey: Journey) -> Task:
    numbers = journey.numbers("person")
    right = all(journey.form(f"person-{number}").is_valid() for number in numbers)
    answered = first(journey.values(PEOPLE), "another")
    status = NOT_STARTED
    if numbers or answered:
        status = COMPLETE if right and (numbers or answered != "yes") else IN_PROGRESS
    hint = "Parents, carers, other children and anybody else"
    if numbers:
        hint = "1 person" if len(numbers) == 1 else f"{len(numbers)} people"
    return Task("Other people", journey.url(PEOPLE), status, hint)


def _happening(journey: Journey) -> Task:
    values = journey.values(HAPPENING)
    asked = ("seen", "spoken_to", "parents_know")
    status = _status(journey, HAPPENING)
    if status == COMPLETE and not all(first(values, name) for name in asked):
        status = IN_PROGRESS
    return Task("What is happening", journey.page_url(HAPPENING), status, "In your own words")


def _signs(journey: Journey) -> Task:
    chosen = len(journey.signs)
    hint = f"{chosen} chosen" if chosen else "From the published threshold"
    return Task("Signs you have noticed", journey.page_url(SIGNS), _status(journey, SIGNS), hint)


def _about_signs(journey: Journey) -> Task:
    return Task("How you know of each sign", journey.page_url(ABOUT_SIGNS), _status(journey, ABOUT_SIGNS))


def _facts(journey: Journey) -> Task:
    values, form = journey.values(FACTS), journey.form(FACTS)
    answered = sum(1 for fact in facts_asked(journey.policy) if first(values, fact.id))
    status = NOT_STARTED
    if answered:
        status = COMPLETE if form.is_valid() and answered == len(form.fields) else IN_PROGRESS
    return Task("A few questions", journey.page_url(FACTS), status, "Yes, no or not known")
