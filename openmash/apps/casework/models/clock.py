import pgtrigger
from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept, kept_moving
from openmash.apps.casework.models.case import Case, StageOpen
from openmash.apps.casework.models.nothing_goes_on import NOTHING_GOES_ON
from openmash.apps.casework.models.practice import PracticeAdopted
from openmash.apps.directory.models import Person


class Clock(models.Model):
    """Something that must be done by a moment. What started it and when it is due are written once.

    `definition` is the id in the clocks.csv of `practice`: the very text it runs under is kept with it.
    The moving parts are that it stopped, and that its notice was written.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    stage = models.ForeignKey(StageOpen, on_delete=models.PROTECT, related_name="clocks")
    definition = models.CharField(max_length=50)
    practice = models.ForeignKey(PracticeAdopted, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(help_text="From when it counts.")
    started_by = models.CharField(max_length=120, help_text="What started it: the event of the pathway.")
    counted_from = models.CharField(max_length=20)
    about = models.CharField(
        max_length=60, blank=True, help_text="The one thing it is for, where there may be several."
    )
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=120, blank=True)
    noticed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_running_due",
                condition=Q(stopped_at__isnull=True, noticed_at__isnull=True),
            ),
            models.Index(fields=["case", "due_at"], name="clock_of_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="clock_due_after_start"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by="")
                | (Q(stopped_at__isnull=False) & ~Q(stopped_by="")),
                name="clock_stopped_by_something",
            ),
        ]
        triggers = [
            *kept_moving("case", "case_id"),
            pgtrigger.ReadOnly(name="terms_stay", exclude=["stopped_at", "stopped_by", "noticed_at"]),
            NOTHING_GOES_ON,
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.definition}"


class Notice(models.Model):
    """That a clock ran out, written once, for whoever leads the work and the managers of the team."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    clock = models.OneToOneField(Clock, on_delete=models.PROTECT, related_name="notice")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = kept("case", "case_id")

    def __str__(self) -> str:
        return f"notice of {self.clock}"
