import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import Kept, append_only, audited
from openmash.apps.concerns.models import Contact, Decision
from openmash.apps.directory.models import AgencyKind, Person

FEWEST, MOST = 5, 200

WITH_ITS_CONCERN = [
    Kept("contact", "contact_id", name="append_only", protects=pgtrigger.Update | pgtrigger.Delete),
    audited("case_audit", "sample_id"),
]
"""Never changed, and removed with the record of the concern."""


class Sample(models.Model):
    """A random sample of concerns, answered at the front door, that anybody can draw again from what is kept here."""

    class By(models.TextChoices):
        NOTHING = "", "Nothing: every concern has the same chance"
        LEVEL = "level", "Level decided"
        AGENCY = "agency", "Kind of agency that raised it"
        FIRST_ANSWER = "first_answer", "First answer"

    title = models.TextField()
    since = models.DateField()
    until = models.DateField(help_text="The last day on which it was decided.")
    by_group = models.CharField(max_length=20, choices=By, blank=True)
    size = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()
    groups = models.JSONField(help_text="For each group how many there were, and how many were drawn.")
    left_out = models.PositiveIntegerField(help_text="Concerns of the period left out because restricted.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="sample_has_a_title"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="sample_period"),
            models.CheckConstraint(condition=Q(size__gte=FEWEST, size__lte=MOST), name="sample_size"),
        ]
        triggers = [append_only(), audited("case_audit", "id")]

    def __str__(self) -> str:
        return self.title


class Sampled(models.Model):
    """One concern of a sample, with the first decision that took effect. Its number tells nothing of it."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="concerns")
    number = models.PositiveSmallIntegerField()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sample_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="sampled_number_once"),
            models.UniqueConstraint(fields=["sample", "contact"], name="sampled_once"),
        ]
        triggers = WITH_ITS_CONCERN

    def __str__(self) -> str:
        return f"concern {self.number}"


class Auditor(models.Model):
    """Somebody who was asked to judge the concerns of a sample. The kind of agency is that of the day."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="auditors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency_kind = models.CharField(max_length=30, choices=AgencyKind)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sample", "person"], name="asked_to_audit_once")]
        triggers = [append_only(), audited("case_audit", "sample_id")]

    def __str__(self) -> str:
        return f"{self.person} audits"


class Verdict(models.Model):
    """The level that an auditor says the threshold of the day asked for, and why. Never changed."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="verdicts")
    concern = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="verdicts")
    contact_id = models.UUIDField(db_index=True, help_text="Its record: this goes with it.")
    auditor = models.ForeignKey(Auditor, on_delete=models.PROTECT, related_name="verdicts")
    level = models.CharField(max_length=10)
    level_rank = models.PositiveSmallIntegerField()
    reasons = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "auditor"], name="audited_once_each"),
            models.CheckConstraint(condition=Q(reasons__regex=r"\S"), name="verdict_has_reasons"),
        ]
        triggers = WITH_ITS_CONCERN

    def __str__(self) -> str:
        return f"{self.concern}: {self.level}"


class Opened(models.Model):
    """The outcome was opened: from here on nobody judges. `why_early` when not everybody had judged everything."""

    sample = models.OneToOneField(Sample, on_delete=models.PROTECT, related_name="opened")
    why_early = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only(), audited("case_audit", "sample_id")]

    def __str__(self) -> str:
        return f"{self.sample} opened"


class Discussed(models.Model):
    """What was said when the auditors talked about one concern."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Sampled, on_delete=models.PROTECT, related_name="discussed")
    contact_id = models.UUIDField(db_index=True, help_text="Its record: this goes with it.")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="discussed_says_something")
        ]
        triggers = WITH_ITS_CONCERN

    def __str__(self) -> str:
        return self.text[:60]
