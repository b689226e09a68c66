from django.urls import path

from openmash.web.asking import views

app_name = "asking"

CASE = "<uuid:contact_id>/"
urlpatterns = [
    path("", views.start, name="start"),
    path("what-it-protects/", views.what_it_protects, name="what_it_protects"),
    path("log/", views.log, name="log"),
    path(CASE, views.ask, name="ask"),
    path(f"{CASE}another-child/", views.ask_by_typing, name="ask_by_typing"),
    path(f"{CASE}answers/<uuid:question_id>/", views.answer, name="answer"),
]
