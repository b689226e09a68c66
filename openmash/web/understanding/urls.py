from django.urls import path

from openmash.web.understanding.views import acknowledging, calibrating, judging

app_name = "understanding"

ROUND = "calibration/<int:pk>/"
urlpatterns = [
    path("", acknowledging.acknowledge, name="acknowledge"),
    path("acknowledged/", acknowledging.acknowledged, name="acknowledged"),
    path("calibration/", calibrating.rounds, name="rounds"),
    path("calibration/begin/", calibrating.begin_round, name="begin_round"),
    path(f"{ROUND}judge/", judging.judge_next, name="judge_next"),
    path(f"{ROUND}judge/<int:position>/", judging.judge, name="judge"),
    path(f"{ROUND}mine/", judging.own_answers, name="own_answers"),
    path(f"{ROUND}results/", calibrating.results, name="results"),
    path(f"{ROUND}close/", calibrating.close_round, name="close_round"),
]
