"""Telling the front door: what somebody has seen of a family becomes a concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from openmash.apps.concerns.account import Account, Raiser
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.demo.people.families import Family, FamilyChild
from openmash.demo.stories.moments import AT_HOME, days_written_on
from openmash.demo.stories.particulars import (
    could_have_been_noted,
    facts_told,
    people_told,
    sign_told,
    strength_of,
    what_is_known,
)
from openmash.demo.stories.seeing import Circumstances, Sight
from openmash.demo.words.accounts import Accounts, log_of
from openmash.demo.words.phrases import Phrase
from openmash.demo.words.voice import Voice, voice_of
from openmash.demo.world import World


@dataclass(frozen=True)
class Told:
    """A contact as it was told, with what the stories after it need."""

    contact_id: UUID
    family: Family
    child: FamilyChild
    source: str
    by: Person | None
    at: datetime
    voice: Voice
    rank: int
    """Rank of the level that the policy gave when it was told."""
    phrases: tuple[Phrase, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """What a member of the public proves who they are with."""
        return frozenset() if self.by else frozenset({str(self.contact_id)})


@dataclass(frozen=True)
class Tale:
    """What is about to be sent: the account, by whom, in whose voice, and which child each part really is."""

    account: Account
    by: Person | None
    voice: Voice
    keys: tuple[str, ...]


def tell(world: World, family: Family, sight: Sight, at: datetime, how: Circumstances, rng: Random) -> Told:
    """Raise the concern."""
    tale = tale_of(world, family, sight, at.date(), how, rng)
    contact = raise_concern(account=tale.account, by=tale.by, now=at).contact
    return as_told(world, contact, family, sight, tale, at)


def as_told(world: World, contact: Contact, family: Family, sight: Sight, tale: Tale, at: datetime) -> Told:
    """Remember a contact that has just been made, and who each description on it really is."""
    world.shares.told[sight.source] += 1
    world.told_of[family.key] += 1
    for part, key in zip(contact.parts.order_by("id"), tale.keys, strict=True):
        if key:
            world.children[part.description_id] = key
    rank = rank_of(contact)
    return Told(contact.pk, family, sight.child, sight.source, tale.by, at, tale.voice, rank, sight.phrases)


def rank_of(contact: Contact) -> int:
    """Rank of the level the policy gave to a contact when it was raised."""
    return contact.findings.values_list("level_rank", flat=True)[0]


def tale_of(
    world: World,
    family: Family,
    sight: Sight,
    day: date,
    how: Circumstances,
    rng: Random,
    by: Person | None = None,
) -> Tale:
    """Everything this source would send, ready for the front door. `by` may say who is to send it."""
    by = by or _who_tells(world, family, sight, day, rng)
    people = people_told(world, family, sight, day, rng)
    voice = voice_of(family, sight.child, people[0][0].person, sight.source, day, rng)
    strengths = strength_of(world, sight, voice, day, rng)
    account: dict[str, object] = {
        "raiser": _raiser(family, sight.source, by, rng),
        "locality_id": world.county.localities[family.home(day).locality].pk,
        "policy_id": world.in_force.pk,
        "parts": tuple(part for part, _key in people),
        "signs": tuple(
            sign_told(world, phrase, day, how, rng) for phrase in [*sight.phrases, *strengths] if phrase.part
        ),
        "facts": facts_told(world, sight, day, rng),
        "account": _account(world, family, sight, [*sight.phrases, *strengths], voice, day, how, rng),
        **what_is_known(world, sight, rng),
        **how.given,
    }
    keys = tuple(key for _part, key in people)
    return Tale(Account(**account), by, voice, keys)  # type: ignore[arg-type]


def _who_tells(world: World, family: Family, sight: Sight, day: date, rng: Random) -> Person | None:
    """Somebody with an account, or nobody: a member of the public."""
    if sight.source in AT_HOME:
        return None
    locality = family.home(day).locality
    return world.county.who_raises(sight.source, locality, sight.child.months(day), rng)


def _account(
    world: World,
    family: Family,
    sight: Sight,
    told: Sequence[Phrase],
    voice: Voice,
    day: date,
    how: Circumstances,
    rng: Random,
) -> str:
    noted = could_have_been_noted(world, family, sight, voice, day) if how.log_lines else []
    return Accounts(world.around, world.wording).write(
        told,
        voice,
        source=sight.source,
        age=sight.child.months(day),
        language=family.language,
        rng=rng,
        log=log_of(noted, days_written_on(sight.source, day), how.log_lines, rng),
    )


def _raiser(family: Family, source: str, by: Person | None, rng: Random) -> Raiser:
    if by is not None:
        return Raiser(source=source, contact=by.email)
    if source == "neighbour" and rng.random() < 0.65:
        return Raiser(source=source)  # gives no name
    if source == "family":
        return Raiser(
            source,
            f"{rng.choice(('Pat', 'Jo', 'Sam', 'Noor', 'Ola'))} {family.carer.name.last[0]}",
            _telephone(rng),
        )
    return Raiser(source, "", _telephone(rng) if rng.random() < 0.5 else "")


def _telephone(rng: Random) -> str:
    """A mobile number that the regulator keeps free for drama."""
    return f"07700 900{rng.randint(0, 999):03d}"
