import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept, kept_moving
from openmash.apps.casework.models.nothing_goes_on import NOTHING_GOES_ON
from openmash.apps.casework.models.practice import PracticeAdopted
from openmash.apps.casework.stages import Stage
from openmash.apps.concerns.models import Contact, Decision
from openmash.apps.directory.models import Locality, Person
from openmash.apps.families.models import Description

STAGES = [(stage.value, stage.value) for stage in Stage]


class Case(models.Model):
    """The work with one child, for as long as there is any; opened again, it is the same case.

    `child` is the child as first described; other descriptions belong to it as far as people have linked them.
    The moving parts are the locality, where it is being moved to, and `version`, which every move raises.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    child = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    moving_to = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["child"], name="case_once_for_a_description"),
            models.CheckConstraint(
                condition=Q(moving_to__isnull=True) | ~Q(moving_to=F("locality")),
                name="case_moves_somewhere_else",
            ),
        ]
        triggers = [
            *kept_moving("case", "id"),
            pgtrigger.ReadOnly(name="words_stay", exclude=["locality", "moving_to", "version"]),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseRow(models.Model):
    """What every row about a case has: who wrote it, and when. Never changed, never removed."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="%(class)s_set", related_query_name="%(class)s"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        triggers = kept("case", "case_id")


class CameFrom(CaseRow):
    """The concern, and the decision on it, by which the work began or was joined."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "contact", "decision"], name="case_joined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case} from {self.contact}"


class Closure(CaseRow):
    """Why the work ended, what help is offered from then on, and how to come back."""

    reason = models.TextField()
    offer = models.TextField()
    way_back = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S", offer__regex=r"\S", way_back__regex=r"\S"),
                name="closure_says_why_and_what_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} closed"


TOLD_SOMEBODY = pgtrigger.Trigger(
    name="told_somebody",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
        IF NEW.stage = 'closed' AND NOT EXISTS (
            SELECT 1 FROM casework_told t JOIN casework_closure c ON c.id = t.closure_id
            WHERE c.id = NEW.closure_id AND c.case_id = NEW.case_id
        ) THEN
            RAISE EXCEPTION 'work with a child cannot end with nobody told'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class StageOpen(CaseRow):
    """A stage that began, under which version of the practice, and by which move."""

    stage = models.CharField(max_length=30, choices=STAGES)
    practice = models.ForeignKey(PracticeAdopted, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED.value, closure__isnull=False)
                | (~Q(stage=Stage.CLOSED.value) & Q(closure__isnull=True)),
                name="stage_closed_with_a_closure",
            ),
        ]
        indexes = [models.Index(fields=["case", "stage"], name="stage_open_case")]
        triggers = [*CaseRow.Meta.triggers, TOLD_SOMEBODY, NOTHING_GOES_ON]

    def __str__(self) -> str:
        return f"{self.case}: {self.stage}"


LOWER_BY_TWO = pgtrigger.Trigger(
    name="lower_by_two",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.verb = 'finish_enquiry' AND NEW.outcome = 'no_conference' AND EXISTS (
            SELECT 1 FROM casework_thresholdasked a, casework_stageopen s
            WHERE s.id = NEW.opened_id AND a.case_id = NEW.case_id AND a.gate = 'conference'
              AND a.at >= s.at AND a.level_rank >= a.guarded_from
        ) AND NOT EXISTS (
            SELECT 1 FROM casework_proposal p JOIN casework_proposalword w ON w.proposal_id = p.id
            WHERE p.case_id = NEW.case_id AND p.verb = NEW.verb AND p.outcome = NEW.outcome
              AND w.agrees AND w.by_id <> p.by_id AND w.at = NEW.at
        ) THEN
            RAISE EXCEPTION 'lower than the published threshold takes two people'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


WORD_OF_THE_OTHER_AREA = pgtrigger.Trigger(
    name="word_of_the_other_area",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.verb = 'hand_over' AND NOT EXISTS (
            SELECT 1 FROM casework_handedover h WHERE h.case_id = NEW.case_id AND h.at = NEW.at
        ) THEN
            RAISE EXCEPTION 'no work is handed over without the word of the other area'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)


class StageEnded(CaseRow):
    """That a stage ended, with what outcome and why."""

    opened = models.OneToOneField(StageOpen, on_delete=models.PROTECT, related_name="ended")
    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60, blank=True)
    reason = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="stage_ended_for_a_reason"),
        ]
        triggers = [*CaseRow.Meta.triggers, LOWER_BY_TWO, WORD_OF_THE_OTHER_AREA]

    def __str__(self) -> str:
        return f"{self.opened} ended"


class Allocation(CaseRow):
    """Who leads the work from this moment; nobody, until somebody is named. The latest row counts."""

    worker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.worker or 'nobody'}"


class Told(CaseRow):
    """Somebody who was told that the work ended. An agency's person finds it among what they were told."""

    closure = models.ForeignKey(Closure, on_delete=models.PROTECT, related_name="told")
    who = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(who__regex=r"\S"), name="told_is_somebody")]

    def __str__(self) -> str:
        return self.who


class Why(CaseRow):
    """Why something was done in the work, in the words of whoever did it. The log names the row and not the words."""

    verb = models.CharField(max_length=60)
    text = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__regex=r"\S"), name="why_says_something")]

    def __str__(self) -> str:
        return f"why {self.verb} of {self.case}"


class View(CaseRow):
    """What the child, or the parents, said; or why nobody could ask. `verb` is what it was asked for."""

    whose = models.CharField(max_length=10, choices=[("child", "child"), ("parents", "parents")])
    verb = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    not_obtained_because = models.TextField(blank=True)

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(text__regex=r"\S", not_obtained_because="")
                | Q(text="", not_obtained_because__regex=r"\S"),
                name="view_said_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose} of {self.case}"


class ChildSeen(CaseRow):
    """That the child was seen: when, by whom, alone or not, and what was seen and heard."""

    seen_at = models.DateTimeField()
    alone = models.CharField(
        max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]
    )
    what = models.TextField()

    class Meta(CaseRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(what__regex=r"\S"), name="child_seen_says_what"),
            models.CheckConstraint(condition=Q(seen_at__lte=F("at")), name="child_seen_before_it_is_written"),
        ]

    def __str__(self) -> str:
        return f"{self.case} seen"
