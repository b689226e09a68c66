from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.casework.models.case import Case, CaseRow
from openmash.apps.concerns.models import Contact, Information


class NewInformation(models.Model):
    """Something new about a child whose work is open or has ended: a concern, or more told on an earlier one.

    Brought by the service itself as soon as somebody has said that it is of this child; once, and never lost.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="new_information")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    information = models.ForeignKey(
        Information,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What was told later on it.",
    )
    received_at = models.DateTimeField(help_text="When it was told, from which its clock counts.")
    at = models.DateTimeField(help_text="When it reached the work.")

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "contact", "information"],
                nulls_distinct=False,
                name="new_information_reaches_the_work_once",
            ),
        ]
        triggers = kept("case", "case_id")

    def __str__(self) -> str:
        return f"{self.contact} to {self.case}"

    @property
    def text(self) -> str:
        """What was told, in the words of whoever told it."""
        return self.information.text if self.information is not None else self.contact.account


class InformationDecided(CaseRow):
    """What was decided on something new, and why. What was decided before stays as it was (rule C18)."""

    new = models.OneToOneField(NewInformation, on_delete=models.PROTECT, related_name="decided")
    outcome = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="information_decided_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.new}: {self.outcome}"
