from django.urls import path

from openmash.web.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.start, name="start"),
    path("contacts/<uuid:contact_id>/", views.contact, name="contact"),
]
