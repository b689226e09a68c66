"""How two people on the same draft are related: asked in whole words, kept as `families` keeps it."""

from collections.abc import Mapping

from openmash.web.layout.fields import Choice, SelectField

TO_A_CHILD = (
    ("mother", "Mother"),
    ("father", "Father"),
    ("parent", "Parent"),
    ("step_parent", "Stepmother or stepfather"),
    ("adoptive_parent", "Adoptive parent"),
    ("foster_carer", "Foster carer"),
    ("carer", "Guardian, or another who brings the child up"),
    ("grandparent", "Grandmother or grandfather"),
    ("aunt_or_uncle", "Aunt or uncle"),
)
BETWEEN_CHILDREN = (
    ("sibling", "Brother or sister"),
    ("twin", "Twin"),
    ("half_sibling", "Half-brother or half-sister"),
    ("step_sibling", "Stepbrother or stepsister"),
)
ANYONE = (("other_relative", "Another relative"),)
"""The kinds of `families.models.RelationshipSaid`, in the words of the page."""

PARTNERS = (("partner", "Partner of {name}"), ("former_partner", "Former partner of {name}"))

RELATED, PARTNER_OF = "related", "partner_of"


def related_name(number: int) -> str:
    """The name of the question about the child of this number."""
    return f"{RELATED}_{number}"


def related_question(name: str, kinds: tuple[tuple[str, str], ...], *, who: str) -> SelectField:
    """`How are they related to Zoya Hart?` Left empty, nothing is said of it."""
    label = f"How {who} related to {name}?" if name else f"How {who} related to the child?"
    field = SelectField(label=label, label_size="s", required=False)
    field.offer(kinds)
    return field


def partner_question(others: Mapping[int, str]) -> SelectField:
    """Whose partner somebody is or was, among the other people told about."""
    field = SelectField(label="Are or were they somebody’s partner?", label_size="s", required=False)
    named = {number: name or f"person {number}, whose name is not known" for number, name in others.items()}
    field.offer(
        Choice(f"{kind}-{number}", label.format(name=name))
        for number, name in named.items()
        for kind, label in PARTNERS
    )
    return field
