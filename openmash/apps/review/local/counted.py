"""Tables of what was decided and how long it took, as they may be shown."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from openmash.apps.concerns.rules import OVERRIDES
from openmash.apps.review.sheets import Sheet, Value
from openmash.engines.review.local import tables
from openmash.engines.review.local.history import Source
from openmash.engines.review.local.kinds import AGENCY_KINDS, ALSO_INSIDE, ASKED_ABOUT_IN_2002
from openmash.engines.review.local.readers.census.codes import AGENCY_KIND_OF
from openmash.engines.review.local.store import Store
from openmash.engines.review.local.tables import BOUNDS, NOT_KNOWN, Counts
from openmash.engines.statistics.disclosure import Grid, Hidden, Shown, ShownGrid, disclose, percent, shown

Written = tuple[Sheet, str, str]

OTHER = "other: "
ANOTHER = "another_reason"
LOWER, CLOSED = "Lower, in 100 known", "Closed, in 100 known"
TITLES = {
    "level": ("Level the threshold gave", "policy_level"),
    "agency_kind": ("Who raised it", "agency_kind"),
    "team": ("Team", "team"),
    "month": ("Month it was decided", "decided_on"),
    "sign": ("Sign", "signs"),
}
STANDS = {"lower": "Decided lower", "same": "The same", "higher": "Decided higher", "not_known": "Not known"}
DOOR = {
    "closed": "Closed at the front door",
    "went_on": "Went on to help or assessment",
    "not_known": "Not known",
}
SAYS = {
    "level": "How often a person decided another level than the published threshold gave.",
    "agency_kind": "The same, by who raised it. Different agencies tell of different children.",
    "team": "The same, by team. Teams stand by name, and meet different children.",
    "month": "The same, by month.",
    "sign": "The same, by the signs that counted. A concern stands under every sign it has.",
}


def decided(store: Store, history: Source) -> list[Written]:
    """Decisions beside the threshold, their reasons, and what came of concerns, by who raised them."""
    compared = bool(
        {"policy_level", "policy_rank"} & history.has and {"decided_level", "decided_rank"} & history.has
    )
    by = [each for each, (_, column) in TITLES.items() if compared and column in history.has]
    counts = {each: tables.beside_policy(store, each) for each in by}
    levels, reasons = tables.levels(store), _by_kind(tables.reasons(store))
    outcome = tables.outcome(store, "agency_kind")
    census = "census" in history.has
    outcome = _with_all_asked_about(outcome, census) if "agency_kind" in history.has else outcome
    grids = [_grid("decided", each, counts[each], parts=each != "sign") for each in by]
    grids.append(_grid("decided", "reason", reasons, whole=False))
    grids += [_other("decided", "level", levels), _other("decided", "agency_kind", outcome)]
    *beside, why, across, door = disclose(grids)
    made = [_levels(across)] if {"policy_level", "decided_level"} <= history.has else []
    made += [_beside(each, grid) for each, grid in zip(by, beside, strict=True)]
    made += [_reasons(why)] if "override_reason" in history.has else []
    return [*made, _outcome(door, census)] if "closed_at_door" in history.has else made


def _with_all_asked_about(counts: Counts, census: bool) -> Counts:
    """Independent schools, GPs and CAMHS have a row even when they raised nothing: that is an answer too.

    Not where the source does not tell them from others: nought would then be untrue.
    """
    asked = [each for each in ASKED_ABOUT_IN_2002 if not census or each in AGENCY_KIND_OF.values()]
    missing = [each for each in asked if each not in counts.rows]
    nothing = tuple(0 for _ in counts.columns)
    return Counts((*missing, *counts.rows), counts.columns, (*(nothing for _ in missing), *counts.cells))


def _by_kind(reasons: Counts) -> Counts:
    """Reasons by the kinds there are; whatever else stands in a file is no kind, and its words are shown nowhere."""
    kinds: dict[str, tuple[int, ...]] = {}
    for row, cells in zip(reasons.rows, reasons.cells, strict=True):
        kind = row if row in OVERRIDES or row == NOT_KNOWN else ANOTHER
        kinds[kind] = tuple(map(sum, zip(kinds.get(kind, (0,) * len(cells)), cells, strict=True)))
    return Counts(tuple(kinds), reasons.columns, tuple(kinds.values()))


def _grid(of: str, by: str, counts: Counts, *, parts: bool = True, whole: bool = True) -> Grid:
    return Grid(of, by, counts.rows, counts.columns, counts.cells, parts=parts, whole=whole)


def _other(of: str, by: str, counts: Counts) -> Grid:
    """The same concerns, in other columns: their totals by row are those of the tables beside the threshold."""
    return Grid(of, by, counts.rows, tuple(f"{OTHER}{each}" for each in counts.columns), counts.cells)


def cell(value: Shown | None) -> Value:
    """A count as it stands in a table."""
    return value.value if isinstance(value, Hidden) else value


def name_of(by: str, row: str) -> str:
    """What stands at the head of a row."""
    if row == NOT_KNOWN:
        return "Not known"
    if by == "agency_kind":
        return AGENCY_KINDS[row]
    return OVERRIDES.get(row, row.replace("_", " ").capitalize()) if by == "reason" else row


def _levels(grid: ShownGrid) -> Written:
    head = (
        "Threshold gave",
        *(f"Decided {each}" if each else "Not known" for each in _columns(grid)),
        "All",
    )
    sheet = Sheet("levels", "What was decided, by what the threshold gave", head, _rows(grid))
    says = "Along the middle a person decided what the published threshold gave; left of it lower, right of it higher."
    return sheet, says, "That a person decides otherwise is no fault: the threshold does not know everything."


def _columns(grid: ShownGrid) -> list[str]:
    return [each.removeprefix(OTHER) for each in grid.grid.columns]


def _rows(grid: ShownGrid) -> tuple[tuple[Value, ...], ...]:
    rows = [
        (name_of(grid.grid.by, row), *map(cell, cells), *map(cell, grid.row_totals[place : place + 1]))
        for place, (row, cells) in enumerate(zip(grid.grid.rows, grid.cells, strict=True))
    ]
    if grid.column_totals:
        total = (cell(grid.total),) if grid.total is not None else ()
        rows.append(("All", *map(cell, grid.column_totals), *total))
    return tuple(rows)


def _with_percent(grid: ShownGrid, column: str) -> tuple[tuple[Value, ...], ...]:
    """With a share of those of whom it is known: "not known" is never counted as no."""
    place = grid.grid.columns.index(column)
    known = [at for at, each in enumerate(_columns(grid)) if each != "not_known"]
    shares: list[Value] = [_share(cells, place, known) for cells in grid.cells]
    if grid.column_totals and grid.total is not None:
        shares.append(_share(grid.column_totals, place, known))
    return tuple((*row, share) for row, share in zip(_rows(grid), shares, strict=True))


def _share(counts: Sequence[Shown], place: int, known: Sequence[int]) -> int | None:
    seen = [counts[each] for each in known]
    if any(isinstance(each, Hidden) for each in seen):
        return None
    return percent(counts[place], sum(each for each in seen if not isinstance(each, Hidden)))


def _beside(by: str, grid: ShownGrid) -> Written:
    title, _ = TITLES[by]
    head = (title, *(STANDS[each] for each in grid.grid.columns), "All", LOWER)
    sheet = Sheet(
        f"decided-by-{by.replace('_', '-')}",
        f"Decided beside the threshold: {title.lower()}",
        head,
        _with_percent(grid, "lower"),
    )
    return sheet, SAYS[by], ""


def _reasons(grid: ShownGrid) -> Written:
    head = ("Kind of reason", *(STANDS[each] for each in grid.grid.columns))
    sheet = Sheet("reasons", "Why another level was decided", head, _rows(grid))
    return sheet, "The kind of reason that was given for deciding lower or higher.", ""


def _outcome(grid: ShownGrid, census: bool) -> Written:
    head = ("Who raised it", *(DOOR[each] for each in _columns(grid)), "All", CLOSED)
    sheet = Sheet(
        "outcome-by-agency",
        "What came of concerns, by who raised them",
        head,
        _with_percent(grid, f"{OTHER}closed"),
    )
    says = "The question of 2002 that is published nowhere. "
    says += (
        "GPs always have a row; independent schools and CAMHS cannot be told apart from others."
        if census
        else "Independent schools, GPs and CAMHS always have a row."
    )
    hidden = [f"{AGENCY_KINDS[each]} hold {what}" for each, what in ALSO_INSIDE.items() if census]
    mind = (
        "A high share closed may mean that concerns are not heard, or that they need only advice: read some."
    )
    return sheet, says, " ".join([mind, *(f"{each}." for each in hidden)])


def waiting(store: Store, history: Source) -> list[Written]:
    """How long it took, and agencies that have fallen silent."""
    made = [
        _waits(tables.waits(store, what), words)
        for what, (words, column) in {
            "decision": ("a decision", "decided_on"),
            "answer": ("an answer to whoever raised it", "answered_on"),
            "seen": ("the child being seen", "seen_on"),
        }.items()
        if column in history.has
    ]
    return [*made, _silent(tables.silent_agencies(store))] if "agency" in history.has else made


def _waits(found: tables.Waits, words: str) -> Written:
    grid = Grid(
        found.what,
        "days",
        _bands(),
        ("concerns",),
        tuple((n,) for n in (*found.within, found.later, found.waiting)),
    )
    counts = disclose([grid])[0]
    rows = tuple((band, cell(cells[0])) for band, cells in zip(counts.grid.rows, counts.cells, strict=True))
    sheet = Sheet(
        f"days-to-{found.what}",
        f"Days to {words}",
        ("Days", "Concerns"),
        (*rows, ("All", cell(counts.total))),
    )
    return (
        sheet,
        _half(found, counts, words),
        "Days, not working days. A limit bends what is written down: look at the long end.",
    )


def _bands() -> tuple[str, ...]:
    ends = [f"{low + 1} to {high}" if high > low + 1 else f"{high}" for low, high in pairwise(BOUNDS)]
    return (f"Up to {BOUNDS[0]}", *ends, f"More than {BOUNDS[-1]}", "Not yet, or not written down")


def _half(found: tables.Waits, counts: ShownGrid, words: str) -> str:
    """The middle and the long end, in whole days, where enough waited that neither is about one child."""
    had = sum(found.within) + found.later
    if had < 50 or found.half is None or found.nine_in_ten is None:
        return f"From receipt to {words}. Too few to say more than the table does."
    beyond = ", and some longer than 90 days" if found.later else ""
    return (
        f"From receipt to {words}, of those for whom a day is written down: half within "
        f"{max(1, ceil(found.half))} days, nine in ten within {max(1, ceil(found.nine_in_ten))}{beyond}. "
        "The others, in the last row, may be waiting still."
    )


def _silent(found: Sequence[tables.Silent]) -> Written:
    rows = tuple(
        (name_of("agency_kind", each.kind), cell(shown(each.before)), cell(shown(each.silent)))
        for each in found
    )
    head = ("Kind of agency", "Had raised something before", "Nothing in the last year")
    sheet = Sheet("silent-agencies", "Agencies that have fallen silent", head, rows)
    return (
        sheet,
        "Agencies that raised something before the last twelve months, and nothing since. Ask them why.",
        (
            "An agency that never raised anything is not in here. Silence may be trust lost, or nothing to say."
        ),
    )
