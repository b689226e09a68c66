from django.urls import path

from openmash.web.screening.views import (
    answering,
    contact,
    deciding,
    elsewhere,
    evidence,
    follow_ups,
    linking,
    registers,
    relating,
    worklist,
)

app_name = "screening"

ONE = "<uuid:contact_id>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("ended/", worklist.recently_ended, name="recently_ended"),
    path("find/", worklist.find_reference, name="find_reference"),
    path(ONE, contact.contact, name="contact"),
    path(f"{ONE}start-screening/", deciding.start_screening, name="start_screening"),
    path(f"{ONE}signs/", evidence.choose_sign, name="choose_sign"),
    path(f"{ONE}signs/<slug:sign_code>/", evidence.record_sign, name="record_sign"),
    path(f"{ONE}signs/<int:sign_id>/withdraw/", evidence.withdraw_sign, name="withdraw_sign"),
    path(f"{ONE}facts/", evidence.record_fact, name="record_fact"),
    path(f"{ONE}information/", evidence.add_information, name="add_information"),
    path(
        f"{ONE}same-person/<uuid:description_id>/<uuid:earlier_id>/",
        linking.say_same_person,
        name="say_same_person",
    ),
    path(
        f"{ONE}registers/<uuid:description_id>/<uuid:row_id>/",
        registers.say_on_register,
        name="say_on_register",
    ),
    path(f"{ONE}household/<uuid:earlier_contact_id>/", linking.say_household, name="say_household"),
    path(f"{ONE}links/<int:link_id>/undo/", linking.undo_link, name="undo_link"),
    path(
        f"{ONE}told-apart/<int:not_same_id>/take-back/", linking.take_back_not_same, name="take_back_not_same"
    ),
    path(f"{ONE}people/<uuid:description_id>/more/", linking.say_more, name="say_more"),
    path(f"{ONE}people/<uuid:description_id>/related/", relating.say_relationship, name="say_relationship"),
    path(
        f"{ONE}numbers/<int:identifier_id>/wrong/", linking.say_identifier_wrong, name="say_identifier_wrong"
    ),
    path("asked/<int:asked_id>/", elsewhere.answer_elsewhere, name="answer_elsewhere"),
    path(f"{ONE}decide/", deciding.decide, name="decide"),
    path(f"{ONE}second-word/", deciding.second_word, name="second_word"),
    path(f"{ONE}answer/", answering.answer, name="answer"),
    path(f"{ONE}give-advice/", answering.give_advice, name="give_advice"),
    path(f"{ONE}disagreement/", answering.reply_to_disagreement, name="reply_to_disagreement"),
    path(f"{ONE}follow-ups/<int:follow_up_id>/finish/", follow_ups.finish_follow_up, name="finish_follow_up"),
]
