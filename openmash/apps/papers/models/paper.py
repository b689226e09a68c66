from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.casework.models import Meeting
from openmash.apps.directory.models import Person


class Paper(models.Model):
    """The reports before a meeting or the minutes after it, as they stood when they were kept. Never changed:
    what is added to the record later makes the next number.

    `content` is as `papers.contents` makes it: parts, each of which can be given to somebody by itself.
    """

    class Kind(models.TextChoices):
        REPORTS = "reports", "Reports before the meeting"
        MINUTES = "minutes", "Minutes"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "number"], name="paper_numbered_once")
        ]
        triggers = kept("paper", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, number {self.number}"


class Given(models.Model):
    """That somebody was given some parts of a paper, and why they need them. The log of what went to whom.

    `person` reads it here; somebody of the family, named in `who` alone, is handed or sent the print.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.TextField()
    parts = models.JSONField(help_text="The keys of the parts, in the order of the paper.")
    reason = models.TextField(help_text="Why they need to know these parts.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who__regex=r"\S", reason__regex=r"\S") & ~Q(parts=[]),
                name="given_says_what_to_whom_and_why",
            ),
        ]
        triggers = kept("paper", "paper_id")

    def __str__(self) -> str:
        return f"{self.paper} to {self.who}"
