"""What has been answered, with the ways to change it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from openmash.engines.sharing import Answers, Guide, sensible


@dataclass(frozen=True)
class Answered:
    """A question, what was answered, and where to answer it anew."""

    title: str
    label: str
    change: str


def address_of(given: Answers, *, without: str = "") -> str:
    """The page that these answers lead to; `without` leaves one of them out, and so asks it again."""
    query = urlencode({question: answer for question, answer in given.items() if question != without})
    return f"{reverse('sharing:questions')}?{query}" if query else reverse("sharing:questions")


def answered(guide: Guide, given: Answers) -> list[Answered]:
    """What was answered so far, in the order in which it was asked."""
    kept = sensible(guide, given)
    lines = []
    for question in guide.questions:
        if question.id in kept:
            label = next(each.label for each in question.choices if each.id == kept[question.id])
            lines.append(Answered(question.title, label, address_of(given, without=question.id)))
    return lines


def back_to(guide: Guide, given: Answers) -> str:
    """The question before, or the first page."""
    kept = sensible(guide, given)
    return address_of(kept, without=list(kept)[-1]) if kept else reverse("sharing:start")
