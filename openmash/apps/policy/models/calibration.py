from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.directory.models import AgencyKind, Person
from openmash.apps.policy.models.adopted import AdoptedPolicy


class Round(models.Model):
    """Vignettes put to practitioners under one version of the policy, from one moment to another."""

    title = models.TextField()
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-opens_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_ends_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="round_has_a_title"),
        ]
        triggers = [append_only(), audited("calibration_round", "id")]

    def __str__(self) -> str:
        return self.title


class RoundClosed(models.Model):
    """A round was ended before its time."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="closed")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only(), audited("calibration_round", "round_id")]

    def __str__(self) -> str:
        return f"{self.round} closed"


class Vignette(models.Model):
    """A story in words, and the same case in the notation of the policy's table of examples.

    People read the story. What the policy says is worked out from the case, and is nowhere written down.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="vignettes")
    number = models.PositiveSmallIntegerField()
    example = models.CharField(
        max_length=100, blank=True, help_text="The agreed example it is; empty: typed."
    )
    gate = models.TextField()
    story = models.TextField()
    age = models.TextField()
    signs = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    past = models.TextField(blank=True)
    raised_by = models.TextField()

    class Meta:
        ordering = ["round_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="vignette_number_once"),
            models.CheckConstraint(condition=Q(story__regex=r"\S"), name="vignette_has_a_story"),
        ]
        triggers = [append_only(), audited("calibration_round", "round_id")]

    def __str__(self) -> str:
        return self.story[:80]


class Judgement(models.Model):
    """The level somebody chose for a vignette, not knowing what the policy says of it.

    `showing` is 1, or 2 where the vignette came back to see whether the person agrees with themselves.
    The agency's kind and the job are those of that day, so that a closed round stays as it was.
    """

    class Sureness(models.TextChoices):
        SURE = "sure", "Sure"
        FAIRLY = "fairly", "Fairly sure"
        NOT = "not", "Not sure"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="judgements")
    vignette = models.ForeignKey(Vignette, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(help_text="Its place among those this person was shown.")
    showing = models.PositiveSmallIntegerField()
    level = models.TextField()
    sureness = models.CharField(max_length=10, choices=Sureness, blank=True)
    reason = models.TextField(blank=True)
    agency_kind = models.CharField(max_length=30, choices=AgencyKind)
    job_title = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "vignette", "showing"], name="judged_once_a_showing"),
            models.UniqueConstraint(fields=["person", "round", "position"], name="judged_once_a_position"),
            models.CheckConstraint(condition=Q(showing__in=[1, 2]), name="judgement_showing"),
            models.CheckConstraint(condition=~Q(level=""), name="judgement_has_a_level"),
        ]
        triggers = [append_only(), audited("calibration_round", "round_id")]

    def __str__(self) -> str:
        return f"{self.vignette}: {self.level}"
