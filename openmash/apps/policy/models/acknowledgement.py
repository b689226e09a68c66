from django.db import models

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.directory.models import Agency, Person
from openmash.apps.policy.models.adopted import AdoptedPolicy


class Acknowledgement(models.Model):
    """Somebody has read a version and knows what it asks of them: once, and for the agency they were in."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "policy"], name="acknowledged_once_a_version")
        ]
        triggers = [append_only(), audited("policy", "policy_id")]

    def __str__(self) -> str:
        return f"{self.person} has acknowledged {self.policy}"
