"""The pages of questions: each keeps what was typed first, and only then says what cannot be right."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openmash.web.raising.journey import (
    ABOUT_SIGNS,
    FACTS,
    HAPPENING,
    PEOPLE,
    QUESTION,
    SIGNS,
    SINGLE_PAGES,
    START,
    Journey,
)
from openmash.web.raising.keeping import frame_of, keep_posted, say_replaced
from openmash.web.raising.opening import with_journey
from openmash.web.raising.ringing import ring_while_answering
from openmash.web.raising.views.start import after_start

TEMPLATES = {
    START: "raising/about_you.html",
    QUESTION: "raising/question.html",
    HAPPENING: "raising/happening.html",
    SIGNS: "raising/signs.html",
    ABOUT_SIGNS: "raising/about_signs.html",
    FACTS: "raising/facts.html",
}


@with_journey
def page(request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
    """Any of the pages there is one of."""
    if page not in SINGLE_PAGES[journey.kind] or page == PEOPLE:
        raise Http404
    if page == ABOUT_SIGNS and not journey.signs and request.method == "GET":
        return redirect(journey.page_url(SIGNS))
    return question_page(request, journey, page, TEMPLATES[page])


def question_page(
    request: HttpRequest, journey: Journey, page: str, template: str, **more: Any
) -> HttpResponse:
    """Show a page as typed; on a post keep it, then go on if nothing on it is wrong."""
    if request.method != "POST":
        form = journey.form(page, show_faults="check" in request.GET)
        return render(
            request, template, {**frame_of(journey, page), **more, **_of_page(journey, page), "form": form}
        )
    journey, replaced = keep_posted(request, journey, page)
    if replaced:
        say_replaced(request)
    if request.POST.get("_then") == "list":
        return redirect(journey.url("task_list"))
    form = journey.form(page)
    if form.is_valid():
        return redirect(after(journey, page))
    return render(
        request, template, {**frame_of(journey, page), **more, **_of_page(journey, page), "form": form}
    )


def _of_page(journey: Journey, page: str) -> dict[str, Any]:
    rings = page in (START, SIGNS, ABOUT_SIGNS)
    return {"at_once": ring_while_answering(journey, page)} if rings else {}


def after(journey: Journey, page: str) -> str:
    """The address of the page that follows one with nothing wrong on it."""
    if page == START:
        return after_start(journey)
    if page == SIGNS and journey.signs:
        return journey.page_url(ABOUT_SIGNS)
    if journey.is_advice:
        return journey.url("check") if page == ABOUT_SIGNS else journey.url("task_list")
    if page.startswith("person-"):
        return journey.page_url(PEOPLE)
    if page.startswith("child-"):
        return journey.page_url(PEOPLE) if len(journey.numbers("child")) == 1 else journey.url("children")
    follows = {HAPPENING: SIGNS, SIGNS: FACTS, ABOUT_SIGNS: FACTS}
    return journey.page_url(follows[page]) if page in follows else journey.url("check")
