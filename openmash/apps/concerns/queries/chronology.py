"""The chronology in short, for the page of one contact: every contact that people have linked, oldest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Part, SignRecorded
from openmash.apps.concerns.permission import whoever
from openmash.apps.concerns.queries.adding_up import what_adds_up
from openmash.apps.concerns.queries.already_known import may_see
from openmash.apps.concerns.queries.family import family_of_contact
from openmash.apps.directory.models import Person
from openmash.apps.families.ages import age_in_words, age_range
from openmash.apps.families.models import Description
from openmash.apps.families.queries.linked import known_person_of_each


@dataclass(frozen=True)
class Entry:
    """One contact in the chronology. If it may not be shown, only which front door to ask: one entry for each door.

    `counts_towards` are the rules of the contact whose page this is for which this one was counted. `adults` are
    those of this family described on it, if it is about other children.
    """

    contact: Contact
    may_see: bool
    ages: tuple[str, ...]
    signs: tuple[SignRecorded, ...]
    is_this_one: bool
    counts_towards: tuple[str, ...] = ()
    adults: tuple[Description, ...] = ()


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def chronology(contact: Contact, *, by: Person, now: datetime) -> list[Entry]:
    """This contact and every other of the family, oldest first, with the child's age at each.

    Front doors that know more come last, once each, and say nothing of when or how much.
    """
    viewer = whoever(by, frozenset(), now)
    family = family_of_contact(contact.pk)
    visible = [each for each in family.everything if each.pk == contact.pk or may_see(viewer, each)]
    seen = {each.pk for each in visible}
    hidden = {each.locality_id: each for each in family.everything if each.pk not in seen}
    counts: dict[UUID, list[str]] = {}
    for rule in what_adds_up([contact], everything=family.contacts, may_see=seen):
        for each in rule.counted:
            counts.setdefault(each.pk, []).append(rule.rule)
    ages, signs = _ages(visible), _signs(visible)
    return [
        *(
            Entry(
                contact=each,
                may_see=True,
                ages=ages[each.pk],
                signs=signs[each.pk],
                is_this_one=each.pk == contact.pk,
                counts_towards=tuple(counts.get(each.pk, ())),
                adults=family.adults.get(each.pk, ()),
            )
            for each in visible
        ),
        *(Entry(each, False, (), (), False) for each in hidden.values()),
    ]


def _signs(contacts: Collection[Contact]) -> dict[UUID, tuple[SignRecorded, ...]]:
    found: dict[UUID, list[SignRecorded]] = {each.pk: [] for each in contacts}
    for sign in SignRecorded.objects.filter(contact__in=contacts, withdrawn__isnull=True):
        found[sign.contact_id].append(sign)
    return {pk: tuple(signs) for pk, signs in found.items()}


def _ages(contacts: Collection[Contact]) -> dict[UUID, tuple[str, ...]]:
    parts = list(Part.objects.filter(contact__in=contacts, role="subject").select_related("description"))
    described = [part.description for part in parts]
    births = best_known(described, known_person_of_each([each.pk for each in described]))
    days = {each.pk: day_of(each.received_at) for each in contacts}
    found: dict[UUID, list[str]] = {each.pk: [] for each in contacts}
    for part in parts:
        found[part.contact_id].append(child_age(part.description, births, days[part.contact_id]))
    return {pk: tuple(ages) for pk, ages in found.items()}


def best_known(
    descriptions: Collection[Description], known: Mapping[UUID, UUID]
) -> dict[UUID, frozenset[date]]:
    """For each description: every date of birth given of the same known person, on any of these."""
    given: dict[UUID, set[date]] = {}
    for each in descriptions:
        if each.born_on is not None:
            given.setdefault(known.get(each.pk, each.pk), set()).add(each.born_on)
    return {each.pk: frozenset(given.get(known.get(each.pk, each.pk), ())) for each in descriptions}


def child_age(child: Description, births: Mapping[UUID, frozenset[date]], day: date) -> str:
    """How old a child was on a day. A date of birth given elsewhere helps; two that differ are both told."""
    dates = sorted(births.get(child.pk, frozenset()))
    if child.kind == Description.Kind.UNBORN or not dates:
        return age_on(child, day)
    ages = list(dict.fromkeys(age_by(born, day) for born in dates))
    return ages[0] if len(ages) == 1 else f"{' or '.join(ages)} (dates of birth differ)"


def age_by(born: date, day: date) -> str:
    """How old somebody born on a day is on another, in words."""
    if day < born:
        return "not yet born"
    months = age_range(born, None, day, day)
    return age_in_words(months[0]) if months else "age not known"


def age_on(description: Description, day: date) -> str:
    """How old somebody was on a day, in words: as far as whoever described them knew."""
    if description.kind == Description.Kind.UNBORN:
        return "unborn"
    months = age_range(description.born_on, description.about_age, day_of(description.described_at), day)
    if months is None:
        return "age not known"
    if months[0] == months[1]:
        return age_in_words(months[0])
    years = sum(months) // 2 // 12
    return {0: "under 1 year, roughly", 1: "about 1 year"}.get(years, f"about {years} years")
