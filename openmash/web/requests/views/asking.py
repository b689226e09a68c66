"""Asking on account of a contact or case, deciding not to, and needing it no longer."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmash.apps.sharing.actions.asking import Ask, ask_information, withdraw_request
from openmash.apps.sharing.actions.deciding import decide_not_to_ask
from openmash.apps.sharing.actions.keeping import guide_at
from openmash.apps.sharing.guides import family_choices, grounds_for_agency
from openmash.apps.sharing.queries.to_ask import OnRecord, ToAsk, look_to_ask
from openmash.apps.sharing.queries.whom import whom_to_ask
from openmash.web.layout.acting import somebody
from openmash.web.requests.acting import Act, begin, not_possible, respond, respond_on
from openmash.web.requests.forms import AskForm, ReasonForm
from openmash.web.requests.views.reading import Kind


def _opened(request: HttpRequest, on: OnRecord, now: Any) -> ToAsk:
    try:
        return look_to_ask(on, by=somebody(request), now=now, to_ask=True)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, record_id: UUID, kind: Kind) -> HttpResponse:
    """Ask another agency. What rule C16 proposes can be chosen; `wanted` in the address chooses one of it."""
    now, by, on = timezone.now(), somebody(request), OnRecord(kind, record_id)
    found = _opened(request, on, now)
    guide = guide_at(now)
    form = AskForm(
        request.POST or None,
        initial={"wanted": [request.GET.get("wanted", "")]},
        whom=whom_to_ask(by, now),
        wanted=found.wanted,
        details=found.details,
        grounds=grounds_for_agency(by.agency, guide),
        family=family_choices(guide),
    )
    request_id = _number_of(request)

    def do() -> Any:
        given = form.cleaned_data
        agency_id, person_id = form.asked_agency_and_person()
        chosen = Ask(
            asked_agency_id=agency_id,
            asked_person_id=person_id,
            told=tuple(given["told"]),
            questions=form.lines(),
            why=given["why"],
            grounds=tuple(given["grounds"]),
            family=given["family"],
            family_said=given["family_said"],
            by_when=given["by_when"],
            wanted=tuple(given.get("wanted", ())),
        )
        return ask_information(request_id=request_id, on=on, ask=chosen, by=by, now=now)

    return respond(
        Act(
            request=request,
            form=form,
            title="Ask another agency for information",
            button="Send this request",
            do=do,
            done="The request was sent. They find it when they sign in.",
            back=(f"requests:of_{kind}", record_id),
            then=lambda sent: ("requests:request", sent.pk),
            template="requests/ask.html",
            context={"found": found, "request_id": request_id},
        )
    )


def _number_of(request: HttpRequest) -> UUID:
    """The number the page gave the request when it was first shown, so that sending twice asks once."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()


@require_http_methods(["GET", "HEAD", "POST"])
def not_to_ask(request: HttpRequest, record_id: UUID, key: str) -> HttpResponse:
    """Decide not to ask for something that matters and is not known, with a reason."""
    now = timezone.now()
    found = _opened(request, OnRecord("contact", record_id), now)
    back = ("requests:of_contact", record_id)
    wanted = next((each for each in found.wanted if each.key == key), None)
    if wanted is None:
        return not_possible(request, "This has been settled already, or is known by now.", back)
    form = ReasonForm(
        request.POST or None,
        label="Why is nobody asked?",
        hint="For example that you know by now, and how. Not known never counts as no.",
    )
    return respond(
        Act(
            request=request,
            form=form,
            title="Decide not to ask",
            button="Keep this decision",
            do=lambda: decide_not_to_ask(
                contact_id=record_id,
                key=key,
                reason=form.cleaned_data["reason"],
                by=somebody(request),
                now=now,
            ),
            done="Your decision not to ask was kept.",
            back=back,
            context={"caption": found.opened.reference, "about": wanted.question},
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say that it is needed no longer."""
    begun = begin(request, request_id, to="withdraw_request")
    form = ReasonForm(
        request.POST or None, label="Why is it needed no longer?", hint="Whoever was asked reads this."
    )
    return respond_on(
        begun,
        "withdraw_request",
        Act(
            request=request,
            form=form,
            title="Withdraw this request",
            button="Withdraw this request",
            do=lambda: withdraw_request(
                request_id=request_id,
                seen_version=begun.seen_version,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="The request was withdrawn. What left with it stays in the log.",
            back=begun.back,
            context={"caption": begun.opened.reference},
            version=begun.opened.version,
        ),
    )
