import uuid

from django.db import models
from django.db.models import Q

from openmash.apps.concerns.models.contact import Contact
from openmash.apps.concerns.states import Kind
from openmash.apps.directory.models import Person
from openmash.apps.policy.models import AdoptedPolicy


class Draft(models.Model):
    """What somebody is still writing, just as they typed it, page by page.

    Belongs to one person, or to the browser of a member of the public that holds the draft's code.
    Kept under the policy it was begun with. Not part of any record of a child until it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.TextField(blank=True)
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")
    pages = models.JSONField(default=dict, help_text="Page name to field name to the list of typed values.")
    saves = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    arose_from = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    sent_as = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, related_name="draft")
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(code_hash=""), name="draft_belongs_to_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"
