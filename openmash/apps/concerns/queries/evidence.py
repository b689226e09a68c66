"""What counts on a contact now: signs not withdrawn, and the latest answer to each question of fact."""

from openmash.apps.concerns.models import Contact, FactRecorded, SignRecorded


def current_signs(contact: Contact) -> list[SignRecorded]:
    """Signs that have not been withdrawn, oldest first."""
    return list(contact.signs.filter(withdrawn__isnull=True).select_related("by__agency"))


def current_facts(contact: Contact) -> list[FactRecorded]:
    """The latest answer to each question."""
    latest = {fact.fact: fact for fact in contact.facts.order_by("id")}
    return list(latest.values())
