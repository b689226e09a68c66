"""Who is who: a person's word, on stated evidence, that can be taken back. Nothing is ever merged by itself."""

import uuid

from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.families.models.description import Description

SHOWN = "The evidence on the page when this was said, and the version of the weights it was worked out with."


class KnownPerson(models.Model):
    """One child or adult, to whom people have linked descriptions. Holds nothing itself: the descriptions do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "known people"
        triggers = kept("known_person", "id")

    def __str__(self) -> str:
        return str(self.id)


class Link(models.Model):
    """A person's word that a description is of this known person. Undone by an `Unlink`, never removed."""

    known_person = models.ForeignKey(KnownPerson, on_delete=models.PROTECT, related_name="links")
    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="links")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()
    shown = models.JSONField(default=dict, help_text=SHOWN)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="link_has_a_reason")]
        triggers = kept("known_person", "known_person_id")

    def __str__(self) -> str:
        return f"{self.description} is {self.known_person}"


class Unlink(models.Model):
    """A person's word that a link was wrong."""

    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="undone")
    known_person = models.ForeignKey(KnownPerson, on_delete=models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="unlink_has_a_reason")]
        triggers = kept("known_person", "known_person_id")

    def __str__(self) -> str:
        return f"not {self.link}"


class NotSame(models.Model):
    """A person's word that two descriptions are of different people, so that nobody is asked again.

    It holds for every description of the two people, as far as descriptions have been linked.
    """

    one = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="+")
    contact_id = models.UUIDField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()
    shown = models.JSONField(default=dict, help_text=SHOWN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="not_same_has_a_reason"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="not_same_is_about_two"),
        ]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class NotSameTakenBack(models.Model):
    """A person's word that the two may be the same after all: they can be proposed and linked again."""

    not_same = models.OneToOneField(NotSame, on_delete=models.PROTECT, related_name="taken_back")
    contact_id = models.UUIDField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="taken_back_has_a_reason")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"taken back: {self.not_same}"
