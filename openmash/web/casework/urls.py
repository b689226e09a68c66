from django.urls import path

from openmash.web.casework.views import absences, again, case, meetings, moves, receiving, recording, worklist

app_name = "casework"

ONE = "<uuid:case_id>/"
MEETING = "meetings/<uuid:meeting_id>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("open/<uuid:contact_id>/", case.open_case, name="open_case"),
    path(ONE, case.case, name="case"),
    path(f"{ONE}bring/", case.bring_to_case, name="bring_to_case"),
    path(f"{ONE}allocate/", moves.allocate, name="allocate"),
    path(f"{ONE}record-child-seen/", recording.record_child_seen, name="record_child_seen"),
    path("receive/<uuid:contact_id>/", receiving.receive_transfer, name="receive_transfer"),
    path("bring/", worklist.bring, name="bring"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<int:absence_id>/", absences.change_absence, name="change_absence"),
    path(f"{ONE}wait-for-agency/", recording.wait_for_agency, name="wait_for_agency"),
    path(f"{ONE}waiting/<int:awaited_id>/", recording.end_waiting, name="end_waiting"),
    path(f"{ONE}record-birth/", recording.record_birth, name="record_birth"),
    path(f"{ONE}record-pregnancy-ended/", recording.record_pregnancy_ended, name="record_pregnancy_ended"),
    path(f"{ONE}record-expected-date/", recording.record_expected_date, name="record_expected_date"),
    path(f"{ONE}write-plan/", moves.write_plan, name="write_plan"),
    path(f"{ONE}actions/<int:action_id>/finish/", recording.finish_action, name="finish_action"),
    path(f"{ONE}call/<slug:kind>/", meetings.call_meeting, name="call_meeting"),
    path(f"{ONE}information/<int:new_id>/", again.decide_on_information, name="decide_on_information"),
    path(f"{ONE}ask-threshold/<slug:gate>/", again.ask_threshold, name="ask_threshold"),
    path(f"{ONE}second-word/<int:proposal_id>/", again.say_word, name="say_word"),
    path(f"{ONE}disagree/", again.escalate, name="escalate"),
    path(f"{ONE}disagree/<int:escalation_id>/answer/", again.answer_escalation, name="answer_escalation"),
    path(f"{ONE}do/<slug:verb>/", moves.move, name="move"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}make-entry/", meetings.make_entry, name="make_entry"),
    path(f"{MEETING}hold/", meetings.hold_meeting, name="hold_meeting"),
    path(f"{MEETING}decide/<uuid:case_id>/", meetings.decide_for_child, name="decide_for_child"),
    path(f"{MEETING}second-word/<int:decision_id>/", meetings.second_word, name="second_word"),
    path(f"{MEETING}dissent/", meetings.dissent, name="dissent"),
    path(f"{MEETING}end/", meetings.end_meeting, name="end_meeting"),
]
