"""The smallest case of a set: the cheapest way through its diagram.

Smallest is: fewest things told (signs, facts that are not no, earlier contacts), then the weakest evidence,
then the fewest details (a question not answered no, months, further examples or entries, a younger age).
Where two are equally small, the one whose sign stands earlier in the order of questions is taken.
"""

from collections.abc import Mapping

from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastContacts,
    SignSeen,
    UnbornAnswer,
)
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams, branches, parts_of

Told = Mapping[Atom, bool]
"""An answer to every question of a proof: a possible case, as far as the policy looks at it."""

DETAIL = 1
GRADE = 10**6
THING = 10**12
"""Far enough apart that no number of details outweighs a grade, or of grades a thing."""


def cost(atom: Atom, lower: int, everything: Window | None) -> int:
    """What a yes to this question adds, given the next lower bound asked of its column (0 for none)."""
    match atom.column:
        case SignSeen():
            return THING + (atom.bound - 1) * GRADE if lower == 0 else (atom.bound - lower) * GRADE
        case FactAnswer() | UnbornAnswer():
            return THING if lower == 0 else DETAIL
        case PastContacts(window):
            # Each contact is told once, however many windows hold it: the widest counts them.
            return (atom.bound - lower) * THING if window == everything else DETAIL
    return DETAIL


def costs(diagrams: Diagrams) -> dict[Atom, int]:
    """What a yes to each question of a proof adds to a case."""
    lower: dict[Column, int] = {}
    widest = max(
        (atom.column.window for atom in diagrams.atoms if isinstance(atom.column, PastContacts)),
        key=lambda window: (window.months, not (window.kind or window.agency_kind or window.unassessed)),
        default=None,
    )
    found = {}
    for atom in sorted(diagrams.atoms, key=lambda one: one.bound):
        found[atom] = cost(atom, lower.get(atom.column, 0), widest)
        lower[atom.column] = atom.bound
    return found


def smallest(diagrams: Diagrams, cases: Diagram, price: Mapping[Atom, int]) -> tuple[int, Told] | None:
    """The cheapest answers within a set of cases and what they cost, None when the set is empty."""
    if diagrams.is_never(cases):
        return None
    reached: dict[int, int | None] = {int(diagrams.everything): 0, int(diagrams.nothing): None}
    chosen: dict[int, bool] = {}
    for node, low, high in parts_of(cases, set()):
        key, no, yes = int(node), reached[int(low)], reached[int(high)]
        yes = None if yes is None else yes + price[diagrams.atom_of(node.var)]
        chosen[key] = no is None or (yes is not None and yes <= no)
        reached[key] = yes if chosen[key] else no
    total = reached[int(cases)]
    assert total is not None  # noqa: S101 - the set is not empty
    return total, _told(diagrams, cases, chosen)


def _told(diagrams: Diagrams, cases: Diagram, chosen: Mapping[int, bool]) -> Told:
    told = dict.fromkeys(diagrams.atoms, False)
    node = cases
    while node.var is not None:
        yes = chosen[int(node)]
        told[diagrams.atom_of(node.var)] = yes
        node = branches(node)[yes]
    return told
