from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.directory.models import Person


class PracticeAdopted(models.Model):
    """A version of the practice, as the very texts that were agreed, from the moment it applies.

    The version in force is the one with the latest start. A stage keeps the version it was opened under.
    """

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    texts = models.JSONField(help_text="File name to text.")
    in_force_from = models.DateTimeField(unique=True)
    decision = models.TextField(help_text="Who decided to adopt it, when and why, in words.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["in_force_from"]
        verbose_name_plural = "practices adopted"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="practice_version_once"),
            models.CheckConstraint(condition=Q(decision__regex=r"\S"), name="practice_in_a_decision"),
        ]
        triggers = [append_only(), audited("practice", "id")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
