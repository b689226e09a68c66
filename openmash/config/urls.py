"""Which package answers which addresses. Each package keeps its own list beside its views."""

from django.urls import include, path

urlpatterns = [
    path("", include("openmash.web.accounts.urls")),
    path("concerns/", include("openmash.web.raising.urls")),
    path("advice/", include("openmash.web.raising.advice.urls")),
    path("screening/", include("openmash.web.screening.urls")),
    path("work/", include("openmash.web.casework.urls")),
    path("papers/", include("openmash.web.papers.urls")),
    path("children/", include("openmash.web.chronology.urls")),
    path("registers/", include("openmash.web.register_linking.urls")),
    path("asking/", include("openmash.web.asking.urls")),
    path("oversight/", include("openmash.web.oversight.urls")),
    path("keeping/", include("openmash.web.keeping.urls")),
    path("subject-access/", include("openmash.web.subject_access.urls")),
    path("requests/", include("openmash.web.requests.urls")),
    path("sharing/", include("openmash.web.sharing.urls")),
    path("hearing-back/", include("openmash.web.hearing_back.urls")),
    path("thresholds/drafts/", include("openmash.web.drafting.urls")),
    path("thresholds/trying/", include("openmash.web.trying.urls")),
    path("thresholds/", include("openmash.web.thresholds.urls")),
    path("review/", include("openmash.web.reviewing.urls")),
    path("understanding/", include("openmash.web.understanding.urls")),
]

handler400 = "openmash.web.layout.errors.bad_request"
handler403 = "openmash.web.layout.errors.forbidden"
handler404 = "openmash.web.layout.errors.not_found"
handler500 = "openmash.web.layout.errors.server_error"
