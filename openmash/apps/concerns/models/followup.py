from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.directory.models import Person


class FollowUp(models.Model):
    """Something a decision brings with it, with a clock: a chronology, a question to an agency, a visit."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="follow_ups")
    duty = models.CharField(max_length=40)
    text = models.TextField()
    owner = models.TextField(help_text="Which agency or role owes it.")
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["contact", "duty", "text"], name="follow_up_once")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return self.text[:60]


class FollowUpDone(models.Model):
    """What came of a follow-up."""

    follow_up = models.OneToOneField(FollowUp, on_delete=models.PROTECT, related_name="done")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(note__regex=r"\S"), name="follow_up_done_says_what")
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"done: {self.follow_up}"
