"""Which combinations of values a real case can have, as questions that follow from one another.

Modelled exactly: the values of one column (two or more is also one or more; under 12 months is also under
24), a sign's answer, examples and months only when it was chosen, an unborn child or one who may be unborn
is under every age, a window holds no more than a wider one, agencies are no more than contacts, entries no
fewer, the present contact adds at most one agency, and its kind of agency is one, none or not known, and a
sign may have gone on for as long as was said, or, where somebody did not say, for as long as could be.

Not modelled: sums over windows of which neither holds the other (contacts about neglect and contacts from
the police, both within all contacts), and that an agency new to a wide window is new to a narrow one. So a
proof covers somewhat more than real cases, which makes it no weaker; and a case it finds is built, counted
again and put to the plain interpreter before anyone sees it (`witness`), so that none is shown that cannot be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.policy.model import Answer

Past = PastContacts | PastEntries | PastAgencies


@dataclass(frozen=True)
class Possible:
    """The questions of a proof and how they hang together.

    `atoms` are those asked and those needed to say what is possible, each as `same` names it. `follows` are
    pairs: where the first holds, so does the second. `either` are threes: where the first holds, so does the
    second or the third. `one_or_all` are questions of which none, one or all hold. `never` hold of no case.
    """

    atoms: frozenset[Atom]
    follows: tuple[tuple[Atom, Atom], ...]
    either: tuple[tuple[Atom, Atom, Atom], ...]
    one_or_all: tuple[Atom, ...]
    never: frozenset[Atom]


def same(atom: Atom) -> Atom:
    """The one question that stands for all those which always have the same answer."""
    match atom:
        case Atom(SignExamples(sign), 1):
            return Atom(SignSeen(sign), 1)
        case Atom(PastEntries(window), 1):
            return Atom(PastContacts(window), 1)
    return atom


def always(atom: Atom) -> bool:
    """Whether every case answers yes: every number is at least 0."""
    return not atom.falls and atom.bound <= 0


def possible(asked: Iterable[Atom]) -> Possible:
    """How some questions hang together, with whatever further ones it takes to say so."""
    wanted = {same(atom) for atom in asked if not always(atom)}
    every = wanted | _helpers(wanted)
    never = frozenset(atom for atom in every if _beyond(atom))
    bounds = _bounds(every - never)
    follows = (*_chains(bounds), *_rests_on(bounds), *_about_age(bounds), *_about_past(bounds))
    kinds = sorted((a for a in bounds if isinstance(a, PresentFrom)), key=lambda column: column.name)
    return Possible(
        atoms=frozenset(every),
        follows=tuple((same(one), same(other)) for one, other in follows if same(one) != same(other)),
        either=tuple(_said_or_unsaid(bounds)),
        one_or_all=tuple(Atom(kind, 1) for kind in kinds),
        never=never,
    )


def _beyond(atom: Atom) -> bool:
    match atom:
        case Atom(FactAnswer() | SignAnswer() | UnbornAnswer(), bound):
            return bound > Answer.YES.rank
        case Atom(PresentFrom(), bound):
            return bound > 1
        case Atom(YoungestAge(), bound):
            return bound <= 0
    return False


def _bounds(atoms: Iterable[Atom]) -> dict[Column, list[int]]:
    """The bounds asked of each column, from the least concern to the most."""
    found: dict[Column, list[int]] = defaultdict(list)
    for atom in atoms:
        found[atom.column].append(atom.bound)
    return {column: sorted(each, reverse=isinstance(column, YoungestAge)) for column, each in found.items()}


def _helpers(wanted: Iterable[Atom]) -> set[Atom]:
    """Further questions: whether each sign asked about was chosen, and how many contacts each window holds."""
    helpers = {
        Atom(SignSeen(atom.column.sign), 1)
        for atom in wanted
        if isinstance(atom.column, SignAnswer | SignExamples | SignLasting | SignMayLast)
    }
    past = [atom for atom in wanted if isinstance(atom.column, Past)]
    if not past:
        return helpers
    most = max((atom.bound for atom in past if not isinstance(atom.column, PastEntries)), default=1)
    windows = {atom.column.window for atom in past if isinstance(atom.column, Past)}
    windows.add(Window(max(window.months for window in windows)))
    helpers |= {Atom(PastContacts(window), count) for window in windows for count in range(1, most + 1)}
    return helpers


def _chains(bounds: Mapping[Column, list[int]]) -> Iterator[tuple[Atom, Atom]]:
    for column, each in bounds.items():
        yield from ((Atom(column, more), Atom(column, less)) for less, more in pairwise(each))


def _rests_on(bounds: Mapping[Column, list[int]]) -> Iterator[tuple[Atom, Atom]]:
    for column, each in bounds.items():
        if isinstance(column, SignAnswer | SignExamples | SignLasting | SignMayLast):
            yield Atom(column, each[0]), Atom(SignSeen(column.sign), 1)
        if isinstance(column, SignLasting):
            yield from _no_longer_than_may_be(column, bounds)
        if isinstance(column, PastEntries):
            yield Atom(column, each[0]), Atom(PastContacts(column.window), 1)


def _no_longer_than_may_be(
    column: SignLasting, bounds: Mapping[Column, list[int]]
) -> Iterator[tuple[Atom, Atom]]:
    """What has gone on for so long may have gone on for so long."""
    longest = SignMayLast(column.sign)
    for bound in bounds[column]:
        reached = [other for other in bounds.get(longest, ()) if other <= bound]
        if reached:
            yield Atom(column, bound), Atom(longest, reached[-1])


def _said_or_unsaid(bounds: Mapping[Column, list[int]]) -> Iterator[tuple[Atom, Atom, Atom]]:
    """What may have gone on for so long was said to, or may have gone on for as long as could be."""
    for column, each in bounds.items():
        if not isinstance(column, SignMayLast):
            continue
        longest, said = Atom(column, each[-1]), SignLasting(column.sign)
        for bound in each[:-1]:
            reached = [other for other in bounds.get(said, ()) if other <= bound]
            if reached:
                yield Atom(column, bound), Atom(said, reached[-1]), longest


def _about_age(bounds: Mapping[Column, list[int]]) -> Iterator[tuple[Atom, Atom]]:
    # Whoever may be unborn has no known age (an age settles that the child is born), and so may be under any.
    for unborn in bounds.get(UnbornAnswer(), ()):
        for youngest in bounds.get(YoungestAge(), ()):
            yield Atom(UnbornAnswer(), unborn), Atom(YoungestAge(), youngest)


def _about_past(bounds: Mapping[Column, list[int]]) -> Iterator[tuple[Atom, Atom]]:
    columns = [column for column in bounds if isinstance(column, Past)]
    for less in columns:
        for more in columns:
            spare = _spare(less, more)
            if less != more and spare is not None:
                yield from _no_more_than(less, more, spare, bounds)


def _spare(less: Past, more: Past) -> int | None:
    """By how much the first may be above the second at most, None when that is not limited."""
    if not within(less.window, more.window):
        return None
    match less, more:
        case (PastContacts(), PastContacts() | PastEntries()) | (PastEntries(), PastEntries()):
            return 0
        case PastAgencies(_, present), PastContacts():
            return int(present)
        case PastAgencies(_, present), PastAgencies(_, also):
            return int(present and not also)
    return None


def _no_more_than(
    less: Past, more: Past, spare: int, bounds: Mapping[Column, list[int]]
) -> Iterator[tuple[Atom, Atom]]:
    for bound in bounds[less]:
        reached = [other for other in bounds[more] if other <= bound - spare]
        if reached:
            yield Atom(less, bound), Atom(more, reached[-1])


def within(narrow: Window, wide: Window) -> bool:
    """Whether every contact that the first window holds, the second holds too."""
    return (
        narrow.months <= wide.months
        and wide.kind in ("", narrow.kind)
        and wide.agency_kind in ("", narrow.agency_kind)
        and (narrow.unassessed or not wide.unassessed)
    )
