from django.urls import path

from openmash.web.hearing_back.views import contact, finding, mine

app_name = "hearing_back"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("find/", finding.find, name="find"),
    path("finish/", finding.finish, name="finish"),
    path("leave/", finding.leave, name="leave"),
    path("<uuid:contact_id>/", contact.contact, name="contact"),
    path("<uuid:contact_id>/acknowledge/", contact.acknowledge, name="acknowledge"),
    path("<uuid:contact_id>/disagree/", contact.disagree, name="disagree"),
    path("<uuid:contact_id>/add-information/", contact.add_information, name="add_information"),
]
