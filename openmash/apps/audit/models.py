from django.db import models
from django.db.models.functions import Now

from openmash.apps.audit.guards import append_only


class CurrentTransaction(models.Func):
    """The database's number for the running transaction, which ties a write to its event."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class NoFreeWords(models.Func):
    """Whether a detail holds nothing but numbers, codes and days: no text with a blank in it, and no long one.

    What people type is kept with the record, and goes with it; the log stays, and so names things and tells nothing.
    """

    template = (
        "(NOT jsonb_path_exists(%(expressions)s, "
        """'$.** ? (@.type() == "string" && @ like_regex "\\\\s|.{101}")') """
        "AND NOT jsonb_path_exists(%(expressions)s, "
        """'$.** ? (@.type() == "object").keyvalue() ? (@.key like_regex "\\\\s|.{41}")'))"""
    )
    output_field = models.BooleanField()


class Event(models.Model):
    """One thing somebody did, saw, or was refused."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    at = models.DateTimeField(help_text="When it happened, as the action was told.")
    written_at = models.DateTimeField(db_default=Now(), help_text="When the database wrote the row.")
    by_id = models.BigIntegerField(null=True, help_text="The person's id; empty for a member of the public.")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    ground = models.CharField(max_length=200, help_text="Why this was allowed, or why it was refused.")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    detail = models.JSONField(default=dict)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["transaction"], name="event_transaction"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["by_id", "at"], name="event_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(ground=""), name="event_has_a_ground"),
            models.CheckConstraint(condition=~models.Q(verb=""), name="event_has_a_verb"),
            models.CheckConstraint(condition=NoFreeWords("detail"), name="event_has_no_free_words"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id} ({self.outcome})"


class Seal(models.Model):
    """One time that events were sealed: all those of transactions that had ended by then."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    cluster = models.CharField(
        max_length=20, help_text="Which PostgreSQL; transactions of another count anew."
    )
    horizon = models.BigIntegerField(help_text="Every transaction with a lower number had ended.")
    last_link = models.BigIntegerField(help_text="How many events have been sealed, these included.")
    digest = models.CharField(max_length=64, help_text="That of the last link, in hexadecimal.")

    class Meta:
        ordering = ["number"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Seal {self.number} at {self.last_link} events"


class SealedEvent(models.Model):
    """One event's place in the chain. Its digest rests on the event and on the digest before it."""

    number = models.BigIntegerField(primary_key=True, help_text="From 1, without gaps.")
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 in hexadecimal.")

    class Meta:
        ordering = ["number"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Link {self.number} of event {self.event_id}"
