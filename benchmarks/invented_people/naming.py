"""How families name their children: one style for a household, and a name for each child in it."""

import random
from dataclasses import dataclass

from benchmarks.invented_people.origins import Origin

FEMALE, MALE = True, False


@dataclass(frozen=True)
class Parent:
    """A parent's own name."""

    given: str
    family: str

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Naming:
    """What one household calls its children: the parents, and the family name that its style gives."""

    origin: Origin
    mother: Parent
    father: Parent
    family: str
    is_patronymic: bool


def naming_of(origin: Origin, luck: random.Random) -> Naming:
    """Draw both parents and settle how the children will be named."""
    base = origin.families.draw(luck)
    father = Parent(origin.boys.draw(luck), _three(origin, base, luck))
    elsewhere = origin.families.draw(luck) if origin.has("mother_has_another_family", luck) else base
    if "three_names" in origin.customs:
        elsewhere = _three(origin, "", luck)
    mother = Parent(origin.girls.draw(luck), _as_woman(origin, elsewhere, luck))
    if "three_names" in origin.customs:
        return Naming(origin, mother, father, father.family.split()[-1], is_patronymic=True)
    given_as_family = origin.has("given_as_family", luck) or origin.has("patronymic_family", luck)
    family = father.given.split()[-1] if given_as_family else base
    return Naming(origin, mother, father, _styled(origin, family, mother, luck), is_patronymic=False)


def _three(origin: Origin, base: str, luck: random.Random) -> str:
    """A father's and a grandfather's name where these stand for a family name."""
    if "three_names" not in origin.customs:
        return base
    return f"{origin.boys.draw(luck)} {origin.boys.draw(luck)}"


def _styled(origin: Origin, family: str, mother: Parent, luck: random.Random) -> str:
    if origin.has("double_barrelled", luck) and mother.family != family:
        return f"{mother.family}-{family}"
    if origin.has("two_families", luck) and mother.family != family:
        return f"{mother.family} {family}"
    if origin.has("arabic_article", luck):
        return luck.choice(("Al-", "Al ", "El ", "Al")) + family
    if family == mother.family or luck.random() > 0.12:
        return family
    return mother.family  # the parents do not share a name, and the child has the mother's


def _as_woman(origin: Origin, family: str, luck: random.Random) -> str:
    """The form of a family name that a girl or woman of this origin bears."""
    if "gendered_family" in origin.customs and family.endswith(("ski", "cki", "dzki")):
        return family[:-1] + "a"
    if origin.has("woman_title_family", luck):
        return luck.choice(origin.woman_titles)
    return "Kaur" if origin.has("singh_kaur_family", luck) else family


def given_name(naming: Naming, sex: bool, luck: random.Random) -> str:
    """A child's given name or names, the one in use not always first."""
    origin = naming.origin
    names = origin.girls if sex is FEMALE else origin.boys
    given = names.draw(luck)
    if origin.has("two_syllables", luck):
        given += luck.choice(("", " ", "-")) + names.draw(luck).lower()
        given = given.title() if " " in given or "-" in given else given
    if naming.is_patronymic:
        return f"{given} {naming.father.given}"
    if sex is MALE and origin.has("honorific_first", luck):
        return f"{luck.choice(origin.honorifics)} {given}"
    if origin.has("singh_kaur_middle", luck):
        return f"{given} {'Kaur' if sex is FEMALE else 'Singh'}"
    if origin.has("second_name_from_home", luck) or origin.has("middle_name", luck):
        second = names.draw(luck)
        return f"{given} {second}" if second != given else given
    return given


def family_name(naming: Naming, sex: bool, luck: random.Random) -> str:
    """The family name of one child of the household; sisters and brothers may differ."""
    origin = naming.origin
    if origin.has("singh_kaur_family", luck):
        return "Kaur" if sex is FEMALE else "Singh"
    return _as_woman(origin, naming.family, luck) if sex is FEMALE else naming.family


def called(given: str, naming: Naming) -> str:
    """The one of a child's given names that is in use: the second after an honorific, otherwise the first."""
    parts = given.split()
    return parts[1] if len(parts) > 1 and parts[0] in naming.origin.honorifics else parts[0]
