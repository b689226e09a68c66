import uuid

from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept


class Sex(models.TextChoices):
    FEMALE = "female", "Girl or woman"
    MALE = "male", "Boy or man"
    NOT_KNOWN = "not_known", "Not known"


class Description(models.Model):
    """A person, in the words of whoever described them on one contact. Never edited.

    Empty text means "not known". A person is a child, an unborn child or an adult. What was said besides (other
    names with their kind, earlier addresses, identifiers, relationships) and what is said later are rows of
    their own, in `said`.
    """

    class Kind(models.TextChoices):
        CHILD = "child", "Child"
        UNBORN = "unborn", "Unborn child"
        ADULT = "adult", "Adult"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact_id = models.UUIDField(db_index=True, help_text="The contact on which this was said.")
    described_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.TextField(blank=True)
    other_names = models.TextField(blank=True, help_text="Other names and spellings.")
    born_on = models.DateField(null=True)
    born_on_is_approximate = models.BooleanField(default=False, help_text="Whoever said it was not sure.")
    about_age = models.PositiveSmallIntegerField(
        null=True, help_text="Approximate age in years, when described."
    )
    expected_on = models.DateField(null=True, help_text="When an unborn child is expected.")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.NOT_KNOWN)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    school = models.TextField(blank=True)
    gp = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    language = models.TextField(blank=True)
    cared_for_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=False) | Q(born_on_is_approximate=False),
                name="description_approximate_needs_a_date",
            ),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return self.name or "Name not known"


class HouseholdSaid(models.Model):
    """A person's word that two contacts are, or are not, about the same household. The latest word counts."""

    contact_id = models.UUIDField(db_index=True)
    earlier_id = models.UUIDField(db_index=True)
    same = models.BooleanField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="household_has_a_reason"),
            models.CheckConstraint(condition=~Q(contact_id=F("earlier_id")), name="household_is_about_two"),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.contact_id} and {self.earlier_id}: {'same' if self.same else 'different'} household"
