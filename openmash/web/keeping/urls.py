from django.urls import path

from openmash.web.keeping import deciding, views

app_name = "keeping"
RECORD = "<str:record_kind>/<uuid:kept_id>/"
urlpatterns = [
    path("", views.start, name="start"),
    path("how-long/", views.how_long, name="how_long"),
    path("holds/<int:hold_id>/lift/", deciding.lift, name="lift"),
    path(RECORD, views.record, name="record"),
    path(f"{RECORD}hold/", deciding.hold, name="hold"),
    path(f"{RECORD}keep-longer/", deciding.longer, name="longer"),
    path(f"{RECORD}remove/", deciding.remove, name="remove"),
    path(f"{RECORD}agree/", deciding.agree, name="agree"),
]
