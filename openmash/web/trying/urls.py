from django.urls import path

from openmash.web.trying.views import case, compare, replay, start

app_name = "trying"

DRAFT = "drafts/<int:draft>/"
urlpatterns = [
    path("", start.start, name="start"),
    path("case/", case.case, name="case"),
    path("compare/", compare.compare_versions, name="compare_versions"),
    path(f"{DRAFT}case/", case.case, name="case"),
    path(f"{DRAFT}compare/", compare.compare, name="compare"),
    path(f"{DRAFT}replay/", replay.replay, name="replay"),
    path(f"{DRAFT}sweep/", replay.sweep, name="sweep"),
    path(f"{DRAFT}sweep/all/", replay.all_numbers, name="all_numbers"),
]
