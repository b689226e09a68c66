from django.db import models
from django.db.models import Q

from openmash.apps.casework.models.case import CaseRow, StageEnded, StageOpen
from openmash.apps.concerns.steps import LAST_STEP

STANDS, DECIDE_AGAIN = "stands", "decide_again"


class Escalation(CaseRow):
    """An agency disagrees and takes it up, at one of four steps (rule C20). `about` is the decision that ended a
    stage, if it is one; `held` the stage that was put back until there is an answer.
    """

    step = models.PositiveSmallIntegerField()
    about = models.ForeignKey(StageEnded, on_delete=models.PROTECT, null=True, related_name="+")
    held = models.ForeignKey(StageOpen, on_delete=models.PROTECT, null=True, related_name="+")
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by", help_text="The step before."
    )
    reason = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=LAST_STEP), name="escalation_step"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="escalation_says_why"),
            models.CheckConstraint(
                condition=Q(step=1, follows__isnull=True) | Q(step__gt=1, follows__isnull=False),
                name="escalation_follows_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: step {self.step}"


class EscalationAnswer(CaseRow):
    """The answer to a disagreement: it stands, or is decided again. No disagreement ends without one."""

    escalation = models.OneToOneField(Escalation, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=20, choices=[(STANDS, STANDS), (DECIDE_AGAIN, DECIDE_AGAIN)])
    reason = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="escalation_answer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.escalation}: {self.outcome}"
