import uuid

from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import append_only, audited, kept
from openmash.apps.casework.models import Case
from openmash.apps.directory.models import Person


class LettersAdopted(models.Model):
    """A version of the letters an area sends, as the very texts that were agreed, from the moment they apply."""

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    texts = models.JSONField(help_text="File name to text.")
    in_force_from = models.DateTimeField(unique=True)
    decision = models.TextField(help_text="Who decided to adopt it, when and why, in words.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["in_force_from"]
        verbose_name_plural = "letters adopted"
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="letters_version_once"),
            models.CheckConstraint(condition=Q(decision__regex=r"\S"), name="letters_in_a_decision"),
        ]
        triggers = [append_only(), audited("letters", "id")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Letter(models.Model):
    """A letter as it was written from the record, under which version of the texts. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    to = models.CharField(max_length=10)
    addressee = models.TextField()
    occasion = models.CharField(max_length=60, help_text="What it tells of, such as meeting:5f0c…")
    subject = models.TextField()
    blocks = models.JSONField(help_text="Paragraphs and lists, as `engines.letters` fills them.")
    template = models.ForeignKey(LettersAdopted, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(addressee__regex=r"\S", subject__regex=r"\S") & ~Q(blocks=[]),
                name="letter_says_something_to_somebody",
            ),
        ]
        triggers = kept("letter", "id")

    def __str__(self) -> str:
        return f"{self.subject}, to {self.addressee}"
