"""Where people are found by. Worked out from what is recorded, and can be worked out again at any time.

It records nothing of its own, so its rows may change and go; `manage.py index_people` makes them afresh.
"""

from django.db import models
from django.db.models import Q


class IndexedPerson(models.Model):
    """A person as the matching engine knows them: a description on a contact, or a row of a register.

    Rows of registers have numbers below nought, so that a key alone says of which source whoever has it is.
    """

    class Source(models.TextChoices):
        DESCRIPTION = "description", "Description on a contact"
        REGISTER = "register", "Row of a register"

    source = models.CharField(max_length=11, choices=Source)
    record_id = models.UUIDField(help_text="The description or the row of a register.")
    described = models.TextField(help_text="The person in the engine's compact form.")
    key_specification = models.CharField(max_length=20, help_text="The specification its keys were made by.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "record_id"], name="indexed_once"),
            models.CheckConstraint(
                condition=Q(source="register", id__lt=0) | Q(source="description", id__gt=0),
                name="number_says_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.record_id}"


class MatchKey(models.Model):
    """One of the keys a person is found by. The primary key answers a lookup by itself, without this table.

    `person` has neither an index nor a constraint in the database: at twelve million people each would cost
    gigabytes. Keys to be removed are worked out again from `IndexedPerson.described`.
    """

    pk = models.CompositePrimaryKey("key", "person_id")
    key = models.BigIntegerField()
    person = models.ForeignKey(
        IndexedPerson, on_delete=models.DO_NOTHING, related_name="keys", db_index=False, db_constraint=False
    )
    sketch = models.BigIntegerField(help_text="Roughly who is found by it; part of the primary key's index.")

    def __str__(self) -> str:
        return f"{self.key} of {self.person_id}"
