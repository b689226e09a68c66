"""Children about whom a person answers: putting a shield on, seeing those of one's own agency, ending one."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmash.apps.concerns.actions.shielding import shield_child
from openmash.apps.concerns.queries.shields import look_at_shields, look_to_shield
from openmash.apps.concerns.queries.to_ask import contact_of_reference
from openmash.apps.private_asking.errors import CannotBeShielded
from openmash.web.asking.forms import EndShieldForm, FindCaseToShieldForm, ShieldForm, child_in_words
from openmash.web.layout.acting import somebody

NOT_FOUND = "There is no concern of this reference that you may open for this. Check the reference."


@require_http_methods(["GET", "HEAD", "POST"])
def shields(request: HttpRequest) -> HttpResponse:
    """The shields of one's own agency, and the way to a child to shield."""
    now, by = timezone.now(), somebody(request)
    kept = look_at_shields(by=by, now=now)
    form = FindCaseToShieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = contact_of_reference(form.cleaned_data["reference"], verb="shield", by=by, now=now)
        if found is not None:
            return redirect("asking:put_on", found)
        form.add_error("reference", NOT_FOUND)
    shown = [(each, child_in_words(each.child)) for each in kept.shielded]
    return render(request, "asking/shields.html", {"form": form, "shields": kept, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def put_on(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Decide that a person answers about a child of this concern."""
    now, by = timezone.now(), somebody(request)
    try:
        case = look_to_shield(contact_id, by=by, now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    form = ShieldForm(request.POST or None, children=case.children)
    if request.method == "POST" and form.is_valid():
        try:
            shield_child(
                description_id=UUID(form.cleaned_data["child"]),
                shielded=True,
                reason=form.cleaned_data["reason"],
                by=by,
                now=now,
            )
        except CannotBeShielded as cannot:
            form.add_error(None, cannot.reason)
        else:
            return redirect("asking:shields")
    return render(request, "asking/put_on.html", {"form": form, "case": case})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, description_id: UUID) -> HttpResponse:
    """Decide that one's own agency no longer needs a person to answer about a child."""
    now, by = timezone.now(), somebody(request)
    kept = look_at_shields(by=by, now=now)
    found = next((each for each in kept.shielded if each.child.id == description_id), None)
    if found is None:
        raise Http404
    form = EndShieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shield_child(
                description_id=description_id,
                shielded=False,
                reason=form.cleaned_data["reason"],
                by=by,
                now=now,
            )
        except CannotBeShielded as cannot:
            form.add_error(None, cannot.reason)
        else:
            return redirect("asking:shields")
    context = {"form": form, "each": found, "child": child_in_words(found.child)}
    return render(request, "asking/end_shield.html", context)
