"""Which of several claims on one person is the closest, and the errors to expect among those that are taken.

Nothing that was likely is dropped: whoever loses a claim is kept for a person to look at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from openmash.engines.matching.batch.linking.scoring import Scored
from openmash.engines.matching.judging import Sureness

CLOSER = "Another row of the register fits this one better."


@dataclass(frozen=True)
class ExpectedErrors:
    """What the model itself expects, in numbers of pairs.

    false_links: among the links, those that are of two people. missed_links: among the pairs that were proposed
    and not linked, those that are of one person. Both assume that the model's probabilities are right for these
    registers; people whom no key brought together are counted in neither.
    """

    links: int = 0
    false_links: float = 0.0
    missed_links: float = 0.0

    @property
    def false_share(self) -> float:
        """Of the links, the share expected to be wrong."""
        return self.false_links / self.links if self.links else 0.0

    @property
    def missed_share(self) -> float:
        """Of all pairs of one person that were proposed, the share expected not to be linked."""
        true = self.links - self.false_links + self.missed_links
        return self.missed_links / true if true > 0 else 0.0

    def sentences(self) -> list[str]:
        """The same in words, with what it rests on."""
        return [
            f"Expected among {self.links:,} links: {self.false_links:,.1f} of two different people "
            f"({self.false_share:.3%}).",
            f"Expected not to be linked although they are one person: {self.missed_links:,.1f} pairs "
            f"({self.missed_share:.2%}).",
            "Both are worked out from the model's own probabilities. They are right as far as these registers are "
            "like those the model was trained on, and they do not count people whom nothing brought together.",
        ]


@dataclass
class Chosen:
    """Links, and what a person should look at: each in the order of the smaller register."""

    links: list[Scored] = field(default_factory=list)
    to_check: list[Scored] = field(default_factory=list)
    siblings: int = 0
    expected: ExpectedErrors = ExpectedErrors()


def choose(scored: Iterable[Scored], *, at_least: frozenset[Sureness], once: bool) -> Chosen:
    """Links among what was scored, closest first.

    at_least: what is sure enough to be a link. once: each register holds a person once (a roll, a GP list), so
    that a person of either is linked at most once; False for registers of events, such as notifications.
    A person of the smaller register is never linked to two of the larger.
    """
    chosen = Chosen()
    asking_taken: set[int] = set()
    found_taken: set[int] = set()
    missed = wrong = 0.0
    for each in sorted(scored, key=lambda one: (-one.same, one.asking, one.found)):
        closer = each.asking in asking_taken or (once and each.found in found_taken)
        if each.sureness in at_least and not closer:
            asking_taken.add(each.asking)
            found_taken.add(each.found)
            chosen.links.append(each)
            wrong += 1 - each.same
            continue
        missed += 0.0 if closer else each.same
        _set_aside(chosen, each, closer=closer)
    chosen.links.sort(key=lambda one: one.asking)
    chosen.to_check.sort(key=lambda one: (one.asking, -one.same))
    chosen.expected = ExpectedErrors(len(chosen.links), wrong, missed)
    return chosen


def _set_aside(chosen: Chosen, each: Scored, *, closer: bool) -> None:
    if each.sureness is Sureness.SIBLING_OR_TWIN:
        chosen.siblings += 1
    elif each.sureness is Sureness.POSSIBLE or not closer:
        chosen.to_check.append(each)
    else:
        chosen.to_check.append(replace(each, sureness=Sureness.POSSIBLE, words=(*each.words, CLOSER)))
