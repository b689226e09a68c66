"""Concerns, and what is read of anything sent, be it a concern or a question."""

from django.urls import path

from openmash.web.raising.journey import CONCERN
from openmash.web.raising.routes import journey_routes
from openmash.web.raising.views import becoming, sent

app_name = "raising"
urlpatterns = [
    path("sent/<uuid:contact_id>/", sent.answer_at_once, name="answer_at_once"),
    path("sent/<uuid:contact_id>/disagree/", sent.disagree, name="disagree"),
    path("from-advice/<uuid:contact_id>/", becoming.from_advice, name="from_advice"),
    *journey_routes(CONCERN),
]
