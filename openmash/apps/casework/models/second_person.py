from django.db import models
from django.db.models import F, Q

from openmash.apps.casework.models.case import CaseRow
from openmash.apps.casework.models.information import NewInformation
from openmash.apps.directory.models import Person
from openmash.apps.policy.models import AdoptedPolicy


class ThresholdAsked(CaseRow):
    """What the published threshold said at one of its later gates, whole, with what was answered for it.

    Guidance beside a decision. The highest that was found for a gate since its stage began is what a decision
    answers to: answering again spares nobody.
    """

    gate = models.CharField(max_length=40)
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict, help_text="What was answered: fact to yes, no or not_known.")
    level = models.CharField(max_length=10)
    level_rank = models.PositiveSmallIntegerField()
    guarded_from = models.PositiveSmallIntegerField(
        help_text="Rank from which a lower decision takes two people."
    )
    told = models.JSONField(help_text="The case as the threshold was asked about it.")
    finding = models.JSONField()

    def __str__(self) -> str:
        return f"{self.case}: {self.gate} {self.level}"


class Proposal(CaseRow):
    """A decision that takes two people, as one person made it. It takes effect when a second person has agreed."""

    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    reason = models.TextField()
    written = models.JSONField(default=dict, help_text="All that was written for it, until it takes effect.")
    because = models.JSONField(default=list, help_text="Why it takes two people, in sentences.")
    asked = models.ForeignKey(ThresholdAsked, on_delete=models.PROTECT, null=True, related_name="+")
    information = models.ForeignKey(
        NewInformation, on_delete=models.PROTECT, null=True, related_name="proposals"
    )

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="proposal_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.case}: {self.verb} {self.outcome}"


class ProposalWord(CaseRow):
    """The second person's word on a proposal. Never the first person's own."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="second_word")
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="proposal_word_has_a_reason"),
            models.CheckConstraint(condition=~Q(by=F("first")), name="proposal_word_is_another_persons"),
        ]

    def __str__(self) -> str:
        return "agreed" if self.agrees else "returned"
