from django.urls import path

from openmash.web.papers.views import case, documents, letters, meeting, paper

app_name = "papers"

CASE, MEETING = "work/<uuid:case_id>/", "meetings/<uuid:meeting_id>/"
urlpatterns = [
    path(CASE, case.papers_of_case, name="case"),
    path(f"{CASE}attach/", documents.attach_to_case, name="attach_to_case"),
    path(f"{CASE}letter/<slug:kind>/<str:key>/", letters.write_letter, name="write_letter"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path(MEETING, meeting.papers_of_meeting, name="meeting"),
    path(f"{MEETING}attach/", documents.attach_to_meeting, name="attach_to_meeting"),
    path(f"{MEETING}keep/<slug:kind>/", meeting.keep_paper, name="keep_paper"),
    path("<int:paper_id>/", paper.paper, name="paper"),
    path("<int:paper_id>/pdf/", paper.paper_pdf, name="paper_pdf"),
    path("<int:paper_id>/give/", paper.give_paper, name="give_paper"),
    path("given/<int:given_id>/", paper.given, name="given"),
    path("given/<int:given_id>/pdf/", paper.given_pdf, name="given_pdf"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
]
