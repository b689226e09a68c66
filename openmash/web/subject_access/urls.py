from django.urls import path

from openmash.web.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("", views.start, name="start"),
    path("contact/<uuid:contact_id>/", views.take_in, name="take_in"),
    path("<uuid:access_id>/", views.request, name="request"),
    path("<uuid:access_id>/extend/", views.longer, name="extend"),
    path("<uuid:access_id>/pieces/<int:number>/", views.piece, name="piece"),
    path("<uuid:access_id>/give/", views.give, name="give"),
    path("<uuid:access_id>/answer/", views.answer, name="answer"),
    path("<uuid:access_id>/answer/pdf/", views.answer_pdf, name="answer_pdf"),
]
