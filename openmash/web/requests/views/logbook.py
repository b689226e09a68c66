"""What left one's agency and what did not, and writing down either without having been asked here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openmash.apps.sharing.actions.deciding import write_down_not_shared, write_down_shared
from openmash.apps.sharing.actions.keeping import guide_at
from openmash.apps.sharing.guides import grounds_for_agency
from openmash.apps.sharing.queries.log import look_at_log
from openmash.web.layout.acting import somebody
from openmash.web.requests.acting import Act, respond
from openmash.web.requests.forms import WriteDownForm


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """For those who lead an agency all of it; for others what they wrote down or sent themselves."""
    return render(
        request, "requests/log.html", {"log": look_at_log(by=somebody(request), now=timezone.now())}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest) -> HttpResponse:
    """One short page for both: I shared it, and I did not."""
    now, by = timezone.now(), somebody(request)
    form = WriteDownForm(request.POST or None, grounds=grounds_for_agency(by.agency, guide_at(now)))

    def do() -> object:
        given = form.cleaned_data
        common = {"about": given["about"], "with_whom": given["with_whom"], "what": given["what"]}
        if given["decided"] == "shared":
            return write_down_shared(**common, grounds=tuple(given["grounds"]), by=by, now=now)
        return write_down_not_shared(**common, reason=given["reason"], by=by, now=now)

    return respond(
        Act(
            request=request,
            form=form,
            title="Write down what you shared, or decided not to share",
            button="Keep this",
            do=do,
            done="It was kept. You and whoever leads safeguarding in your agency can read it.",
            back=("requests:log",),
            template="requests/write_down.html",
        )
    )
