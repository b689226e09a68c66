from django.db import models

from openmash.apps.audit.guards import kept
from openmash.apps.concerns.models.contact import Contact
from openmash.apps.families.models import Description


class Role(models.TextChoices):
    """A person's part in one concern: the same person may have another part in the next."""

    SUBJECT = "subject", "Child the concern is about"
    OTHER_CHILD = "other_child", "Other child in the household"
    CHILD_ELSEWHERE = "child_elsewhere", "Child of the family living elsewhere"
    CHILD_WHO_HARMED = "child_who_harmed", "Child who may have harmed another"
    PARENT = "parent", "Parent"
    CARER = "carer", "Other carer"
    PARTNER = "partner", "Partner of a parent or carer"
    RELATIVE = "relative", "Relative"
    MAY_HAVE_HARMED = "may_have_harmed", "Adult who may have harmed the child"
    SUPPORTS_CHILD = "supports_child", "Adult the child trusts"
    OTHER = "other", "Somebody else"


CHILD_ROLES = frozenset({Role.SUBJECT, Role.OTHER_CHILD, Role.CHILD_ELSEWHERE, Role.CHILD_WHO_HARMED})
HOUSEHOLD_ROLES = frozenset({Role.SUBJECT, Role.OTHER_CHILD})


class Part(models.Model):
    """Somebody's part in one contact."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="parts")
    description = models.OneToOneField(Description, on_delete=models.PROTECT, related_name="part")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        ordering = ["id"]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.description} ({self.get_role_display()})"
