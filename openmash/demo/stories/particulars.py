"""The particulars that come with a telling: signs and facts, who is who, and what is known of the child now."""

from datetime import date, timedelta
from random import Random

from openmash.apps.concerns.account import TOLD_IN_THE_ACCOUNT, PartTold, SignTold
from openmash.demo.people.described import adult_described, child_described, knowledge_of
from openmash.demo.people.families import Family
from openmash.demo.people.situations import situations
from openmash.demo.stories.seeing import ANOTHER_ADULT, Circumstances, Sight
from openmash.demo.words.accounts import MISSING
from openmash.demo.words.phrases import Phrase
from openmash.demo.words.voice import Voice
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


WHY_NOT_YET = (
    "I have not been able to reach them.",
    "I wanted to ask you first.",
    "It is not for me to say.",
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


def what_is_known(world: World, sight: Sight, rng: Random) -> dict[str, object]:
    """Where the child is, whether in danger now, seen and spoken to, and whether the parents know."""
    signs = [world.policy.sign(phrase.part) for phrase in sight.phrases if phrase.part]
    is_grave = any(world.policy.level(sign.level).rank >= 4 for sign in signs)
    is_missing = any(phrase.part in MISSING for phrase in sight.phrases)
    sees = sight.source in SEES_THE_CHILD and not is_missing
    seen = "yes" if sees and rng.random() < 0.9 else rng.choice(("no", "not_known"))
    spoken = "yes" if seen == "yes" and rng.random() < 0.6 else rng.choice(("no", "not_known"))
    danger = "no"
    if is_grave:
        at_once = any(sign.immediate == "always" for sign in signs)
        danger = rng.choice(("yes", "not_known") if at_once else ("no", "not_known"))
    know = rng.choices(("yes", "no", "not_known"), (20, 60, 20) if is_grave else (65, 20, 15))[0]
    why_not = "Telling them could put the child or somebody else in more danger."
    return {
        "in_danger": danger,
        "where_now": "" if is_missing else rng.choice(WHERE_NOW.get(sight.source, ("",))),
        "seen": seen,
        "spoken_to": spoken,
        "parents_know": know,
        "parents_know_why_not": "" if know != "no" else why_not if is_grave else rng.choice(WHY_NOT_YET),
    }


def strength_of(world: World, sight: Sight, voice: Voice, day: date, rng: Random) -> list[Phrase]:
    """Now and then a strength that this source has seen too; otherwise nothing."""
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


def could_have_been_noted(
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


def sign_told(world: World, phrase: Phrase, day: date, how: Circumstances, rng: Random) -> SignTold:
    """The sign that a phrase speaks of, as it would be chosen on the form."""
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


def facts_told(world: World, sight: Sight, day: date, rng: Random) -> dict[str, str]:
    """Answers to some of the questions that anyone may answer; the rest was not asked."""
    months = sight.child.months(day)
    known: dict[str, str] = {}
    if months is not None and months < 18:
        known["little_speech"] = "yes"
    if months is not None and months < 6:
        known["not_mobile"] = "yes"
    if sight.child.disabled:
        known["disabled"] = "yes"
    if any(
        world.policy.sign(phrase.part).accumulates == "engagement" for phrase in sight.phrases if phrase.part
    ):
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


def people_told(
    world: World, family: Family, sight: Sight, day: date, rng: Random
) -> list[tuple[PartTold, str]]:
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
    if family.other is not None and any(ANOTHER_ADULT & p.needs for p in sight.phrases):
        role = _role_of_other(world, sight, family.other.label)
        people.append((PartTold(role, adult_described(family.other, family, sight.source, day, rng)), ""))
    return people


def _role_of_other(world: World, sight: Sight, label: str) -> str:
    harms = {world.policy.sign(phrase.part).accumulates for phrase in sight.phrases if phrase.part}
    if harms & HARMED_BY_AN_ADULT:
        return "may_have_harmed"
    return "parent" if label == "dad" else "partner"
