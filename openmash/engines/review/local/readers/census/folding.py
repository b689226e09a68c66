"""One or several years' census files as one history: the same child once, the same referral once.

A referral that is still open stands in every year's file; what a later file says of it counts. A child is known by the
council's own number (`LAchildID`) and by the number schools use (`UPN`). Only years without a gap can be followed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from openmash.engines.review.local.history import (
    CHILDREN,
    CONTACTS,
    EVENTS,
    Column,
    EventKind,
    Fault,
    History,
    history,
    schema,
)
from openmash.engines.review.local.readers.census.children import Child, Referral
from openmash.engines.review.local.readers.census.parsing import Census, read_file
from openmash.engines.review.local.readers.census.who import Key, Who
from openmash.engines.review.local.readers.mending import MOST_FAULTS

HAS = frozenset(
    {
        "census", "contact", "child", "received_on", "agency_kind", "closed_at_door", "age_months", "need", "born_on",
        "sex", "ethnicity", "disabled", "followed_to", "assessed_on", "enquiry_on",
        "conference_on", "plan_on",
    }
)  # fmt: skip
SAYS = (
    "The census says nothing of levels, signs, reasons or teams, nor when whoever referred was answered: none of that "
    "is shown, and none of it is none.",
    "It holds referrals only. Whatever the front door ended before it was taken for a referral is not in it.",
    "It does not keep the day of the decision. The time after is counted from the referral; the answer is due within "
    "a working day of it.",
    "It does not say who lives together, nor that a child came into care. Siblings are taken for strangers, so "
    "intervals are a little too short.",
)


def read_census(paths: Sequence[Path], today: date, names: Sequence[str] = ()) -> History:
    """The history in the census files of one or several years.

    `names` are what the files are called, where their paths do not say it.

    Raises:
        CannotRead: one of them cannot be used at all. The text says which, and why.
    """
    called = names or [path.name for path in paths]
    every = [read_file(path, name, today) for path, name in zip(paths, called, strict=True)]
    every.sort(key=lambda census: census.until)
    faults = [fault for census in every for fault in census.faults]
    more = sum(census.more for census in every)
    kept, left_out = _without_a_gap(every)
    faults = [*left_out, *faults]
    who = Who(kept)
    folded, twice = _fold(kept, who)
    faults += [*who.faults, *twice]
    first, last = date(kept[0].until.year - 1, 4, 1), kept[-1].until
    contacts, older = _contacts(folded, first)
    if more or len(faults) > MOST_FAULTS:
        more += max(0, len(faults) - MOST_FAULTS)
        faults = [*faults[:MOST_FAULTS], Fault("further on", f"{more:,} more things could not be read.")]
    return history(
        " and ".join(census.name for census in kept),
        last,
        contacts,
        _children(folded, last),
        _events(folded, first),
        has=HAS,
        faults=faults,
        notes=(*SAYS, *_notes(kept, first, older)),
    )


def _notes(kept: list[Census], first: date, older: bool) -> list[str]:
    notes = []
    if older:
        notes.append(
            f"Referrals before {first:%-d %B %Y} whose work was still open are in the census too. They are not "
            "counted as concerns, since those whose work had ended by then are not in it; what came of them is."
        )
    if len(areas := sorted({census.area for census in kept})) > 1:
        notes.append(f"The files are of different councils ({', '.join(each or 'none' for each in areas)}).")
    return notes


def _without_a_gap(every: list[Census]) -> tuple[list[Census], list[Fault]]:
    """The files of the latest years that follow one another; of years before a gap nothing after can be seen."""
    years = {census.until.year for census in every}
    year = first = every[-1].until.year
    while year in years:
        first, year = year, year - 1
    says = (
        f"It was left out: the census of {first - 1} is missing between it and the others, and what came after cannot "
        "be seen."
    )
    left_out = [Fault(census.name, says) for census in every if census.until.year < first]
    return [census for census in every if census.until.year >= first], left_out


@dataclass
class _Folded:
    """Everything by child: `referrals` by child (None: nobody knows who) and day, the latest file's word last."""

    referrals: dict[tuple[str, date], Referral]
    nobody: dict[str, list[Referral]]
    children: dict[str, Child]


def _fold(kept: list[Census], who: Who) -> tuple[_Folded, list[Fault]]:
    folded, faults = _Folded({}, {}, {}), []
    names: dict[Key, str] = {}
    for census in kept:
        for child in census.children:
            key = who.of(census, child)
            if key is None:
                folded.nobody[f"{census.name} {child.place}"] = child.referrals
                continue
            name = names.setdefault(key, f"child {len(names) + 1}")
            before = folded.children.get(name)
            folded.children[name] = child if before is None else _newest(before, child)
            days = [each.on for each in child.referrals]
            if len(set(days)) < len(days):
                where = f"{census.name}, line {child.lines[0]}, child {child.place}"
                faults.append(Fault(where, "Two referrals of the child are of one day. They count once."))
            for each in child.referrals:
                _join(folded.referrals.setdefault((name, each.on), each), each)
    return folded, faults


def _newest(before: Child, child: Child) -> Child:
    """What a later record says, and what an earlier one said where it is silent."""
    for name in ("born_on", "died_on", "sex", "ethnicity", "disabled"):
        if getattr(child, name) is None:
            setattr(child, name, getattr(before, name))
    return child


def _join(held: Referral, later: Referral) -> None:
    for name in ("agency_kind", "need", "nothing_further"):
        if (said := getattr(later, name)) is not None:
            setattr(held, name, said)
    held.events |= later.events
    if held.nothing_further and any(kind is not EventKind.MOVED for _, kind in held.events):
        held.nothing_further = None


def _contact(child: str, on: date) -> str:
    return f"{child}, {on}"


def _contacts(folded: _Folded, first: date) -> tuple[pa.Table, bool]:
    """Referrals from the first day of the first census on, and whether there are older ones."""
    known = [
        (_contact(child, on), child, each, folded.children[child].born_on)
        for (child, on), each in folded.referrals.items()
    ]
    unknown = [
        (f"{place}, {number}", None, each, None)
        for place, referrals in folded.nobody.items()
        for number, each in enumerate(referrals)
    ]
    rows = [row for row in (*known, *unknown) if row[2].on >= first]
    made: dict[str, Sequence[object]] = {
        "contact": [contact for contact, *_ in rows],
        "child": [child for _, child, *_ in rows],
        "received_on": [each.on for _, _, each, _ in rows],
        "decided_on": [each.on for _, _, each, _ in rows],
        "agency_kind": [each.agency_kind for _, _, each, _ in rows],
        "closed_at_door": [each.nothing_further for _, _, each, _ in rows],
        "need": [each.need for _, _, each, _ in rows],
        "age_months": [_age(born, each.on) for _, _, each, born in rows],
    }
    return _table(made, CONTACTS), len(rows) < len(known) + len(unknown)


def _age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return max(0, (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day))


def _children(folded: _Folded, last: date) -> pa.Table:
    every = folded.children
    made: dict[str, Sequence[object]] = {
        "child": list(every),
        "born_on": [each.born_on for each in every.values()],
        "sex": [each.sex for each in every.values()],
        "ethnicity": [each.ethnicity for each in every.values()],
        "disabled": [each.disabled for each in every.values()],
        "followed_to": [last] * len(every),
    }
    return _table(made, CHILDREN)


def _events(folded: _Folded, first: date) -> pa.Table:
    """What came of each referral; of those before the first day too, since it came to a child who is counted."""
    rows = [
        (child, day, kind.value, _contact(child, on) if on >= first else None)
        for (child, on), each in folded.referrals.items()
        for day, kind in sorted(each.events)
    ]
    rows += [
        (child, each.died_on, EventKind.DIED.value, None)
        for child, each in folded.children.items()
        if each.died_on
    ]
    names = [column.name for column in EVENTS]
    return _table(dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}, EVENTS)


def _table(made: Mapping[str, Sequence[object]], columns: tuple[Column, ...]) -> pa.Table:
    """A table with these columns, and the others not known."""
    rows = len(next(iter(made.values()), ()))
    shape = schema(columns)
    return pa.table(
        {each.name: pa.array(made.get(each.name, [None] * rows), each.type) for each in shape}, schema=shape
    )
