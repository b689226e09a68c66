"""Telling the front door: what somebody has seen of a family becomes a concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from openmash.apps.concerns.account import TOLD_IN_THE_ACCOUNT, Account, PartTold, Raiser, SignTold
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.demo.people.described import adult_described, child_described, knowledge_of
from openmash.demo.people.families import Family, FamilyChild
from openmash.demo.people.situations import situations
from openmash.demo.stories.moments import AT_HOME
from openmash.demo.stories.seeing import Circumstances, Sight
from openmash.demo.words.accounts import MISSING, Accounts, log_of
from openmash.demo.words.phrases import Phrase
from openmash.demo.words.voice import Voice, voice_of
from openmash.demo.world import World
from openmash.engines.thresholds import Sign

HARMED_BY_AN_ADULT = frozenset({"physical", "sexual", "domestic_abuse"})
SEES_THE_CHILD = frozenset(
    {
        "school",
        "independent_school",
        "early_years",
        "gp",
        "health_visiting",
        "hospital",
        "camhs",
        "police",
        "family",
        "child",
    }
)


WHERE_NOW = {
    "school": ("In school until half past three.", "In my office with a member of staff.", ""),
    "independent_school": ("In the boarding house.", "In lessons.", ""),
    "early_years": ("At nursery until one o’clock.", ""),
    "hospital": ("On the children’s ward.", "In the emergency department."),
    "camhs": ("On the ward.", "Gone home with a parent.", ""),
    "police": ("At home.", "With a relative.", ""),
    "health_visiting": ("At home with a parent.", "At home.", ""),
    "gp": ("At home.", "Left the surgery with a parent.", ""),
    "family": ("With me until Sunday.", "At home.", ""),
    "childrens_social_care": ("At home.", ""),
}


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
    people = _people(world, family, sight, day, rng)
    voice = voice_of(family, sight.child, people[0][0].person, sight.source, day, rng)
    strengths = _strength(world, sight, voice, day, rng)
    account: dict[str, object] = {
        "raiser": _raiser(family, sight.source, by, rng),
        "locality_id": world.county.localities[family.home(day).locality].pk,
        "policy_id": world.in_force.pk,
        "parts": tuple(part for part, _key in people),
        "signs": tuple(
            _sign(world, phrase, day, how, rng) for phrase in [*sight.phrases, *strengths] if phrase.part
        ),
        "facts": _facts(world, sight, day, rng),
        "account": _account(world, family, sight, [*sight.phrases, *strengths], voice, day, how, rng),
        **_what_is_known(sight, _is_grave(world, sight), rng),
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


def _is_grave(world: World, sight: Sight) -> bool:
    policy = world.policy
    return any(policy.level(policy.sign(p.part).level).rank >= 4 for p in sight.phrases if p.part)


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
    noted = _could_have_been_noted(world, family, sight, voice, day) if how.log_lines else []
    return Accounts(world.around, world.wording).write(
        told,
        voice,
        source=sight.source,
        age=sight.child.months(day),
        language=family.language,
        rng=rng,
        log=log_of(noted, day, how.log_lines, rng),
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


def _what_is_known(sight: Sight, grave: bool, rng: Random) -> dict[str, object]:
    is_missing = any(phrase.part in MISSING for phrase in sight.phrases)
    sees = sight.source in SEES_THE_CHILD and not is_missing
    seen = "yes" if sees and rng.random() < 0.9 else rng.choice(("no", "not_known"))
    spoken = "yes" if seen == "yes" and rng.random() < 0.6 else rng.choice(("no", "not_known"))
    know = rng.choices(("yes", "no", "not_known"), (20, 60, 20) if grave else (65, 20, 15))[0]
    why = ""
    if know == "no":
        why = (
            "Telling them could put the child or somebody else in more danger."
            if grave
            else rng.choice(
                (
                    "I have not been able to reach them.",
                    "I wanted to ask you first.",
                    "It is not for me to say.",
                )
            )
        )
    return {
        "in_danger": "not_known" if grave and rng.random() < 0.5 else "no",
        "where_now": "" if is_missing else rng.choice(WHERE_NOW.get(sight.source, ("",))),
        "seen": seen,
        "spoken_to": spoken,
        "parents_know": know,
        "parents_know_why_not": why,
    }


def _strength(world: World, sight: Sight, voice: Voice, day: date, rng: Random) -> list[Phrase]:
    if rng.random() > 0.22:
        return []
    offered = [
        phrase
        for phrase in world.seen
        if phrase.part
        and world.policy.sign(phrase.part).protective
        and sight.source in phrase.said_by
        and voice.can_say(phrase.needs)
        and phrase.fits(sight.child.months(day), sight.child.sex)
        and phrase.part not in {p.part for p in sight.phrases}
    ]
    return [rng.choice(offered)] if offered else []


def _could_have_been_noted(
    world: World, family: Family, sight: Sight, voice: Voice, day: date
) -> list[Phrase]:
    """What this source may have noted before: the smaller signs of what the family is going through."""
    signs = situations()[family.situation].signs
    return [
        phrase
        for phrase in world.seen
        if phrase.part in signs
        and world.policy.level(world.policy.sign(phrase.part).level).rank < 4
        and sight.source in phrase.said_by
        and voice.can_say(phrase.needs)
        and phrase.fits(sight.child.months(day), sight.child.sex)
    ]


def _sign(world: World, phrase: Phrase, day: date, how: Circumstances, rng: Random) -> SignTold:
    sign = world.policy.sign(phrase.part)
    answer = "not_known"
    if sign.immediate == "unless":
        answer = how.immediate_answer or rng.choices(("no", "not_known", "yes"), (76, 14, 10))[0]
    since = None
    if sign.level in ("2", "3") and rng.random() < 0.35:
        since = day - timedelta(days=rng.choice((10, 25, 45, 70, 100, 140)))
    return SignTold(
        sign=sign.id,
        evidence=phrase.evidence,
        immediate_answer=answer,
        examples=_examples(sign, day, rng),
        since=since,
        when=rng.choice(("", "", "Today", "This week", "On and off since the holidays", "Last night")),
    )


def _examples(sign: Sign, day: date, rng: Random) -> tuple[str, ...]:
    """Which examples were seen: of those the policy lists, or dated ones where it counts each time."""
    listed = sign.counted_examples
    if len(listed) > 1:
        return tuple(rng.sample(listed, rng.choice((1, 1, 2, 3))))
    if listed and rng.random() < 0.4:
        days = sorted(day - timedelta(days=n) for n in rng.sample(range(2, 60), rng.choice((1, 2, 3))))
        return tuple(f"{each.day} {each:%B}" for each in days)
    return ()


def _facts(world: World, sight: Sight, day: date, rng: Random) -> dict[str, str]:
    """Answers to some of the questions that anyone may answer; the rest was not asked."""
    months = sight.child.months(day)
    known: dict[str, str] = {}
    if months is not None and months < 18:
        known["little_speech"] = "yes"
    if months is not None and months < 6:
        known["not_mobile"] = "yes"
    if sight.child.disabled:
        known["disabled"] = "yes"
    if "B17" in {phrase.part for phrase in sight.phrases}:
        known["help_refused"] = "yes"
    for fact in world.policy.facts:
        if (
            fact.asked_of == "anyone"
            and fact.about == "child"
            and fact.id not in TOLD_IN_THE_ACCOUNT
            and rng.random() < 0.5
        ):
            known.setdefault(fact.id, "no")
    return known


def _people(world: World, family: Family, sight: Sight, day: date, rng: Random) -> list[tuple[PartTold, str]]:
    """Everybody this source would name, each child with its key and each adult with none."""
    knows = knowledge_of(sight.source)
    locality = family.home(day).locality
    people = []
    for child in [sight.child, *family.siblings(sight.child, day)]:
        if child is sight.child or rng.random() < knows.siblings:
            school = (
                world.county.school_of(child.key, locality, child.months(day)) if rng.random() < 0.8 else ""
            )
            described = child_described(child, family, sight.source, day, rng, school=school)
            people.append(
                (PartTold("subject" if child is sight.child else "other_child", described), child.key)
            )
    if rng.random() < knows.carers:
        role = "parent" if family.carer.label in ("mum", "dad") else "carer"
        people.append((PartTold(role, adult_described(family.carer, family, sight.source, day, rng)), ""))
    if family.other is not None and any({"other", "Other", "Otherword"} & p.needs for p in sight.phrases):
        role = _role_of_other(world, sight, family.other.label)
        people.append((PartTold(role, adult_described(family.other, family, sight.source, day, rng)), ""))
    return people


def _role_of_other(world: World, sight: Sight, label: str) -> str:
    harms = {world.policy.sign(phrase.part).accumulates for phrase in sight.phrases if phrase.part}
    if harms & HARMED_BY_AN_ADULT:
        return "may_have_harmed"
    return "parent" if label == "dad" else "partner"
