import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept_moving
from openmash.apps.concerns.states import ENDS, Kind, State
from openmash.apps.directory.models import Agency, AgencyKind, Locality, Person
from openmash.apps.policy.models import AdoptedPolicy

KNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class SourceKind(models.TextChoices):
    """Who raised it, when not an agency's own staff."""

    FAMILY = "family", "Family member"
    NEIGHBOUR = "neighbour", "Neighbour or friend"
    CHILD = "child", "The child or young person"
    OTHER_PUBLIC = "other_public", "Another member of the public"


HOLDS_TOGETHER = pgtrigger.Trigger(
    name="holds_together",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.state IN ('decided', 'answered') AND NOT EXISTS (
            SELECT 1 FROM concerns_decision d
            WHERE d.id = NEW.decision_id AND d.contact_id = NEW.id
              AND (NOT d.needs_second OR EXISTS (
                    SELECT 1 FROM concerns_secondword s
                    WHERE s.decision_id = d.id AND s.agrees AND s.by_id <> d.by_id))
        ) THEN
            RAISE EXCEPTION 'decision must be this contact''s own, agreed by a second person if it needs one'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.answer_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM concerns_answer a
            WHERE a.id = NEW.answer_id AND a.contact_id = NEW.id
              AND a.decision_id IS NOT DISTINCT FROM NEW.decision_id
        ) THEN
            RAISE EXCEPTION 'an answer must be about this contact and its decision in force'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,
)
"""What check constraints cannot see, because it spans rows: a decision and an answer belong to their contact,
and a decision that needs two people is in force only once a second, other person has agreed."""


MOVING_PARTS = ["state", "version", "screener", "due_at", "decision", "answer", "held_rank"]
WORDS_STAY = pgtrigger.ReadOnly(name="words_stay", exclude=MOVING_PARTS)
"""What the raiser said, who they are and when it came are written once."""


class Contact(models.Model):
    """A concern somebody raised, or advice somebody asked for.

    What the raiser said is written once. The moving parts are the state, who is screening, the clock, the
    decision and answer in force, and `version`, which every move raises so that nobody overwrites another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State])
    version = models.PositiveIntegerField(default=1)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")

    source = models.CharField(max_length=30, choices=[*AgencyKind.choices, *SourceKind.choices])
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    raised_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    raiser_name = models.TextField(blank=True)
    raiser_contact = models.TextField(blank=True)
    code_hash = models.TextField(blank=True, help_text="Hash of the code a member of the public holds.")

    received_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When the next answer of the front door is due.")
    policy = models.ForeignKey(AdoptedPolicy, on_delete=models.PROTECT, related_name="+")

    in_danger = models.CharField(max_length=10, choices=KNOWN, default="not_known")
    where_now = models.TextField(blank=True)
    seen = models.CharField(max_length=10, choices=KNOWN, default="not_known")
    spoken_to = models.CharField(max_length=10, choices=KNOWN, default="not_known")
    parents_know = models.CharField(max_length=10, choices=KNOWN, default="not_known")
    parents_know_why_not = models.TextField(blank=True)
    account = models.TextField(blank=True, help_text="What was seen or heard, in the person's own words.")
    question = models.TextField(blank=True, help_text="What the person wants advice about.")

    screener = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey("concerns.Decision", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey("concerns.Answer", on_delete=models.PROTECT, null=True, related_name="+")
    held_rank = models.PositiveSmallIntegerField(
        null=True, help_text="Rank of the level the child is held at while a disagreement is open."
    )
    arose_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="gave_rise_to")
    same_child_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["locality", "state", "due_at"], name="contact_worklist"),
            models.Index(fields=["raised_by", "-received_at"], name="contact_raiser"),
            models.Index(fields=["raised_agency", "-received_at"], name="contact_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ENDS)) | Q(answer__isnull=False),
                name="contact_ends_with_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.DECIDED, State.ANSWERED]) | Q(decision__isnull=False),
                name="contact_decided_has_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISAGREED) | Q(held_rank__isnull=False),
                name="contact_disagreed_is_held",
            ),
            models.CheckConstraint(
                condition=Q(raised_by__isnull=False) | ~Q(code_hash=""),
                name="contact_can_be_answered",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CONCERN) | ~Q(account=""), name="contact_concern_has_an_account"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.ADVICE) | ~Q(question=""), name="contact_advice_has_a_question"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("received_at")), name="contact_due_after_received"
            ),
        ]
        triggers = [*kept_moving("contact", "id"), WORDS_STAY, HOLDS_TOGETHER]

    def __str__(self) -> str:
        return self.reference
