"""What people said of somebody besides the description itself, or later: each a row, with who said it and when.

`since` and `until` are when it was so, as far as anybody knows; `by_id` and `at` are who said it and when.
Nothing here is ever changed: what turns out to be wrong is said to be wrong, in a row of its own.
"""

from django.db import models
from django.db.models import F, Q

from openmash.apps.audit.guards import kept
from openmash.apps.families.models.description import Description


class Said(models.Model):
    """What every such row has."""

    contact_id = models.UUIDField(db_index=True, help_text="The contact on which this was said.")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    when = models.TextField(
        blank=True, help_text="The dates just as they were said, such as “since about 2019”."
    )
    by_id = models.BigIntegerField(null=True, help_text="Empty: the member of the public who raised it.")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]
        triggers = kept("contact", "contact_id")


class NameSaid(Said):
    """One name or spelling. A name said in one piece is `given`, with an empty `family`."""

    class Kind(models.TextChoices):
        IN_USE = "in_use", "Name in use"
        ALSO_KNOWN_AS = "also_known_as", "Also known as"
        FORMER = "former", "Former name"
        AT_BIRTH = "at_birth", "Name at birth"
        OTHER_SCRIPT = "other_script", "In another script"

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="names_said")
    kind = models.CharField(max_length=15, choices=Kind)
    given = models.TextField(blank=True)
    family = models.TextField(blank=True)

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=~Q(given="") | ~Q(family=""), name="name_said_is_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class BirthSaid(Said):
    """When somebody was born, said later or otherwise than in the description; exactly one of the three."""

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="births_said")
    born_on = models.DateField(null=True)
    is_approximate = models.BooleanField(default=False)
    about_age = models.PositiveSmallIntegerField(null=True, help_text="In years, on the day it was said.")
    expected_on = models.DateField(null=True)

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=Q(born_on__isnull=False, about_age__isnull=True, expected_on__isnull=True)
                | Q(born_on__isnull=True, about_age__isnull=False, expected_on__isnull=True)
                | Q(born_on__isnull=True, about_age__isnull=True, expected_on__isnull=False),
                name="birth_said_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.born_on or self.about_age or self.expected_on)


class AddressSaid(Said):
    """An address somebody lives or lived at. The one in use has no `until`."""

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="addresses_said")
    lines = models.TextField(blank=True)
    postcode = models.TextField(blank=True)

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(lines="") | ~Q(postcode=""), name="address_said_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lines} {self.postcode}".strip()


class PlaceSaid(Said):
    """Where somebody goes or is known: a school, a GP practice, a nursery."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School or college"
        NURSERY = "nursery", "Nursery or childminder"
        GP = "gp", "GP practice"
        HOSPITAL = "hospital", "Hospital or clinic"
        WORK = "work", "Work"
        OTHER = "other", "Another place"

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="places_said")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.TextField()

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="place_said_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class IdentifierSaid(Said):
    """A number somebody issued, as it was said.

    One that fails its check is kept, with `why_not` saying what is wrong with it in a sentence; it is then no
    evidence of who somebody is. `plain` is the number in the form in which it is compared, if it holds.
    """

    class Kind(models.TextChoices):
        NHS_NUMBER = "nhs_number", "NHS number"
        UPN = "upn", "Unique pupil number"
        FORMER_UPN = "former_upn", "Former unique pupil number"
        LOCAL = "local", "Number in another system"

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="identifiers_said")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.TextField()
    plain = models.TextField(blank=True)
    issuer = models.TextField(blank=True, help_text="Whose number it is, for a number of another system.")
    why_not = models.TextField(blank=True)

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=~Q(value=""), name="identifier_said_is_something"),
            models.CheckConstraint(
                condition=~Q(kind="local") | ~Q(issuer=""), name="identifier_local_has_an_issuer"
            ),
            models.CheckConstraint(
                condition=Q(plain="", why_not__gt="") | Q(plain__gt="", why_not=""),
                name="identifier_holds_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class IdentifierSaidWrong(models.Model):
    """A person's word that a number is not this person's, though its check holds. It counts no more."""

    identifier = models.OneToOneField(IdentifierSaid, on_delete=models.PROTECT, related_name="wrong")
    contact_id = models.UUIDField(help_text="The contact on which this was said.")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="identifier_wrong_has_a_reason")]
        triggers = kept("contact", "contact_id")

    def __str__(self) -> str:
        return f"{self.identifier} is wrong"


class RelationshipSaid(Said):
    """One person is something to another: `one` is the `kind` of `other` ("one is the mother of other")."""

    class Kind(models.TextChoices):
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        PARENT = "parent", "Parent"
        STEP_PARENT = "step_parent", "Step-parent"
        ADOPTIVE_PARENT = "adoptive_parent", "Adoptive parent"
        FOSTER_CARER = "foster_carer", "Foster carer"
        CARER = "carer", "Carer"
        GRANDPARENT = "grandparent", "Grandparent"
        AUNT_OR_UNCLE = "aunt_or_uncle", "Aunt or uncle"
        OTHER_RELATIVE = "other_relative", "Another relative"
        PARTNER = "partner", "Partner"
        FORMER_PARTNER = "former_partner", "Former partner"
        SIBLING = "sibling", "Brother or sister"
        HALF_SIBLING = "half_sibling", "Half-brother or half-sister"
        STEP_SIBLING = "step_sibling", "Step-brother or step-sister"
        TWIN = "twin", "Twin"

    one = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="is_said_to_be")
    other = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="is_said_to_have")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.TextField(blank=True, help_text="What they are called, such as “maternal aunt”.")
    is_unsure = models.BooleanField(default=False, help_text="Whoever said it was not sure.")
    is_denied = models.BooleanField(default=False, help_text="It was said that this is not so.")
    told_by = models.TextField(
        blank=True, help_text="Who told whoever wrote it down; empty if they know it themselves."
    )

    class Meta(Said.Meta):
        constraints = [
            *Said.Meta.constraints,
            models.CheckConstraint(condition=~Q(one=F("other")), name="relationship_is_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one}: {self.get_kind_display()} of {self.other}"


PARENTS = frozenset(
    {
        RelationshipSaid.Kind.MOTHER,
        RelationshipSaid.Kind.FATHER,
        RelationshipSaid.Kind.PARENT,
        RelationshipSaid.Kind.STEP_PARENT,
        RelationshipSaid.Kind.ADOPTIVE_PARENT,
        RelationshipSaid.Kind.FOSTER_CARER,
        RelationshipSaid.Kind.CARER,
    }
)
"""Whoever brings a child up: their names help to find the child."""

SIBLINGS = frozenset(
    {
        RelationshipSaid.Kind.SIBLING,
        RelationshipSaid.Kind.HALF_SIBLING,
        RelationshipSaid.Kind.STEP_SIBLING,
        RelationshipSaid.Kind.TWIN,
    }
)
BOTH_WAYS = SIBLINGS | {RelationshipSaid.Kind.PARTNER, RelationshipSaid.Kind.FORMER_PARTNER}
"""Relationships that are the same read from either side."""
