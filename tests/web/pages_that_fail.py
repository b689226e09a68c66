"""Addresses whose views go wrong in each of the ways a view can, for test_layout_refusals."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record
from openmash.web.layout.access import public

WHY = "You may not see this: it is about somebody you work with."


def refuse(request: HttpRequest) -> HttpResponse:
    record(by=None, verb="began", subject_kind="test", subject_id="1", ground="x", now=timezone.now())
    raise Refused(WHY, verb="open", subject_kind="contact", subject_id="42")


def crash(request: HttpRequest) -> HttpResponse:
    record(by=None, verb="began", subject_kind="test", subject_id="1", ground="x", now=timezone.now())
    raise RuntimeError("Zoya Petrova")


@public
def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@public
def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@public
def listen(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST.get('story', ''))}")


def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("only for people who have signed in")


urlpatterns = [
    path("", include("openmash.config.urls")),
    path("test/refuse/", refuse),
    path("test/crash/", crash),
    path("test/forbid/", forbid),
    path("test/suspect/", suspect),
    path("test/listen/", listen),
    path("test/closed/", closed),
]

handler400 = "openmash.web.layout.errors.bad_request"
handler403 = "openmash.web.layout.errors.forbidden"
handler404 = "openmash.web.layout.errors.not_found"
handler500 = "openmash.web.layout.errors.server_error"
