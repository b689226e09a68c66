import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.subject_access.rules import CAPACITIES, DISCLOSE, GROUNDS, OUTCOMES, REDACT


class OnContact(models.Model):
    """What every row has. It goes with the record that was asked for."""

    contact_id = models.UUIDField(db_index=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        triggers = kept("contact", "contact_id")


class AccessRequest(OnContact):
    """Somebody asked for what is recorded about `subject` in one concern, and in the work that came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    asked_by = models.TextField()
    capacity = models.CharField(max_length=20, choices=list(CAPACITIES.items()))
    identity = models.TextField(help_text="How it was checked who they are, and that they may ask.")
    received_on = models.DateField()
    due_on = models.DateField(help_text="One month later: UK GDPR, Article 12(3).")
    hold = models.ForeignKey("keeping.Hold", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(OnContact.Meta):
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by__regex=r"\S", identity__regex=r"\S"),
                name="access_says_who_and_how_checked",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="access_due_afterwards"),
        ]

    def __str__(self) -> str:
        return f"request of {self.received_on}"


class Extended(OnContact):
    """That the time was extended by up to two months, because it is complex: UK GDPR, Article 12(3)."""

    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="extended")
    until = models.DateField()
    reason = models.TextField()

    class Meta(OnContact.Meta):
        constraints = [models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="extended_for_a_reason")]

    def __str__(self) -> str:
        return f"until {self.until}"


class Piece(OnContact):
    """One row of the record, by its table and number. Its words are read from there: they are not kept twice."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=100)
    row = models.CharField(max_length=64)
    proposed = models.CharField(max_length=10, choices=list(OUTCOMES.items()))

    class Meta(OnContact.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="piece_once")]

    def __str__(self) -> str:
        return f"{self.number} of {self.request}"


NOT_AFTERWARDS = pgtrigger.Trigger(
    name="not_afterwards",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF EXISTS (
            SELECT 1 FROM subject_access_piece p JOIN subject_access_answered a ON a.request_id = p.request_id
            WHERE p.id = NEW.piece_id
        ) THEN
            RAISE EXCEPTION 'what left is not decided again'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    """,
)


class PieceDecided(OnContact):
    """What a person decided of one piece: `text` is what leaves, empty when nothing does. The latest counts."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="decided")
    outcome = models.CharField(max_length=10, choices=list(OUTCOMES.items()))
    ground = models.CharField(max_length=30, choices=list(GROUNDS.items()), blank=True)
    text = models.TextField(blank=True)

    class Meta(OnContact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=DISCLOSE, ground="") | (~Q(outcome=DISCLOSE) & ~Q(ground="")),
                name="kept_back_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[DISCLOSE, REDACT], text__regex=r"\S")
                | Q(outcome="withhold", text=""),
                name="what_is_kept_back_is_not_there",
            ),
        ]
        triggers = [*OnContact.Meta.triggers, NOT_AFTERWARDS]

    def __str__(self) -> str:
        return f"{self.piece}: {self.outcome}"


REVIEWED_WHOLE = pgtrigger.Trigger(
    name="reviewed_whole",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF EXISTS (
            SELECT 1 FROM subject_access_piece p WHERE p.request_id = NEW.request_id
              AND NOT EXISTS (SELECT 1 FROM subject_access_piecedecided d WHERE d.piece_id = p.id)
        ) OR NOT EXISTS (SELECT 1 FROM subject_access_piece p WHERE p.request_id = NEW.request_id) THEN
            RAISE EXCEPTION 'nothing leaves before a person has decided about every piece'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    """,
)


class Answered(OnContact):
    """That the answer left: when, by whom, what it came to, and the SHA-256 of its words."""

    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="answered")
    digest = models.CharField(max_length=64)
    disclosed = models.PositiveIntegerField()
    redacted = models.PositiveIntegerField()
    withheld = models.PositiveIntegerField()

    class Meta(OnContact.Meta):
        triggers = [*OnContact.Meta.triggers, REVIEWED_WHOLE]

    def __str__(self) -> str:
        return f"answered {self.at:%d.%m.%Y}"
