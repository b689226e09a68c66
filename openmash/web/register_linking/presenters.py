"""Runs, pairs and evidence in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openmash.apps.registers.holding import is_held
from openmash.apps.registers.queries import OpenPair, reviewed
from openmash.engines.matching.described import Born, DescribedPerson, Identifier, PersonName, Sex
from openmash.engines.matching.judging import Sureness
from openmash.engines.statistics import Alpha
from openmash.web.layout.templatetags.gds import day

SURE = {
    Sureness.VERY_LIKELY: "govuk-tag--green",
    Sureness.POSSIBLE: "govuk-tag--yellow",
    Sureness.SIBLING_OR_TWIN: "govuk-tag--blue",
}
FIELDS = {
    "forename": "Forename",
    "family_name": "Family name",
    "name_order": "Order of the names",
    "names_together": "Both names together",
    "born": "Date of birth or age",
    "sex": "Sex",
    "address": "Address",
    "parents": "Parents or carers",
    "named_as_sibling": "Named as brother or sister",
    "siblings": "Brothers and sisters",
    "school": "School or nursery",
    "telephone": "Telephone",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
    "local_number": "Number in another system",
}
NUMBERS = {"nhs_number": "NHS number", "upn": "UPN", "former_upn": "Former UPN", "local": "Local number"}
SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.NOT_KNOWN: ""}
STRENGTHS = ((7.0, "very strongly"), (4.0, "strongly"), (1.5, "somewhat"), (0.0, "a little"))
FULL_BAR, HALF = 12.0, 60
"""Bits at which a bar is full, and half its width."""


def result_shown(run: Any) -> dict[str, Any]:
    """What a run came to, how far people are, and how well two who looked at the same pairs agree."""
    if run.progress.state != "done":
        share = 100 * run.progress.done // run.progress.of if run.progress.of else 0
        left = run.progress.state == "running" and not is_held(run.pk)
        return {"share": share, "was_left": left}
    far, result = reviewed(run), run.result
    links = result.very_likely
    true = links - result.expected_false + result.expected_missed
    return {
        "reviewed": far,
        "looked_at": far.pairs - far.left,
        "false_share": f"{result.expected_false / links:.2%}" if links else "",
        "expected_false": _few(result.expected_false),
        "expected_missed": _few(result.expected_missed),
        "missed_share": f"{result.expected_missed / true:.1%}" if true > 0 else "",
        "agreement": agreement_in_words(far.agreement),
    }


def _few(number: float) -> str:
    """A number of pairs to expect, which is never exactly none."""
    return "fewer than 0.1" if number < 0.1 else f"about {number:,.1f}"


def agreement_in_words(agreement: Any) -> str:
    if not isinstance(agreement, Alpha):
        return "Too few pairs have been looked at twice to say how well people agree."
    interval = (
        f" (95% interval {agreement.interval.low:.2f} to {agreement.interval.high:.2f})"
        if agreement.interval
        else ""
    )
    return (
        f"Agreement beyond chance (Krippendorff’s alpha): {agreement.value:.2f}{interval}, over {agreement.units} "
        "pairs. 1 is full agreement, 0 what chance brings."
    )


@dataclass(frozen=True)
class LineShown:
    """One thing said on both sides; "" where one says nothing."""

    label: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True)
class BarShown:
    """How strongly one thing speaks, as a bar to either side of the middle, and in words."""

    field: str
    words: str
    strength: str
    x: int
    width: int
    speaks: str


@dataclass(frozen=True)
class PairShown:
    sure: str
    colour: str
    veto: str
    lines: tuple[LineShown, ...]
    evidence: tuple[BarShown, ...]


def pair_shown(opened: OpenPair) -> PairShown:
    """Both records side by side, and what speaks for and against."""
    match = opened.match
    return PairShown(
        sure=match.sureness.value,
        colour=SURE.get(match.sureness, "govuk-tag--grey"),
        veto=match.veto,
        lines=tuple(_lines(opened.one, opened.other)),
        evidence=tuple(
            _bar(
                FIELDS.get(each.field, each.field.replace("_", " ").capitalize()), each.words, each.same_bits
            )
            for each in match.evidence
        ),
    )


def shown_of(opened: OpenPair) -> dict[str, Any]:
    """What was on the page, to be kept with what somebody says on it."""
    return {
        "weights": opened.weights,
        "sureness": opened.match.sureness.name,
        "evidence": [[each.field, each.level, each.words] for each in opened.match.evidence],
    }


def name_of(person: DescribedPerson) -> str:
    return _name(person.names[0]) if person.names else "Name not known"


def _name(name: PersonName) -> str:
    return " ".join(part for part in (name.given, name.family) if part)


def _lines(one: DescribedPerson, other: DescribedPerson) -> Iterator[LineShown]:
    for label, of in _SAID:
        mine, theirs = tuple(of(one)), tuple(of(other))
        if mine or theirs:
            yield LineShown(label, mine, theirs)


def _born(born: Born) -> Iterator[str]:
    if born.on:
        yield f"{day(born.on)}{' (not sure)' if born.is_approximate else ''}"
    elif born.age_years is not None:
        yield f"About {born.age_years}, said on {day(born.age_said_on)}"
    elif born.expected_on:
        yield f"Expected on {day(born.expected_on)}"


def _number(identifier: Identifier) -> str:
    return f"{NUMBERS[identifier.kind.value]} {identifier.value}"


_SAID: tuple[tuple[str, Any], ...] = (
    ("Name", lambda person: [_name(each) for each in person.names[:1]]),
    ("Other names", lambda person: [_name(each) for each in person.names[1:]]),
    ("Date of birth or age", lambda person: _born(person.born)),
    ("Sex", lambda person: [SEXES[person.sex]] if SEXES[person.sex] else []),
    (
        "Addresses",
        lambda person: [", ".join(filter(None, (at.lines, at.postcode))) for at in person.addresses],
    ),
    ("Numbers", lambda person: [_number(each) for each in person.identifiers]),
    ("Parents or carers", lambda person: [_name(each) for each in person.parents]),
    ("Brothers and sisters", lambda person: [_name(each) for each in person.siblings]),
    ("School", lambda person: person.schools),
    ("Telephone", lambda person: person.telephones),
)


def _bar(field: str, words: str, bits: float) -> BarShown:
    strength = next(said for least, said in STRENGTHS if abs(bits) >= least)
    width = max(2, round(min(abs(bits), FULL_BAR) / FULL_BAR * HALF))
    if abs(bits) < 0.1:
        return BarShown(field, words, "says nothing", HALF - 1, 2, "neither")
    if bits > 0:
        return BarShown(field, words, f"{strength} for", HALF, width, "for")
    return BarShown(field, words, f"{strength} against", HALF - width, width, "against")
