from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.directory.models import Agency, Person
from openmash.apps.sharing.models.request import Request


class Shared(models.Model):
    """One time that something left an agency: to whom, when, on which ground. What left are its fields.

    It is of a request when `request` is set: asking tells something too, and so does every answer. Without one somebody
    wrote down what they shared in another way.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="shared_set")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    to_whom = models.TextField(help_text="The same in words; or whoever it was that is no agency here.")
    about = models.TextField(help_text="The child or children, in words.")
    grounds = models.JSONField(help_text="Each ground relied on: id, name, source, whether to be confirmed.")
    text_version = models.CharField(
        max_length=80, help_text="Version of the dated text that names the grounds."
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["from_agency", "-at"], name="shared_by_agency")]
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=[]), name="shared_on_a_ground"),
            models.CheckConstraint(
                condition=Q(to_whom__regex=r"\S", about__regex=r"\S"),
                name="shared_with_somebody_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(to_agency__isnull=True) | ~Q(to_agency=F("from_agency")),
                name="shared_with_another",
            ),
        ]
        triggers = kept("shared", "id")

    def __str__(self) -> str:
        return f"{self.from_agency} to {self.to_whom}"


class SharedField(models.Model):
    """One thing that left, exactly as it left."""

    shared = models.ForeignKey(Shared, on_delete=models.PROTECT, related_name="fields")
    label = models.TextField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(label__regex=r"\S", text__regex=r"\S"), name="shared_field_says_what"
            )
        ]
        triggers = kept("shared", "shared_id")

    def __str__(self) -> str:
        return self.label


class NotShared(models.Model):
    """Something that did not leave, and why: a question not answered, a request refused, or a person's own decision."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="not_shared_set")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    with_whom = models.TextField(help_text="Who would have got it.")
    about = models.TextField(help_text="The child or children, in words.")
    what = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agency", "-at"], name="not_shared_by_agency")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    with_whom__regex=r"\S", about__regex=r"\S", what__regex=r"\S", reason__regex=r"\S"
                ),
                name="not_shared_says_what_and_why",
            )
        ]
        triggers = kept("not_shared", "id")

    def __str__(self) -> str:
        return f"{self.agency} not to {self.with_whom}"
