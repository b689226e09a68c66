"""Every write about who somebody is. Callers have already checked that `by` may write on the contact."""

from openmash.apps.families.actions.describing import (
    describe,
    say_identifier_wrong,
    say_more,
    say_relationship,
)
from openmash.apps.families.actions.indexing import (
    index_descriptions,
    index_people,
    index_person,
    remove_from_index,
)
from openmash.apps.families.actions.linking import (
    link_same,
    say_household,
    say_not_same,
    take_back_not_same,
    unlink,
)
from openmash.apps.families.told import (
    AddressTold,
    BirthTold,
    IdentifierTold,
    MoreTold,
    NameTold,
    PersonDescribed,
    PlaceTold,
    RelationshipTold,
)

__all__ = [
    "AddressTold",
    "BirthTold",
    "IdentifierTold",
    "MoreTold",
    "NameTold",
    "PersonDescribed",
    "PlaceTold",
    "RelationshipTold",
    "describe",
    "index_descriptions",
    "index_people",
    "index_person",
    "link_same",
    "remove_from_index",
    "say_household",
    "say_identifier_wrong",
    "say_more",
    "say_not_same",
    "say_relationship",
    "take_back_not_same",
    "unlink",
]
