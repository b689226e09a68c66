"""A random sample that anybody can draw again: the same seed and the same concerns give the same sample.

Drawn by a digest of seed and id, as a lottery with a ticket for each: no generator, whose order may change with the
version of a language. Of each group (stratum) as many are drawn as of any other, as far as it has them, so that a small
one is heard. What holds in such a sample is therefore not what holds in all concerns, and whoever shows it must say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Drawn:
    """Ids in an order that tells nothing of the group; and for each group (of how many, drawn)."""

    ids: tuple[str, ...]
    groups: Mapping[str, tuple[int, int]]


def draw(group_of: Mapping[str, str], size: int, seed: int) -> Drawn:
    """Draw up to `size` of the ids in `group_of` (id → group; one group for a plain random sample).

    Raises:
        ValueError: the size is under 1.
    """
    if size < 1:
        raise ValueError("A sample holds at least one.")

    def ticket(one: str, lottery: str = "drawn") -> str:
        return sha256(f"{seed}:{lottery}:{one}".encode()).hexdigest()

    waiting: dict[str, list[str]] = {}
    for one in sorted(group_of, key=ticket):
        waiting.setdefault(group_of[one], []).append(one)
    sizes = {group: len(those) for group, those in waiting.items()}
    found: list[str] = []
    # Round after round, one of each group. Within a round the first ticket goes first, so that no group is favoured
    # when the last round is cut short.
    while len(found) < size and any(waiting.values()):
        heads = sorted((those.pop(0) for those in waiting.values() if those), key=ticket)
        found += heads[: size - len(found)]
    taken = {group: sum(group_of[one] == group for one in found) for group in sizes}
    return Drawn(
        # By a lottery of their own: the tickets that won in a large group are lower than those of a small one.
        tuple(sorted(found, key=lambda one: ticket(one, "order"))),
        {group: (sizes[group], taken[group]) for group in sorted(sizes)},
    )
