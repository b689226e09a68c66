"""What keeps people out of single records, whatever their role: restrictions, conflicts of interest, and emergencies.

Every row is append-only: an end is a row of its own. `contact_id` stands in each, so that the log can be asked.
"""

from django.db import models
from django.db.models import Q

from openmash.apps.audit.guards import kept
from openmash.apps.directory.models import Person

GUARDS = kept("contact", "contact_id")


class Restriction(models.Model):
    """Until a day only the owner and people named see the record, and whoever raised it their own words."""

    class Kind(models.TextChoices):
        STAFF = "staff", "The child or a relative of somebody who works here"
        HIGH_PROFILE = "high_profile", "A family many people would recognise"
        ADOPTION = "adoption", "Adoption: who somebody was before"
        HIDING = "hiding", "Somebody here must not be found"
        PROTECTED = "protected", "A protected witness"
        ALLEGATION = "allegation", "An allegation against somebody who works with children"
        OTHER = "other", "Another reason"

    contact_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=15, choices=Kind)
    reason = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField(help_text="The last day. The owner is reminded two weeks before.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_a_reason")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, until {self.ends_on}"


class RestrictionNames(models.Model):
    """Somebody besides the owner who may see a restricted record."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="names")
    contact_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"{self.person} may see it"


class RestrictionLifted(models.Model):
    """A restriction ended before its day."""

    restriction = models.OneToOneField(Restriction, on_delete=models.PROTECT, related_name="lifted")
    contact_id = models.UUIDField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="lifted_has_a_reason")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"Lifted: {self.restriction}"


class ConflictDeclared(models.Model):
    """Somebody said that they know the family: from then on they are kept out of the record, whatever their role."""

    contact_id = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="conflict_has_a_reason")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"{self.person} is kept out"


class ConflictEnded(models.Model):
    """A leader said that somebody is no longer kept out; never the person themselves."""

    conflict = models.OneToOneField(ConflictDeclared, on_delete=models.PROTECT, related_name="ended")
    contact_id = models.UUIDField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="conflict_ended_has_a_reason")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"Ended: {self.conflict}"


class EmergencyAccess(models.Model):
    """Somebody opened a restricted record because a child could not wait. It holds until the end of a day."""

    contact_id = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    last_day = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="emergency_has_a_reason")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"{self.person} in an emergency"


class EmergencyReviewed(models.Model):
    """What the owner of the record, or somebody named, found when they looked into it."""

    emergency = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="reviewed")
    contact_id = models.UUIDField()
    was_needed = models.BooleanField()
    note = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="review_has_a_note")]
        triggers = GUARDS

    def __str__(self) -> str:
        return f"Reviewed: {self.emergency}"
