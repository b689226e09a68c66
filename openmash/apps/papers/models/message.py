import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept_moving
from openmash.apps.casework.models import Invitation, Notice
from openmash.apps.directory.models import Person
from openmash.apps.papers.models.paper import Given


class Message(models.Model):
    """An e-mail to somebody that something waits for them here: one for each thing that waits, and no word of it.

    It is claimed before it leaves, and what became of it is written down after. One that was claimed and of which
    nothing was written may have left or not: it is not sent again, and is shown as not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="message")
    given = models.OneToOneField(Given, on_delete=models.PROTECT, null=True, related_name="message")
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, null=True, related_name="message")
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(
                fields=["written_at"],
                name="message_waits",
                condition=Q(claimed_at__isnull=True, failed_because=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, given__isnull=True, notice__isnull=True)
                | Q(invitation__isnull=True, given__isnull=False, notice__isnull=True)
                | Q(invitation__isnull=True, given__isnull=True, notice__isnull=False),
                name="message_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(claimed_at__isnull=False, failed_because=""),
                name="message_is_claimed_before_it_is_sent",
            ),
        ]
        triggers = [
            *kept_moving("message", "id"),
            pgtrigger.ReadOnly(
                name="words_stay", exclude=["tries", "claimed_at", "sent_at", "failed_because"]
            ),
            pgtrigger.Trigger(
                name="sent_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
                func="RAISE EXCEPTION 'a message that was sent is done with' "
                "USING ERRCODE = 'integrity_constraint_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"e-mail to {self.to}"
