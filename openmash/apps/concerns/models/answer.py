from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.concerns.models.decision import Decision
from openmash.apps.directory.models import Person


class Answer(models.Model):
    """What the person who raised it was told, or why telling them would be unsafe. One or the other."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="answers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    unsafe_because = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text__regex=r"\S", sent_at__isnull=False, unsafe_because="")
                | Q(text="", sent_at__isnull=True, unsafe_because__regex=r"\S"),
                name="answer_sent_or_unsafe",
            )
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return self.text[:60] or "not sent"


class Acknowledgement(models.Model):
    """The person who raised it has read the answer."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="acknowledged")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"read {self.at:%d %B %Y}"
