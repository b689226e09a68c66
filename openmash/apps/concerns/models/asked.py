from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.directory.models import Locality, Person
from openmash.apps.families.models import Description


class AskedElsewhere(models.Model):
    """Another front door may know somebody on this contact, and is told so: it is asked to ring.

    The asking side learns only which front door is asked. `theirs` is for the one asked: it is their own record.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="asked_elsewhere")
    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    theirs = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["description", "theirs"], name="asked_elsewhere_once")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.locality} about {self.contact}"


class AskedElsewhereAnswered(models.Model):
    """What the front door that was asked said, after speaking to the one that asks."""

    class Outcome(models.TextChoices):
        SAME = "same", "Yes, they are the same person"
        DIFFERENT = "different", "No, these are two different people"
        CANNOT_TELL = "cannot_tell", "We have spoken and cannot tell"

    asked = models.OneToOneField(AskedElsewhere, on_delete=models.PROTECT, related_name="answered")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="asked_answer_has_a_reason")
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.asked}: {self.outcome}"
