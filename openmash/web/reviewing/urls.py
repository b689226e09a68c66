from django.urls import path

from openmash.web.reviewing import views

app_name = "reviewing"
urlpatterns = [
    path("", views.national, name="national"),
    path("workbook/", views.workbook, name="workbook"),
    path("tables/<slug:name>/", views.table, name="table"),
]
