from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.answer import Answer
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.directory.models import Person


class Disagreement(models.Model):
    """The person who raised it does not agree with an answer (rule C20). Each step has a clock."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="disagreements")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    reason = models.TextField()
    level_asked = models.CharField(max_length=10, blank=True)
    held_rank = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=4), name="disagreement_step"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="disagreement_has_a_reason"),
            models.UniqueConstraint(fields=["answer"], name="disagreement_once_an_answer"),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"step {self.step}: {self.reason[:60]}"


class Reply(models.Model):
    """What the front door said to a disagreement."""

    class Outcome(models.TextChoices):
        STANDS = "stands", "The decision stands"
        DECIDE_AGAIN = "decide_again", "The decision is taken again"

    disagreement = models.OneToOneField(Disagreement, on_delete=models.PROTECT, related_name="reply")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="reply_has_a_reason")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return self.get_outcome_display()
