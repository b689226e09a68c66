"""Earlier contacts that give exactly the counts a proof speaks of.

A contact is of a sort: which windows hold it. Found by trying, fewest contacts first: how many of each sort,
how many entries each stands for, and by which agencies they were made. The search has a limit, and a refusal
is honest: the counts are then set aside and others sought.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from openmash.engines.thresholds.compiled.columns import Column, PastAgencies, PastContacts, PastEntries
from openmash.engines.thresholds.meaning.case import PastContact, months_before
from openmash.engines.thresholds.meaning.examples import AS_OF
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.proof.errors import NoSuchCase, NotSettled

MOST_TRIALS = 20_000
MOST_KINDS = 6


@dataclass(frozen=True)
class Band:
    """The values between two neighbouring bounds: from `low` to `high`, None for no end."""

    low: int
    high: int | None

    def holds(self, value: int) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)


ANY = Band(0, None)
Bands = Mapping[Column, Band]


@dataclass(frozen=True)
class Sort:
    """One way for a contact to be: so many months ago, of these kinds, from a kind of agency, assessed or not."""

    months: int
    kinds: frozenset[str]
    agency_kind: str
    assessed: bool

    def contact(self, agency: str, entries: int) -> PastContact:
        at = months_before(AS_OF, self.months)
        return PastContact(at, agency, self.agency_kind, self.kinds, entries, self.assessed)


class _Trials:
    """Counts trials, and ends a search that takes too many."""

    def __init__(self) -> None:
        self.left = MOST_TRIALS

    def one(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise NotSettled(
                "No earlier contacts with these counts were found within the limit of the search."
            )


def windows_of(bands: Bands) -> list[Window]:
    """The windows in which something is counted, each once."""
    past = (c.window for c in bands if isinstance(c, PastContacts | PastEntries | PastAgencies))
    return list(dict.fromkeys(past))


def past_for(bands: Bands, other_agency: str, present_kind: str) -> tuple[tuple[PastContact, ...], str]:
    """Earlier contacts with these counts, and the name of the agency that makes the present one.

    `other_agency` is a kind of agency that no window asks for, `present_kind` the present one's kind.

    Raises:
        NoSuchCase: there are none.
        NotSettled: none was found within the limit of the search.
    """
    windows = windows_of(bands)
    trials = _Trials()
    sorts = _sorts(windows, other_agency)
    for chosen in _choices(bands, windows, list(sorts), trials):
        contacts = [sorts[held] for held in chosen]
        entries = next(_entries(bands, windows, chosen, trials), None)
        agencies = next(_agencies(bands, windows, chosen, contacts, present_kind, trials), None)
        if entries is not None and agencies is not None:
            *names, present = agencies
            made = (
                sort.contact(name, count) for sort, name, count in zip(contacts, names, entries, strict=True)
            )
            return tuple(made), present
    if len({window.kind for window in windows}) > MOST_KINDS:
        raise NotSettled("Not every mixture of so many kinds of contact was tried.")
    raise NoSuchCase("No earlier contacts have these counts.")


Held = frozenset[Window]


def _sorts(windows: Sequence[Window], other_agency: str) -> dict[Held, Sort]:
    """For each set of windows that one contact can be held by, the plainest such contact; widest sets first."""
    kinds = sorted({window.kind for window in windows if window.kind})
    some = range(len(kinds) + 1) if len(kinds) <= MOST_KINDS else (0, 1, 2, len(kinds))
    mixes = chain.from_iterable(combinations(kinds, count) for count in some)
    agencies = [other_agency, *sorted({window.agency_kind for window in windows if window.agency_kind}), ""]
    months = sorted({window.months for window in windows}, reverse=True)
    found: dict[Held, Sort] = {}
    for mix, agency, ago, assessed in product(list(mixes), agencies, months, (False, True)):
        sort = Sort(ago, frozenset(mix), agency, assessed)
        contact = sort.contact("", 1)
        held = frozenset(w for w in windows if ago <= w.months and w.counts(contact))
        if held:
            found.setdefault(held, sort)
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def _choices(
    bands: Bands, windows: Sequence[Window], sorts: Sequence[Held], trials: _Trials
) -> Iterator[list[Held]]:
    """Every choice of sorts, fewest contacts first, that gives each window its number of contacts."""
    counts = {window: bands.get(PastContacts(window), ANY) for window in windows}
    least = max((band.low for band in counts.values()), default=0)
    for many in range(least, sum(band.low for band in counts.values()) + 1):
        yield from _choose(counts, sorts, many, [], trials)


def _choose(
    counts: Mapping[Window, Band], sorts: Sequence[Held], many: int, so_far: list[Held], trials: _Trials
) -> Iterator[list[Held]]:
    trials.one()
    held = {window: sum(window in one for one in so_far) for window in counts}
    if any(band.low > held[window] + many for window, band in counts.items()):
        return
    if any(band.high is not None and held[window] > band.high for window, band in counts.items()):
        return
    if many == 0:
        yield list(so_far)
        return
    for place, sort in enumerate(sorts):
        yield from _choose(counts, sorts[place:], many - 1, [*so_far, sort], trials)


def _entries(
    bands: Bands, windows: Sequence[Window], chosen: Sequence[Held], trials: _Trials
) -> Iterator[list[int]]:
    """How many entries each contact stands for, so that each window has its number."""
    counts = {w: bands[PastEntries(w)] for w in windows if PastEntries(w) in bands}
    most = max([1, *(band.low for band in counts.values())])

    def give(so_far: list[int]) -> Iterator[list[int]]:
        trials.one()
        rest = chosen[len(so_far) :]
        for window, band in counts.items():
            had = sum(n for n, held in zip(so_far, chosen, strict=False) if window in held)
            if band.high is not None and had + sum(window in held for held in rest) > band.high:
                return
            if had + most * sum(window in held for held in rest) < band.low:
                return
        if not rest:
            yield so_far
            return
        for number in range(1, most + 1):
            yield from give([*so_far, number])

    yield from give([])


def _agencies(
    bands: Bands,
    windows: Sequence[Window],
    chosen: Sequence[Held],
    contacts: Sequence[Sort],
    present_kind: str,
    trials: _Trials,
) -> Iterator[list[str]]:
    """By which agency each contact was made, the present one last; "" for one not known, which never counts."""
    kinds = [*(sort.agency_kind for sort in contacts), present_kind]

    def agree(names: Sequence[str]) -> bool:
        *past, present = names
        for window in windows:
            by = {name for name, held in zip(past, chosen, strict=True) if window in held}
            alone, together = len(by - {""}), len((by | {present}) - {""})
            if not bands.get(PastAgencies(window, with_present=False), ANY).holds(alone):
                return False
            if not bands.get(PastAgencies(window, with_present=True), ANY).holds(together):
                return False
        return True

    def name(so_far: list[str]) -> Iterator[list[str]]:
        trials.one()
        if len(so_far) == len(kinds):
            if agree(so_far):
                yield so_far
            return
        kind = kinds[len(so_far)]
        # An agency is of one kind, so only contacts from the same kind may share one.
        known = [given for given, of in zip(so_far, kinds, strict=False) if given and of == kind]
        new = f"{kind or 'agency'} {len(set(so_far) - {''}) + 1}"
        for each in dict.fromkeys([*known, new, ""]):
            yield from name([*so_far, each])

    yield from name([])
