from django.urls import path

from openmash.web.casework.views import case, meetings, moves, worklist

app_name = "casework"

ONE = "<uuid:case_id>/"
MEETING = "meetings/<uuid:meeting_id>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("open/<uuid:contact_id>/", case.open_case, name="open_case"),
    path(ONE, case.case, name="case"),
    path(f"{ONE}allocate/", moves.allocate, name="allocate"),
    path(f"{ONE}record-child-seen/", moves.record_child_seen, name="record_child_seen"),
    path(f"{ONE}write-plan/", moves.write_plan, name="write_plan"),
    path(f"{ONE}actions/<int:action_id>/finish/", moves.finish_action, name="finish_action"),
    path(f"{ONE}call/<slug:kind>/", meetings.call_meeting, name="call_meeting"),
    path(f"{ONE}do/<slug:verb>/", moves.move, name="move"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}make-entry/", meetings.make_entry, name="make_entry"),
    path(f"{MEETING}hold/", meetings.hold_meeting, name="hold_meeting"),
    path(f"{MEETING}decide/<uuid:case_id>/", meetings.decide_for_child, name="decide_for_child"),
    path(f"{MEETING}second-word/<int:decision_id>/", meetings.second_word, name="second_word"),
    path(f"{MEETING}dissent/", meetings.dissent, name="dissent"),
    path(f"{MEETING}end/", meetings.end_meeting, name="end_meeting"),
]
