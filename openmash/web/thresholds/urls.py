from django.urls import path

from openmash.web.thresholds.views import downloads, reading

app_name = "thresholds"
# Each page stands at an address of the version in force, and at one of each version, which never changes.
urlpatterns = [
    path("", reading.document, name="document"),
    path("document.pdf", downloads.document_pdf, name="document_pdf"),
    path("for/<slug:audience>/", reading.audience, name="audience"),
    path("for/<slug:audience>.pdf", downloads.audience_pdf, name="audience_pdf"),
    path("easy-read/", reading.easy_read, name="easy_read"),
    path("easy-read.pdf", downloads.easy_read_pdf, name="easy_read_pdf"),
    path("changes/", reading.changes, name="changes"),
    path("versions/<int:pk>/", reading.document, name="version"),
    path("versions/<int:pk>/document.pdf", downloads.document_pdf, name="document_pdf"),
    path("versions/<int:pk>/for/<slug:audience>/", reading.audience, name="audience"),
    path("versions/<int:pk>/for/<slug:audience>.pdf", downloads.audience_pdf, name="audience_pdf"),
    path("versions/<int:pk>/easy-read/", reading.easy_read, name="easy_read"),
    path("versions/<int:pk>/easy-read.pdf", downloads.easy_read_pdf, name="easy_read_pdf"),
    path("versions/<int:pk>/changes/", reading.changes, name="changes"),
    path("versions/<int:pk>/stamp.css", reading.stamp, name="stamp"),
    path("versions/<int:pk>/texts.zip", downloads.texts, name="texts"),
]
