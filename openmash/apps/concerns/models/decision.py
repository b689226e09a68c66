from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.concerns.models.evidence import FindingRecorded
from openmash.apps.concerns.models.part import Part
from openmash.apps.concerns.rules import CHILD_OUTCOMES
from openmash.apps.directory.models import Person


class Decision(models.Model):
    """What a person decided, and why. Nothing here has a default that decides.

    `policy_rank` is the highest level the threshold gave for this contact, as raised or as it stands:
    withdrawing a sign cannot make a second person unnecessary.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    finding = models.ForeignKey(FindingRecorded, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    level_rank = models.PositiveSmallIntegerField()
    policy_rank = models.PositiveSmallIntegerField()
    guarded_from = models.PositiveSmallIntegerField(
        help_text="Rank from which the policy says that a lower decision takes two people (rule C19)."
    )
    pathway = models.CharField(max_length=40)
    rationale = models.TextField()
    why_not_policy = models.CharField(
        max_length=40, blank=True, help_text="Kind of reason for another level."
    )
    response_not_available = models.TextField(
        blank=True, help_text="What could not be offered in time. Never a reason for a level (rule C17)."
    )
    not_seen_because = models.TextField(
        blank=True, help_text="Why it is closed though the child is not seen."
    )
    discounted_because = models.TextField(blank=True, help_text="Written basis for discounting the source.")
    second_person_reasons = models.JSONField(default=list, help_text="Why a second person must agree.")
    needs_second = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(rationale__regex=r"\S"), name="decision_has_a_rationale"),
            models.CheckConstraint(
                condition=Q(needs_second=True)
                | Q(policy_rank__lt=F("guarded_from"))
                | Q(level_rank__gte=F("policy_rank")),
                name="decision_lower_needs_a_second",
            ),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"level {self.level}: {self.pathway}"

    @property
    def was_in_force(self) -> bool:
        """Whether it ever took effect: by itself, or once a second person had agreed."""
        if not self.needs_second:
            return True
        word: SecondWord | None = getattr(self, "second_word", None)
        return word is not None and word.agrees


class SecondWord(models.Model):
    """A second person's word on a decision. Never the first person's own (database trigger)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_word")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="second_word_has_a_reason"),
            models.CheckConstraint(condition=~Q(by=F("first")), name="second_word_is_another_persons"),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return "agreed" if self.agrees else "returned"


class ChildConsidered(models.Model):
    """What was decided for another child of the household, and why (rule C12)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="children_considered")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=list(CHILD_OUTCOMES.items()))
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "part"], name="child_considered_once"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="child_considered_with_a_reason"),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.part}: {self.outcome}"
