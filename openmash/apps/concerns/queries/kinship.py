"""Who is related to whom in a family, as people said: what the genogram is drawn from.

Nothing is settled and nobody is merged here. Descriptions that people have linked are one person. Those of the same
full name that nobody has linked or told apart are drawn once, and that is said of them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Part, Role
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.concerns.queries.chronology import best_known, child_age
from openmash.apps.concerns.queries.drawn_once import person_of_each
from openmash.apps.concerns.queries.whole_chronology import Start, ask_of, visible_of
from openmash.apps.directory.models import Person as Account
from openmash.apps.families.models import AddressSaid, Description, RelationshipSaid
from openmash.apps.families.queries import relationships_between
from openmash.apps.families.queries.linked import known_person_of_each

FROM_PARTS: dict[str, str] = {
    Role.PARENT: "parent",
    Role.CARER: "carer",
    Role.RELATIVE: "other_relative",
}
"""What a part in a concern says of somebody and the child it is about, if nobody said more."""


@dataclass(frozen=True)
class Relative:
    """One person of the family. `key` names them here; `not_linked`: how many descriptions of the same name are put
    together though nobody has said that they are of one person (0 if there is nothing to say).
    """

    key: str
    descriptions: tuple[Description, ...]
    age: str
    is_concerned: bool
    not_linked: int

    @property
    def latest(self) -> Description:
        """The last description with a name, or else the last."""
        named = [each for each in self.descriptions if each.name.strip()]
        return (named or list(self.descriptions))[-1]

    @property
    def is_unborn(self) -> bool:
        return all(each.kind == Description.Kind.UNBORN for each in self.descriptions)


@dataclass(frozen=True)
class Claim:
    """Somebody's word that `one` is the `kind` of `other` (`RelationshipSaid.Kind`). `part` if it was told only as a
    part in a concern, in words. Without `by` the member of the public who raised the contact said it.
    """

    one: str
    kind: str
    other: str
    contact: Contact
    by: Account | None
    at: datetime
    words: str = ""
    since: str = ""
    until: str = ""
    is_unsure: bool = False
    is_denied: bool = False
    told_by: str = ""
    part: str = ""


@dataclass(frozen=True)
class Home:
    """An address, and who was last said to live there."""

    address: str
    members: frozenset[str]


@dataclass(frozen=True)
class Kinship:
    """What one reader may know of who is who. `not_named`: parts of people whom nobody named and who are not drawn."""

    relatives: tuple[Relative, ...]
    claims: tuple[Claim, ...]
    homes: tuple[Home, ...]
    not_named: tuple[str, ...]
    ask: tuple[str, ...]
    ground: Ground


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
@transaction.atomic
def open_kinship(start: Start, *, by: Account, now: datetime) -> Kinship:
    """Open the genogram of a family. Each contact it is drawn from counts as seen.

    Raises:
        Contact.DoesNotExist: there is no such person or contact.
        Refused: nothing of it is this person's to see.
    """
    family = start.family()
    if not family.everything:
        raise Contact.DoesNotExist
    visible = visible_of(start, family, by=by, now=now)
    parts = list(
        Part.objects.filter(contact__in=visible)
        .select_related("description", "contact__raised_by__agency", "contact__raised_agency")
        .order_by("contact__received_at", "pk")
    )
    people = _People(start, parts, now)
    claims = [*people.said(), *people.by_parts()]
    drawn = people.drawn(claims, own={each.pk for each in family.contacts})
    keys = people.keys_of(drawn)
    used = [each for each in visible if each in family.contacts or people.is_used(each, keys)]
    ground = _written_down(start, used, by=by, now=now)
    return Kinship(
        relatives=tuple(drawn),
        claims=tuple(each for each in claims if {each.one, each.other} <= keys),
        homes=tuple(people.homes(drawn)),
        not_named=tuple(people.not_named(drawn)),
        ask=ask_of(family, visible),
        ground=ground,
    )


def _written_down(start: Start, visible: Collection[Contact], *, by: Account, now: datetime) -> Ground:
    grounds = []
    for contact in visible:
        verb = "see_advice" if contact.kind == "advice" else "see_as_hub"
        grounds.append(permitted(verb, contact, by, now))
        note_down(contact, "see_in_genogram", by=by, ground=grounds[-1], now=now)
    told = min(grounds, key=list(Ground).index)
    record(
        by=by,
        verb="see_genogram",
        subject_kind="known_person" if start.known_person else "contact",
        subject_id=start.known_person or start.contact,
        ground=told,
        now=now,
        detail={"contacts": [str(contact.pk) for contact in visible]},
    )
    return told


class _People:
    """The descriptions on the contacts, put together as far as people have said, and by full name."""

    def __init__(self, start: Start, parts: Sequence[Part], now: datetime) -> None:
        self.start, self.parts, self.now = start, parts, now
        self.descriptions = [part.description for part in parts]
        self.contacts = {part.contact_id: part.contact for part in parts}
        self.known = known_person_of_each([each.pk for each in self.descriptions])
        self.key = person_of_each(self.descriptions, self.known)
        self.births = best_known(self.descriptions, self.known)
        self.on_contact: dict[UUID, list[Part]] = defaultdict(list)
        for part in parts:
            self.on_contact[part.contact_id].append(part)
        self.moved: dict[UUID, list[AddressSaid]] = defaultdict(list)
        for said in AddressSaid.objects.filter(description__in=self.descriptions, until__isnull=True):
            self.moved[said.description_id].append(said)

    def said(self) -> Iterator[Claim]:
        """What people said outright, oldest first."""
        rows = relationships_between(self.descriptions)
        accounts = Account.objects.select_related("agency").in_bulk(
            {row.by_id for row in rows if row.by_id is not None}
        )
        for row in rows:
            one, other = self.key[row.one_id], self.key[row.other_id]
            if one != other and row.contact_id in self.contacts:
                yield Claim(
                    one=one,
                    kind=row.kind,
                    other=other,
                    contact=self.contacts[row.contact_id],
                    by=accounts.get(row.by_id) if row.by_id is not None else None,
                    at=row.at,
                    words=row.words,
                    since=_since(row),
                    until=_until(row),
                    is_unsure=row.is_unsure,
                    is_denied=row.is_denied,
                    told_by=row.told_by,
                )

    def by_parts(self) -> Iterator[Claim]:
        """What follows from the parts people were given in a concern, where nobody said outright what they are.

        Saying that it is not so says what they are not: the part stands beside it, and neither is settled.
        """
        spoken = {frozenset({claim.one, claim.other}) for claim in self.said() if not claim.is_denied}
        seen: set[tuple[str, str, str]] = set()
        for part, child in self._with_children():
            one, other = self.key[part.description_id], self.key[child.description_id]
            kind, words = _meaning(part)
            if one == other or frozenset({one, other}) in spoken or (one, kind, other) in seen:
                continue
            seen.add((one, kind, other))
            contact = part.contact
            yield Claim(
                one,
                kind,
                other,
                contact,
                contact.raised_by,
                contact.received_at,
                words,
                part=part.get_role_display(),
            )

    def _with_children(self) -> Iterator[tuple[Part, Part]]:
        """Each person on a contact with each child it is about."""
        for part in self.parts:
            if part.role != Role.SUBJECT:
                for child in self.on_contact[part.contact_id]:
                    if child.role == Role.SUBJECT:
                        yield part, child

    def drawn(self, claims: Collection[Claim], *, own: Collection[UUID]) -> list[Relative]:
        """Everybody of the family's own contacts, and of others those related to them, as far as that is known."""
        by_key: dict[str, list[Description]] = defaultdict(list)
        for each in self.descriptions:
            by_key[self.key[each.pk]].append(each)
        family = {self.key[part.description_id] for part in self.parts if part.contact_id in own}
        family = _related(family, [claim for claim in claims if not claim.part])
        concerned = self._concerned()
        return [
            self._relative(key, descriptions, key in concerned)
            for key, descriptions in by_key.items()
            if key in family and self._is_drawn(key, descriptions, claims)
        ]

    def _is_drawn(self, key: str, descriptions: Sequence[Description], claims: Iterable[Claim]) -> bool:
        """Every child; an adult with a name, or of whom somebody said outright who they are."""
        if any(each.kind != Description.Kind.ADULT or each.name.strip() for each in descriptions):
            return True
        return any(key in (claim.one, claim.other) for claim in claims if not claim.part)

    def is_used(self, contact: Contact, keys: Collection[str]) -> bool:
        """Whether anybody drawn is described on a contact."""
        return any(self.key[part.description_id] in keys for part in self.on_contact[contact.pk])

    def _relative(self, key: str, descriptions: Sequence[Description], is_concerned: bool) -> Relative:
        loose = sum(each.pk not in self.known for each in descriptions)
        described = [each for each in descriptions if each.born_on or each.about_age] or list(descriptions)
        return Relative(
            key=key,
            descriptions=tuple(sorted(descriptions, key=lambda each: each.described_at)),
            age=child_age(described[-1], self.births, day_of(self.now)),
            is_concerned=is_concerned,
            not_linked=loose if len(descriptions) > 1 else 0,
        )

    def _concerned(self) -> frozenset[str]:
        if self.start.known_person is not None:
            return frozenset({str(self.start.known_person)})
        return frozenset(
            self.key[part.description_id]
            for part in self.parts
            if part.contact_id == self.start.contact and part.role == Role.SUBJECT
        )

    @staticmethod
    def keys_of(relatives: Iterable[Relative]) -> frozenset[str]:
        return frozenset(each.key for each in relatives)

    def not_named(self, drawn: Iterable[Relative]) -> Iterator[str]:
        """Parts of adults without a name who are left out, each once."""
        keys = self.keys_of(drawn)
        yield from dict.fromkeys(
            part.get_role_display()
            for part in self.parts
            if self.key[part.description_id] not in keys and not part.description.name.strip()
        )

    def homes(self, drawn: Collection[Relative]) -> Iterator[Home]:
        """Where the child concerned was last said to live, and everybody last said to live there."""
        lives = {each.key: self._last_address(each) for each in drawn}
        at_home = {
            lives[each.key]: None for each in drawn if each.is_concerned and lives[each.key] is not None
        }
        for address in at_home:
            if address is not None:
                members = frozenset(key for key, place in lives.items() if place == address)
                members |= self._at_home_with(members, lives)
                words = next(
                    place for each in drawn for place, plain in self._addresses(each) if plain == address
                )
                yield Home(words, members)

    def _at_home_with(self, members: frozenset[str], lives: Mapping[str, str | None]) -> frozenset[str]:
        """Children told of as in the household of one of these, of whom no address was ever given."""
        here = {
            part.contact_id
            for part in self.parts
            if part.role == Role.SUBJECT and self.key[part.description_id] in members
        }
        return frozenset(
            key
            for part in self.parts
            if part.contact_id in here and part.role == Role.OTHER_CHILD
            if (key := self.key[part.description_id]) in lives and lives[key] is None
        )

    def _last_address(self, relative: Relative) -> str | None:
        said = list(self._addresses(relative))
        return said[-1][1] if said else None

    def _addresses(self, relative: Relative) -> Iterator[tuple[str, str]]:
        """Every address said to be in use, oldest first: as it was said, and in a form to compare."""
        said = [
            *((each.described_at, each.address, each.postcode) for each in relative.descriptions),
            *(
                (each.at, each.lines, each.postcode)
                for one in relative.descriptions
                for each in self.moved[one.pk]
            ),
        ]
        for _at, lines, postcode in sorted(said, key=lambda each: each[0]):
            if lines.strip():
                yield lines.strip(), _plain_address(lines, postcode)


def _related(keys: set[str], claims: Collection[Claim]) -> set[str]:
    """These people and everybody who is said to be related to one of them, by any number of steps."""
    found = set(keys)
    while (
        more := {key for each in claims for key in (each.one, each.other) if {each.one, each.other} & found}
        - found
    ):
        found |= more
    return found


def _meaning(part: Part) -> tuple[str, str]:
    """What a part says of somebody and the child: a kind of relationship, and words if it is none."""
    if part.role in FROM_PARTS:
        return FROM_PARTS[part.role], ""
    words = {
        Role.PARTNER: "partner of a parent or carer",
        Role.OTHER_CHILD: "other child in the household",
        Role.CHILD_ELSEWHERE: "child living elsewhere in the family",
        Role.SUPPORTS_CHILD: "adult trusted",
    }
    return "other", words.get(Role(part.role), "somebody named in a concern")


def _since(row: RelationshipSaid) -> str:
    if row.when:
        return row.when
    return f"{row.since.day} {row.since:%B %Y}" if row.since else ""


def _until(row: RelationshipSaid) -> str:
    return f"{row.until.day} {row.until:%B %Y}" if row.until else ""


def _plain_address(lines: str, postcode: str) -> str:
    """Postcode and numbers of the house, however the street is written; without both, the first line as it is."""
    code = "".join(letter for letter in postcode.casefold() if letter.isalnum())
    numbers = re.findall(r"\d+\s?[a-z]?\b", lines.casefold())
    if code and numbers:
        return " ".join([code, *(number.replace(" ", "") for number in numbers)])
    first = re.split(r"[\n,]", lines.casefold())[0]
    return code + "".join(letter for letter in first if letter.isalnum())
