"""Who in the index may be somebody: the lookup by keys, then the engine's judgement of each one found.

Unscoped: it finds whoever there is. Whoever calls it decides what may be shown, and to whom.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from openmash.apps.families.homes import home_keys
from openmash.apps.families.lookup_statement import LOOKUP, parameters
from openmash.apps.families.models import Description, IndexedPerson, MatchKey
from openmash.apps.families.queries.described import combined, described_all
from openmash.apps.families.queries.linked import (
    contacts_about,
    description_ids_of,
    known_person_of_each,
    not_same_as,
    same_person_as,
)
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, Sureness, judge_all
from openmash.engines.matching.keys import SPECIFICATION, keys_to_search, sought
from openmash.engines.matching.record import from_text
from openmash.engines.matching.weights import current

FEWEST_PEOPLE = 100_000
"""The engine takes there to be at least this many people, about as many children as live in a large county.

An index that is still small does not make a namesake more likely to be the same child: most of those who could
be meant are not in it yet."""

WORTH_ASKING = frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE, Sureness.SIBLING_OR_TWIN})
WORTH_SHOWING = WORTH_ASKING | {Sureness.TOO_LITTLE}


@dataclass(frozen=True)
class Found:
    """Somebody in the index who may be the person looked for, or a brother, sister or twin.

    `descriptions` are all those that people have linked to one known person, or a single one that nobody has
    linked; `register_row` is given instead for somebody found in a register.
    """

    match: Match
    person: DescribedPerson
    descriptions: tuple[UUID, ...] = ()
    known_person: UUID | None = None
    register_row: UUID | None = None


@dataclass(frozen=True)
class Proposal:
    """Earlier descriptions, all of one person, that may be of the same person as this one: for a person to say."""

    description: Description
    earlier: tuple[Description, ...]
    """Newest first."""
    match: Match


@dataclass(frozen=True)
class IndexRow:
    """One row of the index, as a lookup finds it."""

    source: str
    record_id: UUID
    described: str


TELLS_AGES_APART = frozenset({"born", "age", "nhs_number", "upn", "local_number"})
FROM_DESCRIPTION, FROM_REGISTER = IndexedPerson.Source.DESCRIPTION, IndexedPerson.Source.REGISTER

Only = Callable[[Collection[UUID]], Collection[UUID]]
"""Of these records (descriptions and rows of registers), those that count."""


def everybody(records: Collection[UUID]) -> Collection[UUID]:
    """Leaves nobody out."""
    return records


def population() -> int:
    """How many people the engine reckons with: those in the index, as the database last counted them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = 'families_indexedperson'::regclass"
        )
        (counted,) = cursor.fetchone()
    return max(FEWEST_PEOPLE, counted)


def look_up(person: DescribedPerson, *, now: datetime, only: Only = everybody) -> list[Found]:
    """Whoever may be this person, best first.

    Descriptions that people have linked are judged together, as the one person they are of. Whoever is found
    competes with the others found: so for a page, `only` lets through what its reader may see. Somebody hidden
    would otherwise show in how sure the engine is of somebody seen.
    """
    return judged(person, rows_found(person, now=now), now=now, only=only)


def judged(
    person: DescribedPerson, rows: Collection[IndexRow], *, now: datetime, only: Only = everybody
) -> list[Found]:
    """The engine's judgement of rows found, which compete with one another and with "none of these"."""
    groups = {group.first: group for group in _groups(rows, only)} if rows else {}
    if not groups:
        return []
    people = {first: group.person for first, group in groups.items()}
    today = timezone.localtime(now).date()
    results = judge_all(person, people, weights=current(), population=population(), on=today)
    return [groups[key].found(match) for key, match in results]


def rows_found(person: DescribedPerson, *, now: datetime) -> list[IndexRow]:
    """The rows of the index that share keys with this person, most telling first."""
    secret, today = settings.OPENMASH_MATCHING_SECRET.encode(), timezone.localtime(now).date()
    keys = keys_to_search(person, secret=secret, on=today)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LOOKUP, parameters(keys, sought(person, secret=secret, on=today)))
        return [IndexRow(source, record_id, text) for _id, source, record_id, text in cursor.fetchall()]


@dataclass(frozen=True)
class _Group:
    """Rows of the index that are judged as one person."""

    first: UUID
    person: DescribedPerson
    descriptions: tuple[UUID, ...] = ()
    known_person: UUID | None = None
    register_row: UUID | None = None

    def found(self, match: Match) -> Found:
        return Found(match, self.person, self.descriptions, self.known_person, self.register_row)


def _groups(rows: Collection[IndexRow], only: Only) -> list[_Group]:
    known = known_person_of_each([row.record_id for row in rows if row.source == FROM_DESCRIPTION])
    members = description_ids_of(set(known.values()))
    kept = set(
        only({*(row.record_id for row in rows), *(one for several in members.values() for one in several)})
    )
    texts = {row.record_id: row.described for row in rows}
    texts |= _texts({one for several in members.values() for one in several} & kept - texts.keys())
    alone = [row for row in rows if row.record_id in kept and row.record_id not in known]
    together = {each: tuple(one for one in several if one in kept) for each, several in members.items()}
    return [
        *(_Group(row.record_id, from_text(row.described), **_which(row)) for row in alone),
        *(_together(each, several, texts) for each, several in together.items() if several),
    ]


def _which(row: IndexRow) -> dict[str, Any]:
    if row.source == FROM_REGISTER:
        return {"register_row": row.record_id}
    return {"descriptions": (row.record_id,)}


def _together(known_person: UUID, descriptions: tuple[UUID, ...], texts: Mapping[UUID, str]) -> _Group:
    person = combined([from_text(texts[each]) for each in descriptions if each in texts])
    return _Group(known_person, person, descriptions, known_person)


def _texts(descriptions: set[UUID]) -> dict[UUID, str]:
    found = IndexedPerson.objects.filter(source=IndexedPerson.Source.DESCRIPTION, record_id__in=descriptions)
    return dict(found.values_list("record_id", "described"))


MaySee = Callable[[Collection[UUID]], Collection[UUID]]
"""Of these contacts, those that whoever asks may see."""


@dataclass(frozen=True)
class Proposals:
    """What may be known already of one description.

    `seen` is worked out from nothing but what the reader may see. `hidden` is what they may not see: worked out
    apart, and only for telling whoever may. `registered` are rows of registers, not judged yet: `registers` knows
    who may be told of which. `person` is who was looked for.
    """

    seen: tuple[Proposal, ...]
    hidden: tuple[Proposal, ...]
    registered: tuple[IndexRow, ...]
    person: DescribedPerson


def proposals_for(description: Description, *, may_see: MaySee, now: datetime) -> Proposals:
    """Earlier descriptions that may be of the same person, best first, for a person to confirm or refuse.

    Everything known of the person looked for counts, from every description already linked that the reader may
    see. Left out are those linked already, those somebody has told apart, and other people of the same contacts:
    one contact describes each person once, so that a brother is not asked about once the child has been found.
    """
    own = list(Description.objects.filter(pk__in=same_person_as(description.pk)))
    here = {each.contact_id for each in own}
    seen_here = {*may_see(here), description.contact_id}
    texts = _texts({each.pk for each in own if each.contact_id in seen_here})
    its_own_first = sorted(texts, key=lambda each: (each != description.pk, each))
    person = combined([from_text(texts[each]) for each in its_own_first])
    rows = rows_found(person, now=now)
    apart = not_same_as(description.pk)

    def elsewhere(records: Collection[UUID], *, hidden: bool) -> set[UUID]:
        contacts = _contacts_of(set(records) - apart)
        seen = set(may_see(set(contacts.values())))
        return {
            each for each, contact in contacts.items() if contact not in here and (contact in seen) != hidden
        }

    return Proposals(
        seen=_proposals(
            description, judged(person, rows, now=now, only=partial(elsewhere, hidden=False)), WORTH_SHOWING
        ),
        hidden=_proposals(
            description, judged(person, rows, now=now, only=partial(elsewhere, hidden=True)), WORTH_ASKING
        ),
        registered=tuple(row for row in rows if row.source == FROM_REGISTER),
        person=person,
    )


def _contacts_of(descriptions: Collection[UUID]) -> dict[UUID, UUID]:
    return dict(Description.objects.filter(pk__in=descriptions).values_list("pk", "contact_id"))


def _proposals(
    description: Description, found: Collection[Found], worth: frozenset[Sureness]
) -> tuple[Proposal, ...]:
    """Those worth a look. Where the person has very likely been found, nobody else of that contact is one."""
    told = [
        each
        for each in found
        if each.match.sureness in worth and not _is_grown_up_and_child(description, each)
    ]
    descriptions = Description.objects.in_bulk({one for each in told for one in each.descriptions})
    proposals: list[Proposal] = []
    found_on: set[UUID] = set()
    for each in told:
        earlier = sorted(
            (descriptions[one] for one in each.descriptions), key=lambda one: (one.described_at, one.pk)
        )
        contacts = {one.contact_id for one in earlier}
        if contacts <= found_on or _is_described_beside(description, each):
            continue
        proposals.append(Proposal(description, tuple(reversed(earlier)), each.match))
        found_on |= contacts if each.match.sureness is Sureness.VERY_LIKELY else set()
    return tuple(proposals)


def _is_described_beside(description: Description, found: Found) -> bool:
    """Whether the one found has been linked to somebody else on this very contact."""
    return found.known_person is not None and description.contact_id in contacts_about([found.known_person])


def _is_grown_up_and_child(description: Description, found: Found) -> bool:
    """Whether one is a grown-up and the other a child, and nothing but name and home is alike.

    A mother and her child are alike in these, and so are a father and the son named after him. A child who has
    grown up since is found by when they were born, or by a number.
    """
    if (description.kind == Description.Kind.ADULT) == found.person.is_adult:
        return False
    return not any(each.field in TELLS_AGES_APART and each.same_bits > 0 for each in found.match.evidence)


def evidence_kept(match: Match) -> dict[str, Any]:
    """The evidence as it stood on a page, and what it was worked out with, to be kept with what a person said."""
    return {
        "weights": current().version,
        "keys": keys_are_made_by(),
        "population": population(),
        "sureness": match.sureness.name.lower(),
        "same": round(match.same, 6),
        "sibling": round(match.sibling, 6),
        "veto": match.veto,
        "evidence": [
            {
                "field": each.field,
                "level": each.level,
                "words": each.words,
                "same_bits": round(each.same_bits, 2),
                "sibling_bits": round(each.sibling_bits, 2),
            }
            for each in match.evidence
        ],
    }


def contacts_at_homes_of(descriptions: Collection[Description]) -> frozenset[UUID]:
    """Other contacts on which anybody was described at an address of any of these people, old ones too."""
    secret = settings.OPENMASH_MATCHING_SECRET.encode()
    keys = {
        key
        for person in described_all(descriptions).values()
        for key in home_keys(person.addresses, secret=secret)
    }
    at_home = IndexedPerson.objects.filter(
        source=FROM_DESCRIPTION, pk__in=MatchKey.objects.filter(key__in=keys).values("person_id")
    ).values("record_id")
    found = Description.objects.filter(pk__in=at_home).values_list("contact_id", flat=True)
    return frozenset(found) - {each.contact_id for each in descriptions}


def keys_are_made_by() -> str:
    """The specification of keys, with a sign of the secret: after a change of either, keys are made anew."""
    sign = blake2b(b"which secret", key=settings.OPENMASH_MATCHING_SECRET.encode()[:64], digest_size=4)
    return f"{SPECIFICATION}.{sign.hexdigest()}"


@dataclass(frozen=True)
class Behind:
    """How many descriptions the index lacks, and how many it keeps by another specification of keys."""

    missing: int
    old: int


def not_indexed() -> QuerySet[Description]:
    """Descriptions that cannot be found."""
    kept = IndexedPerson.objects.filter(source=FROM_DESCRIPTION, record_id=OuterRef("pk"))
    return Description.objects.filter(~Exists(kept)).order_by("pk")


def behind(*, everybody: bool = False) -> QuerySet[IndexedPerson]:
    """Who was indexed by another specification than the present one; or everybody."""
    found = IndexedPerson.objects.all()
    return found if everybody else found.exclude(key_specification=keys_are_made_by())


def how_many_are_behind(*, everybody: bool = False) -> Behind:
    """For saying how much there is to do."""
    return Behind(not_indexed().count(), behind(everybody=everybody).count())
