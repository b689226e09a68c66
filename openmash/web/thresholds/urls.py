from django.urls import path

from openmash.web.thresholds import views

app_name = "thresholds"
urlpatterns = [
    path("", views.document, name="document"),
    path("versions/<int:pk>/", views.version, name="version"),
]
