from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import REASONS, SUBJECT, RecordKind

KINDS = [(kind.value, kind.value) for kind in RecordKind]


class AboutRecord(models.Model):
    """What every row about the keeping of a record has. It goes with the record."""

    record_id = models.UUIDField(db_index=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        triggers = kept(SUBJECT, "record_id")


class Hold(AboutRecord):
    """Why a record may not be removed, whatever its day. A hold never ends by itself: somebody lifts it.

    From `review_on` its owner is asked whether it is still needed.
    """

    kind = models.CharField(max_length=10, choices=KINDS)
    why = models.CharField(max_length=20, choices=list(REASONS.items()))
    reason = models.TextField(help_text="In words: which inquiry, which court, which request.")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()

    class Meta(AboutRecord.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("at__date")), name="hold_is_reviewed_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} held"


class HoldLifted(AboutRecord):
    """That somebody said a hold is no longer needed."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lifted")
    reason = models.TextField()

    class Meta(AboutRecord.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="hold_lifted_for_a_reason")
        ]

    def __str__(self) -> str:
        return f"lifted: {self.hold}"
