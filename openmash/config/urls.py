"""Which package answers which addresses. Each package keeps its own list beside its views."""

from importlib.util import find_spec

from django.urls import include, path

PAGES = {
    "": "openmash.web.accounts",
    "concerns/": "openmash.web.raising",
    "advice/": "openmash.web.raising.advice",
    "screening/": "openmash.web.screening",
    "hearing-back/": "openmash.web.hearing_back",
    "thresholds/": "openmash.web.thresholds",
}
urlpatterns = [
    path(prefix, include(f"{pages}.urls"))
    for prefix, pages in PAGES.items()
    if find_spec(pages) and find_spec(f"{pages}.urls")
]

handler400 = "openmash.web.layout.errors.bad_request"
handler403 = "openmash.web.layout.errors.forbidden"
handler404 = "openmash.web.layout.errors.not_found"
handler500 = "openmash.web.layout.errors.server_error"
