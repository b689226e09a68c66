import pgtrigger
from django.db import models
from django.db.models import Q

from openmash.apps.directory.models import Person
from openmash.apps.sharing.models.log import Shared
from openmash.apps.sharing.models.request import Item, RequestRow
from openmash.apps.sharing.rules import OUTCOME_WORDS, Outcome

OWN_ANSWER = pgtrigger.Trigger(
    name="own_answer",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM sharing_request r JOIN directory_person p ON p.agency_id = r.asked_agency_id
            WHERE r.id = NEW.request_id AND p.id = NEW.by_id
        ) THEN
            RAISE EXCEPTION 'only the agency that was asked answers or refuses'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class Answer(RequestRow):
    """One time that the agency asked said something. What left with it is `shared`; nothing may have."""

    note = models.TextField(blank=True)
    shared = models.OneToOneField(Shared, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(RequestRow.Meta):
        triggers = [*RequestRow.Meta.triggers, OWN_ANSWER]

    def __str__(self) -> str:
        return f"answer to {self.request}"


class ItemAnswer(RequestRow):
    """What was said to one question. The latest word counts; all stay visible."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=[(each.value, OUTCOME_WORDS[each]) for each in Outcome])
    text = models.TextField(blank=True, help_text="The answer; or why it is not shared.")

    class Meta(RequestRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["answer", "item"], name="item_answered_once_at_a_time"),
            models.CheckConstraint(
                condition=~Q(outcome__in=[Outcome.ANSWERED.value, Outcome.WITHHELD.value])
                | Q(text__regex=r"\S"),
                name="item_answered_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.outcome}"


class WithReason(RequestRow):
    """An end of a request that somebody gave a reason for."""

    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(RequestRow.Meta):
        abstract = True


class Refusal(WithReason):
    """The agency asked shares nothing, and says why."""

    class Meta(RequestRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="refusal_has_a_reason")]
        triggers = [*RequestRow.Meta.triggers, OWN_ANSWER]

    def __str__(self) -> str:
        return f"refused: {self.request}"


class Withdrawal(WithReason):
    """Whoever asked needs it no longer, and says why."""

    class Meta(RequestRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="withdrawal_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"withdrawn: {self.request}"
