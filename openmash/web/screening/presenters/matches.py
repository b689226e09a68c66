"""How sure the engine is that two are one person, in words, with the evidence for and against."""

from dataclasses import dataclass
from hashlib import sha256

from openmash.engines.matching.judging import Evidence, Match, Sureness

MOST_REASONS = 3
SURE: dict[Sureness, tuple[str, str, str]] = {
    Sureness.VERY_LIKELY: ("Very likely this child", "Very likely this person", "govuk-tag--green"),
    Sureness.POSSIBLE: ("Possibly this child: check", "Possibly this person: check", "govuk-tag--yellow"),
    Sureness.SIBLING_OR_TWIN: (
        "Brother, sister or twin of this child",
        "Brother, sister or twin of this person",
        "govuk-tag--blue",
    ),
    Sureness.TOO_LITTLE: ("Too little to tell", "Too little to tell", "govuk-tag--grey"),
    Sureness.UNLIKELY: ("Unlikely", "Unlikely", "govuk-tag--grey"),
}
FIELDS = {
    "forename": "Forename",
    "family_name": "Family name",
    "name_order": "Order of the names",
    "names_together": "Both names together",
    "born": "Date of birth",
    "age": "Age",
    "expected": "When expected",
    "sex": "Sex",
    "address": "Address",
    "parents": "Parents or carers",
    "named_as_sibling": "Named as brother or sister",
    "siblings": "Brothers and sisters",
    "school": "School or nursery",
    "school_nearby": "School or nursery",
    "telephone": "Telephone",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
    "local_number": "Number in another system",
}
STRENGTHS = ((7.0, "very strongly"), (4.0, "strongly"), (1.5, "somewhat"), (0.0, "a little"))
TAKES_BACK = frozenset({"names_together"})
"""What is no evidence against: it keeps two lines that go together from counting twice."""

FULL_BAR = 12.0
"""Bits at which a bar is full. More is shown no longer: beyond a certain point it makes no difference."""
HALF = 60


@dataclass(frozen=True)
class BarShown:
    """How strongly one field speaks, in words and as a bar of at most `HALF` to either side of the middle."""

    words: str
    x: int
    width: int
    speaks: str
    """"for", "against" or "neither": a class of the style sheet."""


@dataclass(frozen=True)
class EvidenceShown:
    field: str
    words: str
    same: BarShown
    sibling: BarShown


@dataclass(frozen=True)
class MatchShown:
    """How sure, in words, and why."""

    sure: str
    colour: str
    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    ask_for: tuple[str, ...]
    veto: str
    evidence: tuple[EvidenceShown, ...]
    is_sibling: bool
    digest: str
    """Of the evidence on the page, so that nobody confirms what has changed meanwhile."""


def match_shown(match: Match, *, is_adult: bool) -> MatchShown:
    child, adult, colour = SURE[match.sureness]
    ordered = sorted(
        (each for each in match.evidence if each.field not in TAKES_BACK), key=lambda each: each.same_bits
    )
    return MatchShown(
        sure=adult if is_adult else child,
        colour=colour,
        in_favour=tuple(each.words for each in reversed(ordered) if each.same_bits > 0)[:MOST_REASONS],
        against=tuple(each.words for each in ordered if each.same_bits < 0 and each.field not in TAKES_BACK)[
            :MOST_REASONS
        ],
        ask_for=match.ask_for,
        veto=match.veto,
        evidence=tuple(_evidence(each) for each in match.evidence),
        is_sibling=match.sureness is Sureness.SIBLING_OR_TWIN,
        digest=digest_of(match),
    )


def digest_of(match: Match) -> str:
    """What stands on the page, in short: how sure, and the level of every field."""
    levels = sorted((each.field, each.level, each.words) for each in match.evidence)
    return sha256(repr((match.sureness.name, levels)).encode()).hexdigest()[:16]


def _evidence(each: Evidence) -> EvidenceShown:
    return EvidenceShown(
        FIELDS.get(each.field, "Something else"),
        each.words,
        _bar(each.same_bits, each.field),
        _bar(each.sibling_bits, each.field),
    )


def _bar(bits: float, field: str) -> BarShown:
    strength = next(words for least, words in STRENGTHS if abs(bits) >= least)
    width = max(2, round(min(abs(bits), FULL_BAR) / FULL_BAR * HALF))
    if abs(bits) < 0.1:
        return BarShown("says nothing", HALF - 1, 2, "neither")
    if field in TAKES_BACK and bits < 0:
        return BarShown("counts for less", HALF - width, width, "neither")
    if bits > 0:
        return BarShown(f"{strength} for", HALF, width, "for")
    return BarShown(f"{strength} against", HALF - width, width, "against")
