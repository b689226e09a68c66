"""What the model of the live lookup says of every pair that was proposed, worked out in several processes."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from multiprocessing import get_context

from openmash.engines.matching.judging import Sureness, judge_all
from openmash.engines.matching.record import from_text
from openmash.engines.matching.weights import Weights

PEOPLE_IN_A_PIECE = 500

Proposed = tuple[int, int, str, str]
"""asking, found, and the descriptions of both."""


@dataclass(frozen=True)
class Scored:
    """What the model says of one pair.

    asking, found: lines of the smaller and the larger register. same, sibling, unrelated: probabilities, in
    competition with everybody else proposed for the same person and with "none of these".
    words: the evidence field by field, for whoever looks at the pair.
    """

    asking: int
    found: int
    sureness: Sureness
    same: float
    sibling: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """What every pair is judged by. population: how many people the larger register holds."""

    weights: Weights
    population: int
    on: date


def score(proposed: Iterable[Proposed], model: Model, *, processes: int) -> Iterator[list[Scored]]:
    """Every pair that is not plainly of two people, a piece of the smaller register at a time."""
    groups = (list(pairs) for _, pairs in groupby(proposed, key=lambda pair: pair[0]))
    pieces = iter(lambda: list(islice(groups, PEOPLE_IN_A_PIECE)), [])
    if processes == 1:
        yield from (score_piece(model, piece) for piece in pieces)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (model,)) as pool:
        waiting: list[Future[list[Scored]]] = []
        for piece in pieces:
            waiting.append(pool.submit(_score_piece, piece))
            if len(waiting) > 2 * processes:
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


_OURS: dict[str, Model] = {}
"""What a worker process was given at its beginning."""


def _begin(model: Model) -> None:
    _OURS["model"] = model


def _score_piece(piece: list[list[Proposed]]) -> list[Scored]:
    return score_piece(_OURS["model"], piece)


_person = lru_cache(maxsize=20_000)(from_text)


def score_piece(model: Model, piece: Sequence[Sequence[Proposed]]) -> list[Scored]:
    """All pairs of some people of the smaller register."""
    return [scored for pairs in piece for scored in _scored(model, pairs)]


def _scored(model: Model, pairs: Sequence[Proposed]) -> Iterator[Scored]:
    asking, _, described, _ = pairs[0]
    others = {found: _person(text) for _, found, _, text in pairs}
    judged = judge_all(
        from_text(described), others, weights=model.weights, population=model.population, on=model.on
    )
    for found, match in judged:
        if match.sureness in (Sureness.UNLIKELY, Sureness.TOO_LITTLE):
            continue
        words = tuple(each.words for each in match.evidence) + ((match.veto,) if match.veto else ())
        yield Scored(asking, found, match.sureness, match.same, match.sibling, words)
