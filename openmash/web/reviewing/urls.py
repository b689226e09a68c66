from django.urls import path

from openmash.web.reviewing import auditing, coping, local, own_file, views, whole

app_name = "reviewing"
urlpatterns = [
    path("", views.national, name="national"),
    path("cope/", coping.cope_page, name="cope"),
    path("workbook/", views.workbook, name="workbook"),
    path("tables/<slug:name>/", views.table, name="table"),
    path("local/", local.local, name="local"),
    path("local/file/", own_file.own_file, name="own_file"),
    path("whole/", whole.whole, name="whole"),
    path("local/workbook/", local.workbook, name="local_workbook"),
    path("local/tables/<slug:name>/", local.table, name="local_table"),
    path("audit/", auditing.audits, name="audits"),
    path("audit/draw/", auditing.draw, name="audit_draw"),
    path("audit/<int:sample_id>/", auditing.audit, name="audit"),
    path("audit/<int:sample_id>/judge/", auditing.audit_next, name="audit_next"),
    path("audit/<int:sample_id>/judge/<int:position>/", auditing.audit_judge, name="audit_judge"),
]
