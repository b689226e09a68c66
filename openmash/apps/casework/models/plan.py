import pgtrigger
from django.db import models
from django.db.models import Q

from openmash.apps.casework.models.case import CaseRow, StageOpen
from openmash.apps.casework.models.meeting import Meeting
from openmash.apps.directory.models import Person


class Plan(CaseRow):
    """What is to change, in the child's own words first, who leads, and when it is looked at again.

    A plan is never edited: the next version is another row. The latest counts.
    """

    stage = models.ForeignKey(StageOpen, on_delete=models.PROTECT, related_name="plans")
    goals = models.TextField(help_text="What should be different, in the child’s own words.")
    outline = models.TextField(help_text="What will be done so that it is.")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(goals__regex=r"\S", outline__regex=r"\S"), name="plan_says_what_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.case}"


def refused_by_two(verb: str) -> pgtrigger.Trigger:
    """Rules C5 and C9, where no check constraint can see them: a refusal to step up that one person made is none."""
    return pgtrigger.Trigger(
        name="refused_by_two",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"""
        IF NEW.outcome = 'not_stepped_up' AND NOT EXISTS (
            SELECT 1 FROM casework_proposal p JOIN casework_proposalword w ON w.proposal_id = p.id
            WHERE p.case_id = NEW.case_id AND p.verb = '{verb}' AND p.outcome = NEW.outcome
              AND w.agrees AND w.by_id <> p.by_id AND w.at = NEW.at
        ) THEN
            RAISE EXCEPTION 'refusing to step up takes two people'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- the verb is a name of this module, and no input
    )


class Review(CaseRow):
    """What came of looking at a plan again."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="reviews")
    outcome = models.CharField(max_length=40)
    reason = models.TextField()
    review_on = models.DateField()

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="review_has_a_reason")]
        triggers = [*CaseRow.Meta.triggers, refused_by_two("review_plan")]

    def __str__(self) -> str:
        return f"review of {self.case}: {self.outcome}"


class OfferRefused(CaseRow):
    """That the family said no to what is offered while the risk is unchanged, and what followed (rule C9)."""

    outcome = models.CharField(max_length=40)
    reason = models.TextField()
    way_back = models.TextField(blank=True)

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="offer_refused_says_why"),
            models.CheckConstraint(
                condition=~Q(outcome="not_stepped_up") | Q(way_back__regex=r"\S"),
                name="offer_refused_says_the_way_back",
            ),
        ]
        triggers = [*CaseRow.Meta.triggers, refused_by_two("offer_refused")]

    def __str__(self) -> str:
        return f"{self.case}: {self.outcome}"


class ActionAgreed(CaseRow):
    """Something somebody said they would do, by when: in a plan, or at a meeting."""

    what = models.TextField()
    owner = models.TextField(help_text="Who does it, in words: a person, an agency, somebody of the family.")
    due_on = models.DateField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="actions")

    class Meta(CaseRow.Meta):
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__regex=r"\S", owner__regex=r"\S"), name="action_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ActionDone(CaseRow):
    """What came of an action."""

    action = models.OneToOneField(ActionAgreed, on_delete=models.PROTECT, related_name="done")
    note = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(note__regex=r"\S"), name="action_done_says_what")]

    def __str__(self) -> str:
        return f"done: {self.action}"
