from django.db import models
from django.db.models import Q

from openmash.apps.casework.models.birth import OF_AN_UNBORN_CHILD
from openmash.apps.casework.models.case import CaseRow, StageOpen


class PregnancyEnded(CaseRow):
    """That a pregnancy ended without a birth, as far as somebody needs to know it; or that there was none.

    It says nothing of how, and has no kinds to choose from. It holds while its stage (`opened`) is open.
    """

    opened = models.OneToOneField(StageOpen, on_delete=models.PROTECT, related_name="pregnancy_ended")
    ended_on = models.DateField(null=True, help_text="Empty: not known.")
    name = models.TextField(blank=True, help_text="The name the family gave the baby, if they did.")
    known = models.TextField(help_text="What is known, and from whom.")
    care = models.TextField(help_text="Who is with the family, and what help they were offered.")
    contact = models.TextField(help_text="By whom, and how, the parents want to be spoken to from now on.")

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(known__regex=r"\S", care__regex=r"\S", contact__regex=r"\S"),
                name="pregnancy_ended_with_care",
            ),
        ]
        triggers = [*CaseRow.Meta.triggers, OF_AN_UNBORN_CHILD]

    def __str__(self) -> str:
        return f"{self.case}: the pregnancy has ended"


class ToldOfLoss(CaseRow):
    """Somebody of an agency who was told, so that nobody asks the family after the baby."""

    loss = models.ForeignKey(PregnancyEnded, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [models.UniqueConstraint(fields=["loss", "person"], name="told_of_loss_once")]

    def __str__(self) -> str:
        return f"{self.person} told"
