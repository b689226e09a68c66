from django.urls import path

from openmash.web.reviewing import coping, local, views

app_name = "reviewing"
urlpatterns = [
    path("", views.national, name="national"),
    path("cope/", coping.cope_page, name="cope"),
    path("workbook/", views.workbook, name="workbook"),
    path("tables/<slug:name>/", views.table, name="table"),
    path("local/", local.local, name="local"),
    path("local/workbook/", local.workbook, name="local_workbook"),
    path("local/tables/<slug:name>/", local.table, name="local_table"),
]
