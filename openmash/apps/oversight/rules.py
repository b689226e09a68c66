"""Which looks are worth a question. Pure. None of them says that anything was wrong, and nobody is counted up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MANY = 30
WITHIN = timedelta(hours=1)
REFUSALS = 3
A_DAY = timedelta(days=1)
LONG_ENDED = timedelta(days=28)


class Why(StrEnum):
    """What makes a look worth a question, and how that reads."""

    OWN_NAME = "Somebody of the same family name is on the record"
    MANY = f"More than {MANY} records within an hour"
    REFUSED = f"{REFUSALS} or more refusals within a day"
    LONG_ENDED = "Ended weeks before, and this person has had no part in it"


@dataclass(frozen=True)
class Look:
    """Somebody opened a record, or was refused it."""

    by_id: int
    at: datetime
    record_id: str
    refused: bool


@dataclass(frozen=True)
class Opened:
    """What is known of a record that was looked at. Names are words in small letters."""

    family_names: frozenset[str]
    ended_at: datetime | None
    took_part: frozenset[int]
    """Everybody who has done more with it than look."""


@dataclass(frozen=True)
class Question:
    """Looks of one person that belong together, and why somebody should ask."""

    why: Why
    by_id: int
    first: datetime
    last: datetime
    record_ids: tuple[str, ...]


def questions(
    looks: Iterable[Look], records: Mapping[str, Opened], family_name_of: Mapping[int, str]
) -> list[Question]:
    """Every question there is, the latest first; never sorted by person."""
    of_each: dict[int, list[Look]] = defaultdict(list)
    for look in sorted(looks, key=lambda look: look.at):
        of_each[look.by_id].append(look)
    found = [
        question
        for by_id, theirs in of_each.items()
        for question in (
            *_own_name(by_id, theirs, records, family_name_of.get(by_id, "")),
            *_long_ended(by_id, theirs, records),
            *_at_once(Why.MANY, [look for look in theirs if not look.refused], WITHIN, MANY + 1),
            *_at_once(Why.REFUSED, [look for look in theirs if look.refused], A_DAY, REFUSALS),
        )
    ]
    return sorted(found, key=lambda question: question.last, reverse=True)


def _own_name(
    by_id: int, looks: Sequence[Look], records: Mapping[str, Opened], name: str
) -> Iterator[Question]:
    if name:
        same = [look for look in looks if name in records[look.record_id].family_names]
        yield from _by_record(Why.OWN_NAME, by_id, same)


def _long_ended(by_id: int, looks: Sequence[Look], records: Mapping[str, Opened]) -> Iterator[Question]:
    late = []
    for look in looks:
        record = records[look.record_id]
        ended = record.ended_at
        if ended is not None and look.at > ended + LONG_ENDED and by_id not in record.took_part:
            late.append(look)
    yield from _by_record(Why.LONG_ENDED, by_id, late)


def _by_record(why: Why, by_id: int, looks: Iterable[Look]) -> Iterator[Question]:
    of_each: dict[str, list[Look]] = defaultdict(list)
    for look in looks:
        if not look.refused:
            of_each[look.record_id].append(look)
    for record_id, theirs in of_each.items():
        yield Question(why, by_id, theirs[0].at, theirs[-1].at, (record_id,))


def _at_once(why: Why, looks: Sequence[Look], within: timedelta, count: int) -> Iterator[Question]:
    """Stretches in which so many different records (or, for refusals, so many refusals) fall within the time."""
    start, place = 0, 0
    while place < len(looks):
        while looks[place].at - looks[start].at > within:
            start += 1
        window = looks[start : place + 1]
        reached = len(window) if why is Why.REFUSED else len({look.record_id for look in window})
        if reached >= count:
            end = place
            while end + 1 < len(looks) and looks[end + 1].at - looks[end].at <= within:
                end += 1
            stretch = looks[start : end + 1]
            records = tuple(dict.fromkeys(look.record_id for look in stretch))
            yield Question(why, stretch[0].by_id, stretch[0].at, stretch[-1].at, records)
            start = place = end + 1
        else:
            place += 1
