from django.urls import path

from openmash.web.sharing import views

app_name = "sharing"
urlpatterns = [
    path("", views.start, name="start"),
    path("questions/", views.questions, name="questions"),
    path("grounds/", views.all_grounds, name="grounds"),
]
