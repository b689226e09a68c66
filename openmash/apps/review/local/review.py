"""The whole local review: every table as it may be shown. Pages, drawings, files and the command show these alone."""

from dataclasses import dataclass
from datetime import date

from openmash.apps.review.local import after, counted, fairness
from openmash.apps.review.sheets import Sheet
from openmash.engines.review.local.history import Fault, Source
from openmash.engines.review.local.store import Store
from openmash.engines.review.local.tables import lower_for_capacity
from openmash.engines.statistics.disclosure import shown


@dataclass(frozen=True)
class Part:
    """One question: what is asked, what must be minded, and its table."""

    sheet: Sheet
    says: str
    mind: str = ""


@dataclass(frozen=True)
class Local:
    """A review of one history. `capacity` is a sentence about rule C17; `alarm` says that it was broken.

    `notes` must be known of the source to read any of it; `faults` are what was left out.
    """

    source: str
    first: date | None
    followed_to: date
    concerns: str
    capacity: str
    alarm: bool
    decided: tuple[Part, ...]
    waiting: tuple[Part, ...]
    afterwards: tuple[Part, ...]
    fairness: tuple[Part, ...]
    curves: tuple[after.Curve, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every question, in the order of the page."""
        return (*self.decided, *self.afterwards, *self.fairness, *self.waiting)

    @property
    def sheets(self) -> list[Sheet]:
        """Every table, for files."""
        return [part.sheet for part in self.parts]


def local(history: Source, *, replications: int = 200) -> Local:
    """The review of a history. `replications` are how often households are drawn again for the intervals."""
    store = history.opened()
    (bounds,) = store.rows("SELECT min(received_on) AS first_day, count(*) AS n FROM contacts")
    capacity, alarm = _capacity(history, store)
    found = after.after(store, history, replications)
    return Local(
        source=history.source,
        first=bounds[0],
        followed_to=history.followed_to,
        concerns=_number(bounds[1]),
        capacity=capacity,
        alarm=alarm,
        decided=tuple(Part(*each) for each in counted.decided(store, history)),
        waiting=tuple(Part(*each) for each in counted.waiting(store, history)),
        afterwards=tuple(Part(*each) for each in found.parts),
        fairness=tuple(Part(*each) for each in fairness.fairness(store, history)),
        curves=found.curves,
        faults=history.faults,
        notes=history.notes,
    )


def _number(count: int) -> str:
    number = shown(count)
    return f"{number:,}" if isinstance(number, int) else number.value


def _capacity(history: Source, store: Store) -> tuple[str, bool]:
    """Want of staff is no reason for a level (rule C17). Even one is said, without saying how many."""
    if "lacked_capacity" not in history.has and "override_reason" not in history.has:
        return "Nobody knows whether anything was decided lower for want of staff: it is not kept.", False
    found = lower_for_capacity(store)
    unknown = f" Of {_number(found.not_known)} it is not known." if found.not_known else ""
    if found.lacking:
        return (
            f"{_number(found.lacking).capitalize()} of the concerns decided lower than the published threshold "
            "were decided so where something could not be offered in time. There must be none: "
            f"what a child needs does not change with how many staff there are (rule C17).{unknown}",
            True,
        )
    if found.lower == 0:
        return (
            "Nothing was decided lower than the published threshold, for want of staff or otherwise.",
            False,
        )
    return (
        f"Nothing is known to have been decided lower for want of staff or places, as it must be.{unknown}",
        False,
    )
