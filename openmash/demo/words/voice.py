"""What the people of one concern are called by whoever raises it: the names that stand in phrases."""

from dataclasses import dataclass
from datetime import date
from random import Random

from openmash.apps.families.actions import PersonDescribed
from openmash.apps.families.ages import age_in_words
from openmash.demo.people.families import Adult, Family, FamilyChild

HE = {"female": ("she", "her", "her"), "male": ("he", "him", "his")}
FORMAL = frozenset({"police", "court", "probation", "prison", "housing", "hospital", "partnership"})
"""Those who write down names and not “mum”."""
RELATIONS = ("grandmother", "aunt", "uncle", "grandfather", "older sister")


@dataclass(frozen=True)
class Voice:
    """Who is meant, and what each is called."""

    names: dict[str, str]

    def can_say(self, needs: frozenset[str]) -> bool:
        return needs <= self.names.keys()


def voice_of(
    family: Family, child: FamilyChild, described: PersonDescribed, source: str, day: date, rng: Random
) -> Voice:
    """What this kind of source calls the people of a family; the child as it has described them."""
    names: dict[str, str] = {}
    _put(names, "child", _called(child, described.name, day))
    _pronouns(names, "", child.sex)
    _put(names, "carer", _carer_called(family.carer, names["his"], source, rng))
    _pronouns(names, "c", family.carer.sex)
    if family.other is not None:
        _put(names, "other", _adult_called(family.other, source, rng))
        _pronouns(names, "o", family.other.sex)
        _put(names, "otherword", "dad" if family.other.label == "dad" else "stepdad")
        if family.other.sex == "female":
            _put(names, "otherword", "stepmum")
    siblings = family.siblings(child, day)
    if siblings:
        _put(names, "sibling", rng.choice(siblings).name.said)
    _put(names, "household", _household(family, day))
    names["weeks"] = rng.choice(("three", "four", "five", "six"))
    names["relation"] = rng.choice(RELATIONS)
    names["relative"] = rng.choice(("an aunt", "the grandparents", "a family friend the school knows"))
    return Voice(names)


def _put(names: dict[str, str], name: str, said: str) -> None:
    names[name] = said
    names[name.capitalize()] = said[:1].upper() + said[1:]


def _pronouns(names: dict[str, str], prefix: str, sex: str) -> None:
    he, him, his = HE[sex]
    for name, said in (("he", he), ("him", him), ("his", his)):
        _put(names, f"{prefix}{_FEMALE_NAMES.get((prefix, name), name)}", said)
    names[f"{prefix}himself"] = f"{him}self"


_FEMALE_NAMES = {("c", "he"): "she"}
"""The carer's pronouns are written {cshe}, {chim}, {chis} in the tables: most carers there are women."""


def _called(child: FamilyChild, name: str, day: date) -> str:
    """The first name as it was given, or what one says without a name."""
    given = [first for first in child.name.first if name.startswith(first)]
    if given:
        return max(given, key=len)
    months, is_girl = child.months(day), child.sex == "female"
    if months is None or months < 18:
        return "the baby"
    if months < 120:
        return "the little girl" if is_girl else "the little boy"
    return "the girl" if is_girl else "the lad"


def _carer_called(carer: Adult, his: str, source: str, rng: Random) -> str:
    first, last = carer.name.said, carer.name.last[0]
    if source in FORMAL:
        return rng.choice((f"{first} {last}", f"{'Mr' if carer.sex == 'male' else 'Ms'} {last}"))
    if source == "family":
        return first
    if source in ("neighbour", "other_public"):
        return f"the {carer.label}" if rng.random() < 0.6 else f"{his} {carer.label}"
    return rng.choice((carer.label, carer.label, f"{his} {carer.label}", first))


def _adult_called(adult: Adult, source: str, rng: Random) -> str:
    if source in FORMAL:
        return adult.name.full
    if source in ("neighbour", "other_public"):
        return "the man there" if adult.sex == "male" else "the woman there"
    return rng.choice((adult.label, adult.name.said, adult.name.full))


def _household(family: Family, day: date) -> str:
    children = [f"{c.name.said} ({_age(c.months(day))})" for c in family.children if c.is_child_on(day)]
    adults = [family.carer.name.said, *([family.other.name.said] if family.other else [])]
    everyone = [*adults, *children]
    return ", ".join(everyone[:-1]) + f" and {everyone[-1]}" if len(everyone) > 1 else everyone[0]


def _age(months: int | None) -> str:
    months = months or 0
    return age_in_words(months) if months < 24 else str(months // 12)
