import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from openmash.apps.audit.guards import append_only, audited


class Sex(models.TextChoices):
    FEMALE = "female", "Girl or woman"
    MALE = "male", "Boy or man"
    NOT_KNOWN = "not_known", "Not known"


class Description(models.Model):
    """A person, in the words of whoever described them on one contact. Never edited.

    Empty text means "not known". A person is a child, an unborn child or an adult.
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
    about_age = models.PositiveSmallIntegerField(
        null=True, help_text="Approximate age in years, when described."
    )
    expected_on = models.DateField(null=True, help_text="When an unborn child is expected.")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.NOT_KNOWN)
    address = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    school = models.TextField(blank=True)
    gp = models.TextField(blank=True)
    language = models.TextField(blank=True)
    cared_for_by = models.TextField(blank=True)
    name_key = models.TextField(blank=True)
    address_key = models.TextField(blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["name_key"], name="description_name_alike", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["address_key"], name="description_address"),
            models.Index(fields=["born_on"], name="description_born"),
        ]
        triggers = [append_only(), audited("contact", "contact_id")]

    def __str__(self) -> str:
        return self.name or "Name not known"


class Child(models.Model):
    """One child, to whom people have linked descriptions. Holds nothing itself: the descriptions do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "children"
        triggers = [append_only(), audited("child", "id")]

    def __str__(self) -> str:
        return str(self.id)


class Link(models.Model):
    """A person's word that a description is of this child. Undone by an `Unlink`, never removed."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="links")
    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="links")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="link_has_a_reason")]
        triggers = [append_only(), audited("child", "child_id")]

    def __str__(self) -> str:
        return f"{self.description} is {self.child}"


class Unlink(models.Model):
    """A person's word that a link was wrong."""

    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="undone")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="unlink_has_a_reason")]
        triggers = [append_only(), audited("child", "child_id")]

    def __str__(self) -> str:
        return f"not {self.link}"


class NotSame(models.Model):
    """A person's word that two descriptions are of different people, so that nobody is asked again."""

    one = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    contact_id = models.UUIDField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="not_same_has_a_reason"),
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="not_same_is_about_two"),
        ]
        triggers = [append_only(), audited("contact", "contact_id")]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


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
            models.CheckConstraint(condition=~models.Q(reason=""), name="household_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(contact_id=models.F("earlier_id")), name="household_is_about_two"
            ),
        ]
        triggers = [append_only(), audited("contact", "contact_id")]

    def __str__(self) -> str:
        return f"{self.contact_id} and {self.earlier_id}: {'same' if self.same else 'different'} household"
