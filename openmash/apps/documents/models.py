import uuid

from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.directory.models import Person
from openmash.apps.documents.kinds import KINDS


class Document(models.Model):
    """A file as it was handed over. It never changes and never goes; another version is another document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150, help_text="What it was called, without any folder.")
    kind = models.CharField(max_length=20, choices=[(kind.name, kind.label) for kind in KINDS])
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    kept_as = models.CharField(max_length=64, unique=True, help_text="The random name under which it lies.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", kept_as__regex=r"^[0-9a-f]{64}$"),
                name="document_is_named_at_random",
            ),
        ]
        triggers = kept("document", "id")

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """What the virus scanner said of a document. A document without one is in quarantine."""

    class Verdict(models.TextChoices):
        CLEAN = "clean", "Nothing was found in it"
        FOUND = "found", "Something harmful was found in it"
        COULD_NOT = "could_not", "The scanner could not look at it"

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="scan")
    verdict = models.CharField(max_length=10, choices=Verdict)
    what = models.CharField(max_length=300, blank=True, help_text="What was found, or why it could not.")
    scanner = models.CharField(max_length=200, help_text="Which scanner, with which signatures.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="clean", what="") | (~Q(verdict="clean") & Q(what__regex=r"\S")),
                name="scan_says_what_was_found",
            ),
        ]
        triggers = kept("document", "document_id")

    def __str__(self) -> str:
        return f"{self.document}: {self.verdict}"
