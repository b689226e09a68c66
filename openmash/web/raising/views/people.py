"""The children a concern is about and the other people in it: listed, added, changed, taken away."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from openmash.apps.concerns.queries.wording import roles
from openmash.web.raising.check import age_shown
from openmash.web.raising.forms.people import OthersForm
from openmash.web.raising.forms.person import PersonQuestions
from openmash.web.raising.journey import HAPPENING, PEOPLE, TOLD_BEFORE, Journey
from openmash.web.raising.keeping import frame_of, keep, keep_posted, say_replaced
from openmash.web.raising.known import known_on
from openmash.web.raising.opening import with_journey
from openmash.web.raising.typed import Values, first, typed_in
from openmash.web.raising.views.pages import question_page


@with_journey
def child(request: HttpRequest, journey: Journey, number: int) -> HttpResponse:
    """One child, as far as anybody knows."""
    return _one(request, journey, "child", number, "raising/child.html")


@with_journey
def person(request: HttpRequest, journey: Journey, number: int) -> HttpResponse:
    """One other person, and their part in this."""
    return _one(request, journey, "person", number, "raising/person.html")


def _one(request: HttpRequest, journey: Journey, kind: str, number: int, template: str) -> HttpResponse:
    page = f"{kind}-{number}"
    if not journey.has_page(page):
        raise Http404
    told_before = journey.values(TOLD_BEFORE)
    same = first(told_before, "child") == page and first(told_before, "contact") != ""
    response = question_page(
        request,
        journey,
        page,
        template,
        number=number,
        others=[n for n in journey.numbers(kind) if n != number],
        said_same=first(told_before, "said") if same else "",
        **_known(request, journey, page),
    )
    if response.status_code == 302 and "_looked" not in request.POST:
        point_out(request, journey, page, typed_in(request.POST)[0])
    return response


def _known(request: HttpRequest, journey: Journey, page: str) -> dict[str, Any]:
    """The panel as the page is drawn; where a script fills it while somebody types, and where its buttons lead."""
    urls = {"known_url": journey.url("known", page), "use_url": journey.url("use_known", page)}
    return {**urls, "known": known_on(request, journey, page)} if request.method == "GET" else urls


def point_out(request: HttpRequest, journey: Journey, page: str, values: Values) -> None:
    """For whoever had no script to show it on the page itself: said on top of the next page."""
    form = cast(PersonQuestions, journey.form_of(page, values))
    name = first(values, "name") or "Name not known"
    notices = list(form.notices().values())
    if notices:
        messages.warning(
            request, _with_link(f"{name}: {' '.join(notices)}", "Change it", journey.page_url(page))
        )
    known = known_on(request, journey, page, values)
    if known.lines or known.ask_in:
        messages.info(
            request, _with_link(f"{name}: {known.heading}.", "Look at it", f"{journey.page_url(page)}#known")
        )


def _with_link(words: str, link: str, href: str) -> SafeString:
    return format_html('{} <a class="govuk-notification-banner__link" href="{}">{}</a>', words, href, link)


@with_journey
def children(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The children it is about."""
    listed = listed_people(journey, "child")
    if not listed:
        return redirect(journey.url("child", journey.next_number("child")))
    add = journey.url("child", journey.next_number("child"))
    onwards = journey.url("task_list") if journey.is_advice else journey.page_url(PEOPLE)
    shown = {**frame_of(journey), "people": listed, "add": add, "onwards": onwards}
    return render(request, "raising/children.html", shown)


@with_journey
def people(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Everybody else, and whether there is anybody more."""
    if not journey.has_page(PEOPLE):
        raise Http404
    show_faults = "check" in request.GET
    if request.method == "POST":
        journey, replaced = keep_posted(request, journey, PEOPLE)
        if replaced:
            say_replaced(request)
        if request.POST.get("_then") == "list":
            return redirect(journey.url("task_list"))
        answer = first(journey.values(PEOPLE), "another")
        if answer == "yes":
            return redirect(journey.url("person", journey.next_number("person")))
        if answer in ("no", "not_known"):
            return redirect(journey.page_url(HAPPENING))
        show_faults = True
    listed = listed_people(journey, "person")
    form = journey.form(PEOPLE, show_faults=show_faults)
    if listed and not show_faults and form["another"].value() == "yes":
        form = OthersForm({}, journey.setting, show_faults=False)  # that person is there now: ask afresh
    if listed:
        form.fields["another"].label = "Is there anybody else?"
    return render(
        request, "raising/people.html", {**frame_of(journey, PEOPLE), "people": listed, "form": form}
    )


@with_journey
def remove(request: HttpRequest, journey: Journey, of: str, number: int) -> HttpResponse:
    """Take somebody off the draft, after asking once."""
    page = f"{of}-{number}"
    if not journey.has_page(page) or not journey.values(page):
        raise Http404
    back = journey.url("children") if of == "child" else journey.page_url(PEOPLE)
    if request.method == "POST":
        keep(request, journey, page, {})
        return redirect(back)
    name = first(journey.values(page), "name") or "this person, whose name is not known"
    return render(request, "raising/remove.html", {**frame_of(journey), "name": name, "back": back})


def listed_people(journey: Journey, kind: str) -> list[dict[str, Any]]:
    """Each with what a list shows: name, part, age, and where to change it or take it away."""
    labels = {role.value: role.label for role in roles()}
    listed = []
    for number in journey.numbers(kind):
        values = journey.values(f"{kind}-{number}")
        form = journey.form(f"{kind}-{number}")
        listed.append(
            {
                "name": first(values, "name") or "Name not known",
                "part": labels.get(first(values, "role"), "") if kind == "person" else "",
                "age": age_shown(form),  # type: ignore[arg-type]
                "is_right": form.is_valid(),
                "change": journey.url(kind, number),
                "remove": journey.url(f"remove_{kind}", number),
            }
        )
    return listed
