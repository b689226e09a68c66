"""Who is related to whom, turned into what the genogram is drawn from."""

from dataclasses import dataclass
from typing import Any

from openmash.apps.concerns.queries.kinship import Claim, Kinship, Relative
from openmash.engines.genogram import Genogram, Household, Kind, Person, Relationship, Said, Sex, draw
from openmash.web.chronology.words import day, listed, name_of, source_of, told_by, who

KINDS: dict[str, tuple[Kind, str]] = {
    "mother": (Kind.PARENT, ""),
    "father": (Kind.PARENT, ""),
    "parent": (Kind.PARENT, ""),
    "step_parent": (Kind.STEP_PARENT, ""),
    "adoptive_parent": (Kind.CARER, "adoptive parent"),
    "foster_carer": (Kind.CARER, "foster carer"),
    "carer": (Kind.CARER, ""),
    "grandparent": (Kind.GRANDPARENT, ""),
    "aunt_or_uncle": (Kind.RELATIVE, "aunt or uncle"),
    "other_relative": (Kind.RELATIVE, ""),
    "partner": (Kind.PARTNER, ""),
    "former_partner": (Kind.PARTNER, ""),
    "sibling": (Kind.SIBLING, ""),
    "half_sibling": (Kind.HALF_SIBLING, ""),
    "step_sibling": (Kind.OTHER, "step-brother or step-sister"),
    "twin": (Kind.TWIN, ""),
}
"""Kinds of relationship as they are recorded, as the engine draws them, and their words if those are not its own."""
SEX_SAID = {"mother": Sex.FEMALE, "father": Sex.MALE}

KEY: tuple[tuple[str, str], ...] = (
    ("partner", "Partners. Two strokes: they have parted"),
    ("co_parent", "Parents of one child; nobody said that they are partners"),
    ("parent", "Parent and child"),
    ("step_parent", "Step-parent"),
    ("carer", "Brings the child up"),
    ("grandparent", "Grandparent"),
    ("sibling", "Brothers and sisters whose parents are not drawn"),
    ("half_sibling", "Half-brothers and half-sisters"),
    ("other", "Another tie: the list says which"),
)


@dataclass(frozen=True)
class GenogramShown:
    """The drawing, and what has to be said of it. `key` are the lines it uses, in words."""

    whom: tuple[str, ...]
    genogram: Genogram
    key: tuple[tuple[str, str], ...]
    put_together: tuple[str, ...]
    not_named: str
    ask: str
    ground: str


def genogram_shown(kinship: Kinship) -> GenogramShown:
    sexes = {
        claim.one: SEX_SAID[claim.kind]
        for claim in kinship.claims
        if claim.kind in SEX_SAID and not (claim.is_denied or claim.is_unsure)
    }
    people = [_person(each, sexes.get(each.key, Sex.NOT_KNOWN)) for each in kinship.relatives]
    drawn = draw(
        people, _relationships(kinship), [Household(home.address, home.members) for home in kinship.homes]
    )
    return GenogramShown(
        whom=tuple(f"{name_of(each.latest)}, {each.age}" for each in kinship.relatives if each.is_concerned),
        genogram=drawn,
        key=tuple(line for line in KEY if line[0] in drawn.kinds),
        put_together=tuple(
            f"{name_of(each.latest)} ({len(each.descriptions)} descriptions)"
            for each in kinship.relatives
            if each.not_linked
        ),
        not_named=listed([words.lower() for words in kinship.not_named]) if kinship.not_named else "",
        ask=listed(list(kinship.ask)) if kinship.ask else "",
        ground=kinship.ground.value,
    )


def _person(relative: Relative, sex: Sex) -> Person:
    described = relative.latest
    sexes = {each.sex for each in relative.descriptions} - {"not_known"}
    born = next((each.born_on for each in relative.descriptions if each.born_on), None)
    expected = next((each.expected_on for each in relative.descriptions if each.expected_on), None)
    unborn = relative.is_unborn
    age = "" if relative.age == "age not known" else relative.age
    if unborn:
        age = f"expected {day(expected)}" if expected else "not yet born"
    return Person(
        key=relative.key,
        name=name_of(described),
        sex=Sex(sexes.pop()) if len(sexes) == 1 else sex,
        age=age,
        inside="" if unborn else _inside(relative.age),
        about=f"born {day(born)}" if born else "",
        born_on=born,
        is_unborn=unborn,
        is_concerned=relative.is_concerned,
    )


def _inside(age: str) -> str:
    """The age for within the symbol: years alone, months with an m; nothing when it takes words to say it."""
    number, _space, unit = age.removeprefix("about ").partition(" ")
    if not number.isdecimal() or unit not in {"years", "year", "months", "month"}:
        return ""
    roughly = "~" if age.startswith("about ") else ""
    return f"{roughly}{number}{'m' if unit.startswith('month') else ''}"


def _relationships(kinship: Kinship) -> list[Relationship]:
    """What was said, the same said by several put together, in the order in which it was first said."""
    together: dict[tuple[Any, ...], list[Claim]] = {}
    drawn = {each.key for each in kinship.relatives}
    for claim in kinship.claims:
        if {claim.one, claim.other} <= drawn:
            kind, words = KINDS.get(claim.kind, (Kind.OTHER, ""))
            if claim.kind in SEX_SAID and (claim.is_denied or claim.is_unsure):
                words = claim.kind  # it says nothing certain of their sex, so the word has to be kept
            ended = bool(claim.until) or claim.kind == "former_partner"
            what = (claim.one, kind, claim.other, claim.words or words, claim.since, claim.until, ended)
            together.setdefault((*what, claim.is_denied), []).append(claim)
    return [
        Relationship(
            one=one,
            kind=kind,
            other=other,
            said=tuple(_said(claim) for claim in claims),
            words=words,
            since=since,
            until=until,
            ended=ended,
            denied=denied,
        )
        for (one, kind, other, words, since, until, ended, denied), claims in together.items()
    ]


def _said(claim: Claim) -> Said:
    by = who(claim.by) if claim.by is not None else f"{told_by(claim.contact)}, {source_of(claim.contact)}"
    return Said(by, day(claim.at), from_part=claim.part, unsure=claim.is_unsure, told_by=claim.told_by)
