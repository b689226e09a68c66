from django.db import models

from openmash.apps.audit.guards import append_only, audited


class AdoptedPolicy(models.Model):
    """A version of the threshold policy, as the very texts that were agreed, from the moment it applies.

    The version in force is the one with the latest start: a new version ends the one before it.
    """

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    texts = models.JSONField(help_text="File name to text.")
    in_force_from = models.DateTimeField(unique=True)
    adopted_at = models.DateTimeField()
    adopted_by_id = models.BigIntegerField(null=True)
    decision = models.TextField(help_text="Who decided to adopt it, when and why, in words.")

    class Meta:
        ordering = ["in_force_from"]
        verbose_name_plural = "adopted policies"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="policy_version_once"),
            models.CheckConstraint(condition=~models.Q(decision=""), name="adopted_in_a_decision"),
        ]
        triggers = [append_only(), audited("policy", "id")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
