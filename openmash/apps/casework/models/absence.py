from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import append_only, audited
from openmash.apps.directory.models import Person


class Absence(models.Model):
    """That somebody is away, from one day to another (both included), and who covers for them meanwhile.

    Never edited: a later row `replaces` it, for instance because they are back early, or `withdrawn` because it
    never happens.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    starts = models.DateField()
    ends = models.DateField()
    cover = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="covers")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("person")), name="absence_covered_by_another"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(replaces__isnull=False), name="absence_withdrawn_was_one"
            ),
        ]
        triggers = [append_only(), audited("absence", "id")]

    def __str__(self) -> str:
        return f"{self.person} away from {self.starts} to {self.ends}"
