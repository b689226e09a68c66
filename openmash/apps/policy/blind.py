"""In which order a person meets the vignettes of a round, and which come back. Pure.

Everybody has an order of their own, so that tiredness does not fall on the same vignettes for all. It follows
from the round and the person alone: nothing has to be kept, and coming back another day changes nothing.
"""

from dataclasses import dataclass
from hashlib import sha256

FEWEST_FOR_REPEATS = 5
"""With fewer vignettes than this, one that comes back would be remembered."""


@dataclass(frozen=True)
class Place:
    """What is shown at one place: the vignette with this number, for the first or the second time."""

    position: int
    vignette: int
    showing: int


def how_many_repeated(vignettes: int) -> int:
    """A tenth of the vignettes, and at least one, come back once."""
    return max(1, round(vignettes / 10)) if vignettes >= FEWEST_FOR_REPEATS else 0


def places(round_id: int, person_id: int, vignettes: int) -> tuple[Place, ...]:
    """Every place of this person's round, in order: vignettes 1 to `vignettes`, and at the end the repeats.

    What comes back was met in the first half, and so never just before.
    """

    def drawn(what: str, number: int) -> str:
        # A digest, and not a generator of random numbers, whose order may differ between versions of Python.
        return sha256(f"{round_id}:{person_id}:{what}:{number}".encode()).hexdigest()

    first = sorted(range(1, vignettes + 1), key=lambda number: drawn("order", number))
    early = sorted(first[: vignettes // 2], key=lambda number: drawn("again", number))
    again = early[: how_many_repeated(vignettes)]
    shown = [*((number, 1) for number in first), *((number, 2) for number in again)]
    return tuple(Place(position, number, showing) for position, (number, showing) in enumerate(shown, 1))
