import pgtrigger
from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.audit.models import CurrentTransaction
from openmash.apps.directory.models import Locality, Person
from openmash.apps.keeping.kinds import KEEP, REMOVE, SUBJECT
from openmash.apps.keeping.models.hold import KINDS, AboutRecord


class Decision(AboutRecord):
    """What somebody decided about a record whose time is over. The latest counts; to remove takes a second person."""

    kind = models.CharField(max_length=10, choices=KINDS)
    outcome = models.CharField(max_length=6, choices=[(REMOVE, "Remove it"), (KEEP, "Keep it longer")])
    reason = models.TextField()
    keep_until = models.DateField(null=True, help_text="Until when it is kept in any case.")

    class Meta(AboutRecord.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="keeping_decided_for_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome=REMOVE, keep_until__isnull=True)
                | Q(outcome=KEEP, keep_until__isnull=False),
                name="keeping_longer_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}: {self.outcome}"


DECIDED_BY_TWO = pgtrigger.Trigger(
    name="decided_by_two",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.kept_until >= (now() AT TIME ZONE 'Europe/London')::date THEN
            RAISE EXCEPTION 'a record is not removed before its day'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM keeping_decision d
            WHERE d.id = (SELECT max(l.id) FROM keeping_decision l WHERE l.record_id = NEW.record_id)
              AND d.outcome = 'remove' AND d.kind = NEW.kind
              AND d.by_id = NEW.decided_by_id AND d.by_id <> NEW.by_id
        ) THEN
            RAISE EXCEPTION 'a record is removed by the latest decision and a second person'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    """,
)
"""Held by the database, and by its own clock, whatever the Python above it says."""


class Removed(models.Model):
    """What is left of a record that was removed: kind, days, rule, and who decided. Nobody in it is named."""

    record_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    began_on = models.DateField()
    ended_on = models.DateField()
    kept_until = models.DateField(help_text="The last day on which it was to be kept.")
    period = models.CharField(max_length=20, help_text="The rule, by its name in the dated text.")
    version = models.CharField(max_length=80, help_text="The version of the dated text.")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="The second person.")
    at = models.DateTimeField()
    rows = models.PositiveIntegerField(help_text="How many rows of how many tables went.")

    class Meta:
        ordering = ["-id"]
        triggers = [append_only(), audited(SUBJECT, "record_id"), DECIDED_BY_TWO]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} removed"


NOTHING_HELD = pgtrigger.Trigger(
    name="nothing_held",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF EXISTS (
            SELECT 1 FROM keeping_hold h
            WHERE h.record_id::text = NEW.subject_id AND h.kind = NEW.kind
              AND NOT EXISTS (SELECT 1 FROM keeping_holdlifted l WHERE l.hold_id = h.id)
        ) THEN
            RAISE EXCEPTION 'a record that is held is not removed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM keeping_removed r JOIN audit_event e
                ON e.transaction = NEW.transaction AND e.verb = 'remove_record' AND e.outcome = 'done'
                AND e.subject_kind = r.kind AND e.subject_id = r.record_id::text
            WHERE r.id = NEW.removed_id AND r.record_id = NEW.record_id
        ) THEN
            RAISE EXCEPTION 'a part goes with its record, in the same transaction'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    """,
)


class RemovedPart(models.Model):
    """One thing that went with a record, by what the log calls it. It opens the guard of that thing's rows, once."""

    removed = models.ForeignKey(Removed, on_delete=models.PROTECT, related_name="parts")
    record_id = models.UUIDField(help_text="The record with which it went.")
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["transaction", "kind", "subject_id"], name="removed_part_opens")]
        triggers = [append_only(), audited(SUBJECT, "record_id"), NOTHING_HELD]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
