"""Who may lead on the threshold, what makes a round, and how few people may be shown. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

LEADS_ON_THE_THRESHOLD = frozenset({"manager", "head_of_service", "safeguarding_partner", "policy_lead"})
SAFEGUARDING_LEAD = "safeguarding_lead"

FEWEST_PEOPLE = 5
"""Figures about fewer people than this are not shown to anybody: they would be figures about somebody."""

MISREAD_BELOW = 0.7
"""Where fewer than this share of people agree with the policy, the wording is looked at. A proposal."""

FEWEST_VIGNETTES = 2
"""One vignette cannot tell agreement from habit."""


@dataclass(frozen=True)
class Reason:
    """What stands in the way, and the field it belongs to (empty: none)."""

    field: str
    text: str


def why_not_begin(title: str, opens_at: datetime, closes_at: datetime, vignettes: int) -> list[Reason]:
    """What is lacking for a round to begin."""
    reasons = []
    if not title.strip():
        reasons.append(Reason("title", "Enter a title."))
    if closes_at <= opens_at:
        reasons.append(Reason("closes", "The round must close after it opens."))
    if vignettes < FEWEST_VIGNETTES:
        reasons.append(Reason("examples", f"Choose or write at least {FEWEST_VIGNETTES} vignettes."))
    return reasons


VERSION_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-]{0,38}")


def why_not_a_version(version: str, taken: Collection[str]) -> str:
    """Why this cannot be the name of a new version; empty when it can."""
    if not VERSION_NAME.fullmatch(version):
        return "Name the version with letters, digits, dots and hyphens, such as 2027-04."
    return f"There is already a version {version}. Give this one another name." if version in taken else ""


def why_not_judge(*, is_to_come: bool, is_over: bool, made_it: bool) -> str:
    """Why somebody may not judge in a round; empty when they may."""
    if made_it:
        return (
            "You chose these vignettes and saw what the policy says of them, so your answers would not be "
            "blind. Others can answer."
        )
    if is_to_come:
        return "This round has not opened yet."
    return "This round has closed." if is_over else ""


def groups_to_show(people: Mapping[str, Collection[int]]) -> frozenset[str]:
    """Which groups have enough people to be shown, by name, given the people in each.

    Groups that are left out could be worked out from the whole less those shown. So where those left out are
    together too few, the smallest of the others is left out with them.
    """
    shown = {name for name, those in people.items() if len(those) >= FEWEST_PEOPLE}

    def left_out() -> int:
        return len({person for name, those in people.items() if name not in shown for person in those})

    while shown and 0 < left_out() < FEWEST_PEOPLE:
        shown.remove(min(shown, key=lambda name: (len(people[name]), name)))
    return frozenset(shown)


def not_told_apart(
    people: Mapping[str, Collection[int]], others: Mapping[str, Collection[int]]
) -> frozenset[str]:
    """Which groups to show beside other groups of the same people, such as jobs beside kinds of agency.

    Where a group lies within another, the few who are in the one and not in the other could be worked out.
    The largest groups are taken first, as long as nobody is left over, or enough people are.
    """
    kept: dict[str, frozenset[int]] = {}
    for name in sorted(people, key=lambda name: (-len(people[name]), name)):
        tried = {**kept, name: frozenset(people[name])}
        if all(_leaves_nobody_alone(frozenset(other), tried.values()) for other in others.values()) and all(
            _leaves_nobody_alone(one, [frozenset(other) for other in others.values()])
            for one in tried.values()
        ):
            kept = tried
    return frozenset(kept)


def _leaves_nobody_alone(whole: frozenset[int], parts: Collection[frozenset[int]]) -> bool:
    left = whole - frozenset(person for part in parts if part <= whole for person in part)
    return not 0 < len(left) < FEWEST_PEOPLE


def others_to_show(finished: int, *, sees_results: bool) -> int:
    """Of how many others, in the order in which they finished, a person is shown the answers.

    They come in whole fives, also when the round is over: with one more at a time, looking twice would show
    what the last to finish answered. Who sees the results of the round sees none here, or the difference would.
    """
    return 0 if sees_results else finished - finished % FEWEST_PEOPLE
