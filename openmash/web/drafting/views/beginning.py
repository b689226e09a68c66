"""Beginning a new version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.policy.actions import drafting
from openmash.apps.policy.errors import DraftMoveNotPossible
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import versions
from openmash.apps.policy.queries.drafts import draft_named
from openmash.engines.thresholds import PolicyErrors
from openmash.web.drafting.faults import at_the_top
from openmash.web.drafting.forms.other import BeginForm
from openmash.web.drafting.opening import somebody
from openmash.web.layout.fields import Choice
from openmash.web.layout.templatetags.gds import day


def begin_draft(request: HttpRequest) -> HttpResponse:
    """Begin a new version from the one in force, or from one that is to come."""
    now, by = timezone.localtime(), somebody(request)
    permitted("begin_draft", "policy", "", by=by, now=now)
    offered = [
        Choice(
            str(each.pk),
            f"Version {each.version}",
            hint=f"{'Applies from' if each.is_to_come(now) else 'In force since'} {day(each.in_force_from)}",
        )
        for each in versions()
        if each.is_in_force(now) or each.is_to_come(now)
    ]
    # With two to choose from nobody should begin from the wrong one by not looking.
    initial = {"based_on": offered[0].value} if len(offered) == 1 else {}
    form = BeginForm(request.POST or None, initial=initial)
    based_on = form.fields["based_on"]
    based_on.offer(offered)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        based_on_id, version = int(form.cleaned_data["based_on"]), form.cleaned_data["version"]
        try:
            made = drafting.begin_draft(based_on_id=based_on_id, version=version, by=by, now=now)
        except DraftMoveNotPossible as refused:
            begun = draft_named(version, based_on_id, by=by, now=now)
            if begun is not None:
                messages.info(request, f"You have already begun version {version.strip()}. Here it is.")
                return redirect("drafting:draft", begun)
            form.add_error(refused.field or None, refused.reason)
        except PolicyErrors as wrong:
            at_the_top(form, wrong.errors)
        else:
            messages.success(
                request, f"Begun. Version {made.version} is yours and your colleagues’ to write."
            )
            return redirect("drafting:draft", made.pk)
    return render(request, "drafting/begin_draft.html", {"form": form, "offered": offered})
