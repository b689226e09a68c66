from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import KNOWN, Contact
from openmash.apps.directory.models import Person
from openmash.apps.policy.models import AdoptedPolicy


class SignRecorded(models.Model):
    """A sign somebody chose, on what evidence. Signs and grades are those of the contact's policy."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="signs")
    sign = models.CharField(max_length=20)
    evidence = models.CharField(max_length=30)
    immediate_answer = models.CharField(max_length=10, choices=KNOWN, default="not_known")
    examples = models.JSONField(
        default=list, help_text="Which of the sign's examples, when they are counted."
    )
    since = models.DateField(null=True, help_text="When it was first noticed.")
    when = models.TextField(blank=True, help_text="When, in the person's own words.")
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_front_door = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.sign} ({self.evidence})"


class SignWithdrawn(models.Model):
    """A sign the front door no longer relies on, and why. The sign itself stays visible."""

    sign = models.OneToOneField(SignRecorded, on_delete=models.PROTECT, related_name="withdrawn")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="sign_withdrawn_with_a_reason")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"withdrawn: {self.sign}"


class FactRecorded(models.Model):
    """An answer to one of the policy's questions of fact. The latest answer counts; all stay visible."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="facts")
    fact = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=KNOWN)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.fact}: {self.answer}"


class Information(models.Model):
    """New information on a contact, in somebody's own words."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="information")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="information_says_something")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return self.text[:60]


class FindingRecorded(models.Model):
    """What the published threshold said at one moment, whole, so that it can be shown years later, and the
    case it said it of, so that it can be worked out again.
    """

    class Stage(models.TextChoices):
        RAISED = "raised", "When it was raised"
        CHANGED = "changed", "When something was added, withdrawn or linked"
        DECIDED = "decided", "When it was decided"

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="findings")
    stage = models.CharField(max_length=10, choices=Stage)
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    level_rank = models.PositiveSmallIntegerField()
    consider_rank = models.PositiveSmallIntegerField(null=True)
    case = models.JSONField()
    finding = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"level {self.level} ({self.stage})"
