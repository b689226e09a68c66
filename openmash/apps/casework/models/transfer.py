from django.db import models
from django.db.models import F, Q

from openmash.apps.casework.meeting_kinds import CATEGORIES
from openmash.apps.casework.models.case import CaseRow
from openmash.apps.directory.models import Locality


class TransferIn(CaseRow):
    """Notice that a child with a child protection plan in another area has moved here.

    Until a conference here has decided, that area answers for its plan, and the child is held under it.
    """

    from_area = models.TextField(help_text="The area whose plan it is.")
    key_worker = models.TextField(help_text="Who leads the work there, and how to reach them.")
    plan = models.TextField(help_text="What their plan asks, as far as it was told.")
    category = models.CharField(
        max_length=20, blank=True, choices=list(CATEGORIES.items()), help_text="Empty: not known."
    )
    plan_since = models.DateField(null=True, help_text="Empty: not known.")
    notice_at = models.DateTimeField(help_text="When the notice came, from which the conference is counted.")

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(from_area__regex=r"\S", key_worker__regex=r"\S", plan__regex=r"\S"),
                name="transfer_in_says_whose_plan_and_what",
            ),
            models.CheckConstraint(
                condition=Q(notice_at__lte=F("at")), name="transfer_in_notice_before_it_is_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} from {self.from_area}"


class TransferOut(CaseRow):
    """Notice given to another area: one of this partnership (`locality`), or one outside."""

    area = models.TextField()
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(area__regex=r"\S"), name="transfer_out_somewhere")]

    def __str__(self) -> str:
        return f"{self.case} to {self.area}"


class HandedOver(CaseRow):
    """The other area's own word that it has taken over: who said so, and what it decided."""

    transfer = models.OneToOneField(TransferOut, on_delete=models.PROTECT, related_name="handed_over")
    said_by = models.TextField()
    decided = models.TextField(help_text="What the other area decided for the child.")

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(said_by__regex=r"\S", decided__regex=r"\S"), name="handed_over_says_who_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer}: taken over"
