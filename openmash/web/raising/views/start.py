"""The first page, and the page that comes before the form when a child is in danger."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.concerns.actions.drafts import start_draft
from openmash.apps.concerns.codes import new_code
from openmash.apps.concerns.queries.drafts import unfinished_on_this_device
from openmash.apps.concerns.queries.lists import unfinished_drafts
from openmash.apps.directory.queries import localities
from openmash.apps.policy.queries import in_force
from openmash.web.layout.access import public
from openmash.web.layout.times import short_moment
from openmash.web.raising.faults import LOOK_AGAIN
from openmash.web.raising.forms.start import StartForm
from openmash.web.raising.forms.typed_form import Setting
from openmash.web.raising.holding import codes_held, hold
from openmash.web.raising.journey import ADVICE, NAMESPACES, QUESTION, START, Journey
from openmash.web.raising.keeping import frame_of, say_replaced
from openmash.web.raising.opening import with_journey
from openmash.web.raising.ringing import NOTHING_YET, ring_first, ring_only
from openmash.web.raising.typed import Values, first, typed_in


@public
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Is a child in danger now? And, for whoever has no account, who are you?"""
    if request.method == "POST":
        values, replaced = typed_in(request.POST)
        if replaced:
            say_replaced(request)
        return begin(request, kind, {START: values})
    now = timezone.now()
    policy = in_force(now).policy
    places = tuple((str(place.pk), place.name) for place in localities())
    setting = Setting(
        policy=policy,
        today=timezone.localdate(now),
        signed_in=request.user.is_authenticated,
        localities=places,
    )
    form = StartForm(usual_answers(request), setting, show_faults=False)
    shown = {"form": form, "kind": kind, "is_advice": kind == ADVICE, "namespace": NAMESPACES[kind]}
    shown["at_once"] = NOTHING_YET
    return render(
        request,
        "raising/start.html",
        {**shown, "ring": ring_only(policy), "unfinished": unfinished(request, kind)},
    )


def usual_answers(request: HttpRequest) -> Values:
    """Somebody at work usually tells of a child of their own area."""
    if not request.user.is_authenticated:
        return {}
    return {"locality": [str(request.user.agency.locality_id)]}


def unfinished(request: HttpRequest, kind: str) -> list[dict[str, Any]]:
    """Drafts to go on with. Without an account no name is shown: others may use the same browser."""
    now = timezone.now()
    by = request.user if request.user.is_authenticated else None
    drafts = unfinished_drafts(by=by) if by is not None else unfinished_on_this_device(codes_held(request))
    listed = []
    for draft in drafts:
        if draft.kind != kind:
            continue
        journey = Journey(draft=draft, signed_in=by is not None, now=now, today=timezone.localdate(now))
        names = [first(journey.values(f"child-{number}"), "name") for number in journey.numbers("child")]
        listed.append(
            {
                "named": ", ".join(name for name in names if name) if by is not None else "",
                "saved": short_moment(draft.saved_at, now),
                "href": journey.url("task_list"),
                "delete": journey.url("delete"),
            }
        )
    return listed


def begin(request: HttpRequest, kind: str, pages: dict[str, Values]) -> HttpResponse:
    """Begin a draft with these pages, and go on to whatever comes next."""
    now = timezone.now()
    by = request.user if request.user.is_authenticated else None
    code = new_code() if by is None else ""
    draft = start_draft(kind=kind, by=by, code=code, pages=pages, now=now)
    journey = Journey(draft=draft, signed_in=by is not None, now=now, today=timezone.localdate(now))
    response = redirect(after_start(journey))
    if by is None:
        hold(request, response, draft.pk, code)
        # A session of its own from the first page on: whoever used this browser before cannot know its key,
        # and a second click on Send finds in it what the first one was told.
        request.session.cycle_key()
        request.session["drafting"] = True
    return response


def after_start(journey: Journey) -> str:
    """Where the first page leads: to itself while it has faults, to the telephone, or on."""
    if not journey.form(START).is_valid():
        return journey.page_url(START) + LOOK_AGAIN
    if first(journey.values(START), "in_danger") == "yes":
        return journey.url("ring_first")
    return journey.page_url(QUESTION) if journey.is_advice else journey.url("task_list")


@with_journey
def ring_first_page(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The telephone numbers, large; the form comes second."""
    onwards = journey.page_url(QUESTION) if journey.is_advice else journey.url("task_list")
    shown = {
        **frame_of(journey),
        "ring": ring_first(journey),
        "onwards": onwards,
        "back_url": journey.page_url(START),
    }
    return render(request, "raising/ring_first_page.html", shown)
