"""The asker's side and the holder's side of one question."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from openmash.engines.matching.private import group
from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import (
    POINTS,
    SHORTENED,
    Evaluated,
    Finished,
    Question,
    shortened,
)
from openmash.engines.matching.private.oblivious import Blinded, blind, evaluate, finalise


@dataclass(frozen=True)
class Begun:
    """A question under way. Only `message` leaves the asker; the rest is forgotten with the answer."""

    message: Question
    blinded: Blinded = field(repr=False)
    places: tuple[int, ...] = field(repr=False)
    """Where in the message each token's point stands; padding stands everywhere else."""
    kinds: frozenset[Kind]


def begin(question: UUID, tokens: Sequence[tuple[Kind, bytes]]) -> Begun:
    """Blind the tokens, fill up with random points, and put all in a random order.

    A blinded token and a random point are both uniformly random elements of the group, so that nobody can
    see how many tokens there are. Tokens beyond `POINTS` are left out: give the most telling first.
    """
    group.ensure_installed()
    asked = tokens[:POINTS]
    blinded = blind([token for _kind, token in asked])
    places = secrets.SystemRandom().sample(range(POINTS), len(blinded.elements))
    points = [group.random_element() for _place in range(POINTS)]
    for place, element in zip(places, blinded.elements, strict=True):
        points[place] = element
    kinds = frozenset(kind for kind, _token in asked)
    return Begun(Question(question, tuple(points)), blinded, tuple(places), kinds)


def answer_points(message: Question, key: bytes) -> Evaluated:
    """The holder's part: every point under its key.

    Raises:
        MessageRefused: a point that no honest asker sends.
    """
    group.ensure_installed()
    return Evaluated(message.question, evaluate(message.points, key))


def finish(begun: Begun, evaluated: Evaluated) -> Finished:
    """Unblind what the holder answered, and fill up with random outputs.

    Raises:
        MessageRefused: the answer is to another question, or holds something that is no point.
    """
    if evaluated.question != begun.message.question:
        raise MessageRefused("This answers another question.")
    outputs = [shortened(secrets.token_bytes(SHORTENED)) for _place in range(POINTS)]
    bare = finalise(begun.blinded, [evaluated.points[place] for place in begun.places])
    for place, output in zip(begun.places, bare, strict=True):
        outputs[place] = shortened(output)
    return Finished(begun.message.question, tuple(outputs), begun.kinds)
