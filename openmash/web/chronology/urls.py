from django.urls import path

from openmash.web.chronology.views import pages

app_name = "chronology"

urlpatterns = [
    path("<uuid:known_person>/", pages.of_person, name="of_person"),
    path("<uuid:known_person>/genogram/", pages.genogram_of_person, name="genogram_of_person"),
    path("contact/<uuid:contact_id>/", pages.of_contact, name="of_contact"),
    path("contact/<uuid:contact_id>/genogram/", pages.genogram_of_contact, name="genogram_of_contact"),
]
