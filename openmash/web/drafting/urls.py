from django.urls import path

from openmash.web.drafting.views import (
    adopting,
    beginning,
    downloads,
    header,
    moving,
    reading,
    rows,
    workbook,
)

app_name = "drafting"

ONE = "<int:pk>/"
TABLE = f"{ONE}tables/<slug:table>/"
urlpatterns = [
    path("", reading.versions, name="versions"),
    path("begin/", beginning.begin_draft, name="begin_draft"),
    path("versions/<int:pk>/download/<slug:what>/", downloads.version, name="download_version"),
    path(ONE, reading.draft, name="draft"),
    path(f"{ONE}prove/", reading.prove_draft, name="prove_draft"),
    path(f"{ONE}download/<slug:what>/", downloads.draft, name="download_draft"),
    path(TABLE, reading.table, name="table"),
    path(f"{TABLE}add/", rows.add_row, name="add_row"),
    path(f"{TABLE}rows/<str:key>/", rows.edit_row, name="edit_row"),
    path(f"{TABLE}rows/<str:key>/remove/", rows.remove_row, name="remove_row"),
    path(f"{ONE}header/", header.edit_header, name="edit_header"),
    path(f"{ONE}workbook/", workbook.upload_workbook, name="upload_workbook"),
    path(f"{ONE}workbook/keep/", workbook.keep_workbook, name="keep_workbook"),
    path(f"{ONE}send/", moving.send_draft, name="send_draft"),
    path(f"{ONE}return/", moving.return_draft, name="return_draft"),
    path(f"{ONE}set-aside/", moving.set_draft_aside, name="set_draft_aside"),
    path(f"{ONE}adopt/", adopting.adopt_draft, name="adopt_draft"),
]
