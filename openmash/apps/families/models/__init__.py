from openmash.apps.families.models.description import Description, HouseholdSaid, Sex
from openmash.apps.families.models.index import IndexedPerson, MatchKey
from openmash.apps.families.models.links import KnownPerson, Link, NotSame, NotSameTakenBack, Unlink
from openmash.apps.families.models.said import (
    BOTH_WAYS,
    PARENTS,
    SIBLINGS,
    AddressSaid,
    BirthSaid,
    IdentifierSaid,
    IdentifierSaidWrong,
    NameSaid,
    PlaceSaid,
    RelationshipSaid,
    Said,
)

__all__ = [
    "BOTH_WAYS",
    "PARENTS",
    "SIBLINGS",
    "AddressSaid",
    "BirthSaid",
    "Description",
    "HouseholdSaid",
    "IdentifierSaid",
    "IdentifierSaidWrong",
    "IndexedPerson",
    "KnownPerson",
    "Link",
    "MatchKey",
    "NameSaid",
    "NotSame",
    "NotSameTakenBack",
    "PlaceSaid",
    "RelationshipSaid",
    "Said",
    "Sex",
    "Unlink",
]
