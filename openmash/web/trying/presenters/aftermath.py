"""What came after the decisions that a draft would have moved, and the work that it would bring each week."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.urls import reverse

from openmash.apps.concerns.queries.history import DecidedCase
from openmash.apps.review.what_if import (
    BOTH_WAYS,
    NOBODY_LOWER,
    TOO_FEW_LOWER,
    TOO_FEW_TO_FOLLOW,
    at_stake_says,
    missed_says,
)
from openmash.engines.review.what_if import Aftermath, AtStake, Missed, what_if
from openmash.engines.statistics.disclosure import FEWEST, rounded
from openmash.engines.thresholds import Policy
from openmash.web.trying.looking_back import Answers, answers_of, span_of
from openmash.web.trying.small_numbers import parts_shown, plain

FEWEST_MOVED = 2 * FEWEST


@dataclass(frozen=True)
class Work:
    """How much work a version brings: about so many a week, and where to see whether a team copes with it."""

    name: str
    weekly: str
    href: str


@dataclass(frozen=True)
class AftermathShown:
    """Sentences, and the work under both versions; none of it where too few cases came to work."""

    missed: str
    at_stake: str
    both_ways: str
    work: tuple[Work, ...]


def aftermath_shown(
    decided: Sequence[DecidedCase], in_force: Policy, draft: Policy, came: Aftermath
) -> AftermathShown:
    """What may be shown of it. `came` holds an entry for each of the decisions."""
    before, after = answers_of(decided, in_force), answers_of(decided, draft)
    found = what_if(_ranks(before), _ranks(after), came)
    return AftermathShown(
        _missed(found.missed), _at_stake(found.at_stake), BOTH_WAYS, tuple(_work(decided, before, after))
    )


def _ranks(answers: Answers) -> np.ndarray:
    return answers.replayed.ranks().astype(np.int32)


def _missed(found: Missed) -> str:
    if not found.horizon:
        return TOO_FEW_TO_FOLLOW
    # Shown beside its total, so the rest could be taken from it: both are kept back when either is small.
    later, _ = parts_shown([found.later, found.followed - found.later])
    return missed_says(str(plain(found.followed)), str(later), found.horizon)


def _at_stake(found: AtStake) -> str:
    if not found.cases:
        return NOBODY_LOWER
    if found.cases < FEWEST_MOVED:
        return TOO_FEW_LOWER
    protection, help, _, not_known = parts_shown(
        [found.protection, found.help, found.nothing_more, found.not_known]
    )
    return at_stake_says(str(plain(found.cases)), str(protection), str(help), str(not_known))


def _work(decided: Sequence[DecidedCase], before: Answers, after: Answers) -> list[Work]:
    """Cases a week at levels from which work follows; rounded first, so that no case can be told by subtracting."""
    counts = [_working(answers) for answers in (before, after)]
    if min(counts) < FEWEST_MOVED:
        return []
    weeks = span_of(decided).weeks
    shown = [rounded(count) / weeks for count in counts]
    return [
        Work(
            name,
            f"{weekly:,.1f}",
            f"{reverse('reviewing:cope')}?{urlencode({'weekly': f'{weekly:.1f}'})}#team",
        )
        for name, weekly in zip(("The version in force", "The draft"), shown, strict=True)
    ]


def _working(answers: Answers) -> int:
    """How many cases come to a level none of whose ways on ends at the front door."""
    policy = answers.policy
    levels = {
        level.code
        for level in policy.levels
        if not any(way.closes for way in policy.pathways if way.level == level.code)
    }
    return sum(level in levels for level in answers.levels)
