from django.urls import path

from openmash.web.requests.views import answering, asking, logbook, reading

app_name = "requests"

ONE = "<uuid:request_id>/"
CONTACT, CASE = {"kind": "contact"}, {"kind": "case"}
urlpatterns = [
    path("", reading.lists, name="lists"),
    path("log/", logbook.log, name="log"),
    path("write-down/", logbook.write_down, name="write_down"),
    path("contact/<uuid:record_id>/", reading.of_record, CONTACT, name="of_contact"),
    path("case/<uuid:record_id>/", reading.of_record, CASE, name="of_case"),
    path("contact/<uuid:record_id>/ask/", asking.ask, CONTACT, name="ask_on_contact"),
    path("case/<uuid:record_id>/ask/", asking.ask, CASE, name="ask_on_case"),
    path("contact/<uuid:record_id>/not-asked/<slug:key>/", asking.not_to_ask, name="not_to_ask"),
    path(ONE, reading.request, name="request"),
    path(f"{ONE}begin/", answering.begin, name="begin_answering"),
    path(f"{ONE}answer/", answering.answer, name="answer"),
    path(f"{ONE}refuse/", answering.refuse, name="refuse"),
    path(f"{ONE}withdraw/", asking.withdraw, name="withdraw"),
]
