"""What happens to every request: nothing is kept by browsers, refusals are recorded, and pages are closed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import KEPT_OUT
from openmash.apps.audit.actions import record_refusal
from openmash.web.layout.access import is_public
from openmash.web.layout.errors import signed_out

Respond = Callable[[HttpRequest], HttpResponse]


class NeverKeptByBrowsers:
    """Computers are shared in schools and surgeries: the Back button must not show what was read."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response


class NothingIsAtAddressesWithNul:
    """An address with the character NUL leads nowhere: the database cannot look for it, and no page has one."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return self.get_response(request)


class RefusalsAreRecorded:
    """Turns `Refused`, raised anywhere in a view, into a page with its reason and a line in the audit log.

    By the time this runs, whatever the view had written has been rolled back; the line is written after that.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        by = request.user if request.user.is_authenticated else None
        record_refusal(by=by, refusal=exception, now=timezone.now(), path=request.path)
        kept_out_of = exception.subject_id if exception.reason == KEPT_OUT else ""
        context = {"reason": exception.reason, "kept_out_of": kept_out_of}
        return render(request, "403.html", context, status=403)


class DenyByDefault:
    """Lets nobody reach a view without signing in, unless the view is marked `@public`."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_public(view) or request.user.is_authenticated:
            return None
        if request.method == "POST":
            return signed_out(request)  # going to the sign-in page would lose what was typed
        return redirect_to_login(request.get_full_path())
