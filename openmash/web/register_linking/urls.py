from django.urls import path

from openmash.web.register_linking import handing_over, linking, reviewing

app_name = "register_linking"

ONE, RUN = "<uuid:pk>/", "runs/<uuid:pk>/"
urlpatterns = [
    path("", linking.registers, name="registers"),
    path("hand-over/", handing_over.hand_over_register, name="hand_over"),
    path("link/", linking.link_registers, name="link"),
    path(f"{RUN}", linking.run, name="run"),
    path(f"{RUN}review/", reviewing.next_pair, name="review"),
    path(f"{RUN}review/<int:pair>/", reviewing.say_of_pair, name="say_of_pair"),
    path(f"{RUN}said/", reviewing.said, name="said"),
    path(f"{RUN}said/<int:said>/take-back/", reviewing.take_back, name="take_back"),
    path(f"{ONE}", handing_over.register, name="register"),
    path(f"{ONE}to-mend.csv", handing_over.rows_to_mend, name="to_mend"),
]
