from django.urls import path

from openmash.web.asking import between, shields, views

app_name = "asking"

CASE = "<uuid:contact_id>/"
urlpatterns = [
    path("", views.start, name="start"),
    path("what-it-protects/", views.what_it_protects, name="what_it_protects"),
    path("log/", views.log, name="log"),
    path("between/holder/", between.holder, name="between_holder"),
    path("between/keeper/", between.keeper, name="between_keeper"),
    path("shields/", shields.shields, name="shields"),
    path(f"shields/{CASE}", shields.put_on, name="put_on"),
    path("shields/end/<uuid:description_id>/", shields.end, name="end_shield"),
    path(CASE, views.ask, name="ask"),
    path(f"{CASE}another-child/", views.ask_by_typing, name="ask_by_typing"),
    path(f"{CASE}answers/<uuid:question_id>/", views.answer, name="answer"),
]
