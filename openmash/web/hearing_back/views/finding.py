"""Reading an answer without an account: by the reference and code given when it was sent."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openmash.apps.concerns.actions.proving import NOT_TOGETHER, prove_by_code
from openmash.apps.policy.queries import phones
from openmash.web.hearing_back.forms import FindForm
from openmash.web.hearing_back.proofs import forget, remember
from openmash.web.hearing_back.tries import counted_try
from openmash.web.layout.access import public
from openmash.web.layout.wall import proved

ELSEWHERE = "https://www.bbc.co.uk/weather"


@public
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and code. Neither is ever part of an address, where a browser would keep it."""
    form = FindForm(request.POST or None)
    status = 200
    if request.method == "POST" and not request.user.is_authenticated:
        status = 422
        if form.is_valid():
            found = _tried(request, form)
            if found is not None:
                return found
            status = 429 if form.has_error(NON_FIELD_ERRORS, "too_many") else 422
    context = {"form": form, "phones": phones(timezone.now()), "proven": sorted(proved(request))}
    return render(request, "hearing_back/find.html", context, status=status)


def _tried(request: HttpRequest, form: FindForm) -> HttpResponse | None:
    reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
    with counted_try(request, reference) as one_try:
        if not one_try.is_allowed:
            form.too_many_tries(phones(timezone.now()))
            return None
        contact_id = prove_by_code(reference=reference, code=code, now=timezone.now(), path=request.path)
        one_try.was_right = contact_id is not None
    if contact_id is None:
        form.add_error(None, NOT_TOGETHER)
        return None
    remember(request, contact_id)
    return redirect("hearing_back:contact", contact_id)


@public
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Whoever uses this computer next must not be able to open it."""
    forget(request)
    messages.success(request, "You have finished. It cannot be opened on this device again without the code.")
    return redirect("hearing_back:find")


@public
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave at once for a page that says nothing, with nothing left open here."""
    forget(request)
    return HttpResponseRedirect(ELSEWHERE)
