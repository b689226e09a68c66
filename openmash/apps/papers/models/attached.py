from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.directory.models import Person
from openmash.apps.documents.models import Document


class Attached(models.Model):
    """What a document belongs to, and what it is in words. Who may read it follows from this row alone."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="%(class)s")
    what = models.TextField(help_text="What it is and where it comes from, in words.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(what__regex=r"\S"), name="%(class)s_says_what")]
        triggers = kept("document", "document_id")

    def __str__(self) -> str:
        return f"{self.document}: {self.what}"


class CaseDocument(Attached):
    """A document beside the work with one child: for those who do the work, never for a meeting's guests."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")

    class Meta(Attached.Meta):
        pass


class MeetingDocument(Attached):
    """A document beside a meeting. `for_the_table`: everybody invited reads it; otherwise those who do the work."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents")
    for_the_table = models.BooleanField()

    class Meta(Attached.Meta):
        pass
