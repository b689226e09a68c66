from django.urls import path

from openmash.web.oversight import restricting, views

app_name = "oversight"
urlpatterns = [
    path("", views.start, name="start"),
    path("restricted/", restricting.restricted, name="restricted"),
    path("contacts/<uuid:contact_id>/", views.contact, name="contact"),
    path("contacts/<uuid:contact_id>/restrict/", restricting.restrict, name="restrict"),
    path("contacts/<uuid:contact_id>/i-know-them/", restricting.conflict, name="conflict"),
    path("contacts/<uuid:contact_id>/emergency/", restricting.emergency, name="emergency"),
    path("restrictions/<int:restriction_id>/name/", restricting.name, name="name"),
    path("restrictions/<int:restriction_id>/lift/", restricting.lift, name="lift"),
    path("conflicts/<int:conflict_id>/end/", restricting.end_conflict, name="end_conflict"),
    path("emergencies/<int:emergency_id>/", restricting.review, name="review"),
]
