import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from openmash.apps.audit.guards import append_only, audited, never_deleted
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.purposes import Purpose
from openmash.engines.matching.private.messages import Said


class HolderKey(models.Model):
    """An agency's key, sealed under the secret of the installation. The newest is in use.

    A new one makes every output made under an older one worthless. Only how it is sealed may change.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sealed_seed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = [
            never_deleted(),
            pgtrigger.ReadOnly(name="key_stays", exclude=["sealed_seed"]),
            audited("private_answers", "agency_id"),
        ]

    def __str__(self) -> str:
        return f"key of {self.agency} since {self.at:%Y-%m-%d}"


class Preparation(models.Model):
    """One run that made an agency's answers ready: how many people and outputs, under which key."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    outputs = models.PositiveIntegerField()
    specification = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = [append_only(), audited("private_answers", "agency_id")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.people} people on {self.at:%Y-%m-%d}"


class PreparedPerson(models.Model):
    """A child of the holder's list under a number of its own, with every record that is of this child.

    Derived: made anew from the list at will.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="people")
    record_ids = ArrayField(models.UUIDField())
    kinds = models.PositiveIntegerField(help_text="The kinds of token there are any of: bit n for kind n.")

    def __str__(self) -> str:
        return f"prepared {self.pk}"


class PreparedOutput(models.Model):
    """One output of the holder's list, shortened to 64 bits. It never leaves; without the key it says nothing."""

    id = models.BigAutoField(primary_key=True)
    key = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    output = models.BigIntegerField()
    kind = models.PositiveSmallIntegerField()
    person = models.ForeignKey(PreparedPerson, on_delete=models.CASCADE, related_name="outputs")

    class Meta:
        indexes = [
            models.Index(fields=["key", "output"], include=["kind", "person"], name="prepared_output_found")
        ]

    def __str__(self) -> str:
        return f"output of {self.person}"


class Shielding(models.Model):
    """Somebody decided that questions about a child are answered by a person, or no longer.

    It stands on one description, and holds for the child (`shields.py`). The latest word of each agency counts.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record_id = models.UUIDField()
    shielded = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agency", "record_id"], name="shielding_of_record")]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="shielding_has_a_reason")]
        triggers = [append_only(), audited("private_answers", "agency_id")]

    def __str__(self) -> str:
        return f"{self.record_id}: {'shielded' if self.shielded else 'no longer shielded'}"


SAID = {
    "hit": Said.HIT,
    "no_hit": Said.NO_HIT,
    "person": Said.PERSON,
}
"""The code of an answer in the table, and the answer."""

CODE_OF = {said: code for code, said in SAID.items()}


class PrivateQuestion(models.Model):
    """One question: who asked whom, about which case, why and when, and the one word that came back.

    There is no child in it, no token and no output. The agency asked is shown everything but the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(help_text="The contact on whose account it was asked.")
    case_reference = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20, choices=[(each.value, each.words) for each in Purpose])
    ground = models.CharField(max_length=200)
    at = models.DateTimeField()
    said = models.CharField(
        max_length=10, choices=[("hit", "Yes"), ("no_hit", "No"), ("person", "A person must answer")]
    )
    weights = models.CharField(
        max_length=20, help_text="The version of the weights that it was worked out by."
    )

    class Meta:
        ordering = ["-at", "id"]
        indexes = [
            models.Index(fields=["by", "at"], name="question_of_person"),
            models.Index(fields=["asker", "at"], name="question_of_agency"),
            models.Index(fields=["asked", "at"], name="question_to_agency"),
            models.Index(fields=["case_id", "asked"], name="question_of_case"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(ground=""), name="question_has_a_ground"),
            models.CheckConstraint(condition=~models.Q(case_reference=""), name="question_has_a_case"),
            models.CheckConstraint(
                condition=~models.Q(asker=models.F("asked")), name="question_is_to_another"
            ),
        ]
        triggers = [append_only(), audited("private_question", "id")]

    def __str__(self) -> str:
        return f"{self.asker} asked {self.asked} about {self.case_reference}"


class OtherQuestion(models.Model):
    """A question from another installation to an agency of this one: who asked, for whom and when.

    asker, by: as that installation tells them. case_id: its own number of the case, which says nothing here.
    said: "" until the keeper has answered, which it does once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    installation = models.CharField(max_length=40)
    asked = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(HolderKey, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200)
    by_id = models.CharField(max_length=40)
    case_id = models.UUIDField()
    purpose = models.CharField(max_length=20, choices=[(each.value, each.words) for each in Purpose])
    at = models.DateTimeField()
    said = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["-at", "id"]
        indexes = [
            models.Index(fields=["installation", "at"], name="other_question_of_day"),
            models.Index(fields=["asked", "at"], name="other_question_to_agency"),
        ]
        triggers = [
            never_deleted(),
            pgtrigger.ReadOnly(name="question_stays", exclude=["said"]),
            pgtrigger.Protect(
                name="answered_once", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__said="")
            ),
            audited("private_answers", "asked_id"),
        ]

    def __str__(self) -> str:
        return f"{self.asker} ({self.installation}) asked {self.asked}"
