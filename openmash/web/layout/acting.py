"""What every page shares on which somebody does something: who they are, what they saw, and what they typed."""

from collections.abc import Iterator
from typing import Any

from django.forms.boundfield import BoundField
from django.http import HttpRequest

from openmash.web.layout.fields import QuestionForm


def somebody(request: HttpRequest) -> Any:
    """The person asking: nobody reaches these pages without having signed in."""
    return request.user


def version_seen(request: HttpRequest) -> int:
    """The version that was on the page sent; 0, which never was one, when that cannot be read."""
    typed = request.POST.get("seen_version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def answers_in(form: QuestionForm) -> list[tuple[str, str]]:
    """Every question answered, with its answer in the words of the page."""
    answers = []
    for bound in form:
        words = "; ".join(_in_words(bound)) if bound.value() else ""
        if words.strip():
            answers.append((str(bound.label), words))
    return answers


def _in_words(bound: BoundField) -> Iterator[str]:
    given = bound.value()
    offered = getattr(bound.field, "offered", {})
    for each in given if isinstance(given, list) else [given]:
        yield offered[each].label if each in offered else str(each)
