"""A child somebody told us about before: chosen from their own contacts, so that nothing is typed again."""

from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from openmash.apps.concerns.queries.heard import is_guarded
from openmash.apps.concerns.queries.lists import mine
from openmash.web.layout.fields import Choice, ChoiceField, QuestionForm
from openmash.web.layout.templatetags.gds import day
from openmash.web.raising.journey import NAMESPACES, START, TOLD_BEFORE, Journey
from openmash.web.raising.keeping import frame_of, keep
from openmash.web.raising.opening import ask_to_sign_in, with_journey
from openmash.web.raising.prefill import only_where_empty
from openmash.web.raising.telling_again import told_in_part
from openmash.web.raising.typed import Values
from openmash.web.raising.views.start import begin

ANOTHER_CHILD = "another_child"


class WhichChildForm(QuestionForm):
    """One of the children on the person's own earlier contacts."""

    child = ChoiceField(
        label="Which child?", page_heading=True, when_empty="Choose a child, or say that it is another one"
    )


def children_told_about(by: Any, now: datetime) -> list[Choice]:
    """Each child once, with the latest contact on which they were told about."""
    choices: dict[object, Choice] = {}
    for contact in mine(by=by, now=now):
        if is_guarded(contact):
            continue
        for part in contact.people:  # type: ignore[attr-defined]
            if part.role != "subject":
                continue
            child = part.description
            who = (child.name.casefold(), child.born_on) if child.name else part.pk
            born = f", born {day(child.born_on)}" if child.born_on else ""
            told = f"You told us on {day(contact.received_at)} ({contact.reference})."
            label = f"{child.name or 'Name not known'}{born}"
            choices.setdefault(who, Choice(f"{contact.pk}:{part.pk}", label, hint=told))
    return list(choices.values())


def which_child(request: HttpRequest, kind: str) -> HttpResponse:
    """Before there is a draft: the choice begins one."""
    now = timezone.now()
    form = _form(request, now)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["child"] == ANOTHER_CHILD:
            return redirect(f"{NAMESPACES[kind]}:start")
        said, page, locality = chosen_child(request, form.cleaned_data["child"], now)
        pages = {
            "child-1": page,
            TOLD_BEFORE: {**said, "child": ["child-1"]},
            START: {"locality": [locality]},
        }
        return begin(request, kind, pages)
    return render(
        request,
        "raising/which_child.html",
        {"form": form, "has_any": _has_any(form), "start_url": reverse(f"{NAMESPACES[kind]}:start")},
    )


@with_journey
def which_child_of_draft(request: HttpRequest, journey: Journey) -> HttpResponse:
    """For a draft already begun: fills what is still empty on the child's page, and keeps what was typed."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    form = _form(request, journey.now)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["child"] == ANOTHER_CHILD:
            keep(request, journey, TOLD_BEFORE, {})
            return redirect(journey.url("task_list"))
        said, told, _locality = chosen_child(request, form.cleaned_data["child"], journey.now)
        number = (journey.numbers("child") or [journey.next_number("child")])[0]
        page = f"child-{number}"
        journey = keep(request, journey, page, only_where_empty(told, journey.values(page)))
        journey = keep(request, journey, TOLD_BEFORE, {**said, "child": [page]})
        return redirect(journey.page_url(page))
    shown = {**frame_of(journey), "form": form, "has_any": _has_any(form)}
    return render(request, "raising/which_child.html", shown)


def _form(request: HttpRequest, now: datetime) -> WhichChildForm:
    form = WhichChildForm(request.POST or None)
    none = Choice(ANOTHER_CHILD, "None of these: it is another child", divider_before="or")
    cast(ChoiceField, form.fields["child"]).offer([*children_told_about(request.user, now), none])
    return form


def _has_any(form: WhichChildForm) -> bool:
    return len(cast(ChoiceField, form.fields["child"]).offered) > 1


def chosen_child(request: HttpRequest, chosen: str, now: datetime) -> tuple[Values, Values, str]:
    """What to keep about the choice, the child's page, and the area. The look is written down."""
    told = told_in_part(chosen, "child-1", by=request.user, now=now)
    if told is None:
        raise Http404
    return told.said, told.page, told.locality
