from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.directory.models import Person
from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.models.adopted import AdoptedPolicy


class Draft(models.Model):
    """A new version of the threshold being written, from one that was adopted."""

    based_on = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=40)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = [append_only(), audited("draft", "id")]

    def __str__(self) -> str:
        return f"draft of {self.version}"


class Revision(models.Model):
    """A draft's texts after one change, whole, with why. The number tells two people at once apart."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(help_text="File name to text.")
    digest = models.CharField(max_length=64)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["draft_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_revision_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="revision_has_a_reason"),
        ]
        triggers = [append_only(), audited("draft", "draft_id")]

    def __str__(self) -> str:
        return f"{self.draft}, revision {self.number}"


class DraftMove(models.Model):
    """A draft sent for adoption, sent back, adopted or set aside: by whom, and in what words.

    `revision` is the number of the revision it was about, `report` what the check said of that one.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=20, choices=[(state.value, state.label) for state in DraftState])
    revision = models.PositiveIntegerField()
    words = models.TextField()
    report = models.JSONField(default=list)
    adopted = models.OneToOneField(AdoptedPolicy, on_delete=models.PROTECT, null=True, related_name="move")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="draft_move_in_words"),
            models.CheckConstraint(
                condition=Q(state="adopted", adopted__isnull=False)
                | (~Q(state="adopted") & Q(adopted__isnull=True)),
                name="draft_adopted_as_a_version",
            ),
        ]
        triggers = [append_only(), audited("draft", "draft_id")]

    def __str__(self) -> str:
        return f"{self.draft}: {self.state}"
