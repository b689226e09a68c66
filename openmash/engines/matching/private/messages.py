"""What is sent between the three parts in a question: asker, holder and keeper. Nothing else is sent.

Every message of one sort has the same size whatever was asked and whatever is answered, so that its length
tells nothing: a question always carries `POINTS` points, and an answer is always 32 bytes.

    asker  -> holder  Question     32 points, blinded: uniformly random to the holder
    holder -> asker   Evaluated    the same points under the holder's key
    asker  -> keeper  Finished     32 outputs, 8 bytes each: pseudo-random to whoever lacks the holder's key,
                                   and which kinds are among them
    keeper -> asker   Answered     yes, no, or a person must answer

Bytes: 4 of name and version, 16 of the question's id, then the content; integers are big-endian.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Self
from uuid import UUID

from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.group import ELEMENT
from openmash.engines.matching.private.kinds import Kind, as_mask, of_mask

POINTS = 32
SHORTENED = 8
"""Bytes of an output that are kept. Among 20 million kept ones, a padding output hits one by chance in
3 questions of every 100 million million."""
_HEAD = 4 + 16
_MASK = 4


class Said(Enum):
    """The whole of an answer. `PERSON`: a person of the holder must answer, and nothing is said either way."""

    HIT = 1
    NO_HIT = 2
    PERSON = 3


def _packed(name: bytes, question: UUID, content: bytes) -> bytes:
    return name + question.bytes + content


def _unpacked(name: bytes, message: bytes, size: int) -> tuple[UUID, bytes]:
    if len(message) != _HEAD + size or message[:4] != name:
        raise MessageRefused("This message is of another sort, version or size than was expected.")
    return UUID(bytes=message[4:_HEAD]), message[_HEAD:]


def _split(content: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(content[start : start + size] for start in range(0, len(content), size))


def _exactly(parts: Sequence[object]) -> None:
    if len(parts) != POINTS:
        raise MessageRefused(f"A question has {POINTS} parts, neither more nor fewer.")


@dataclass(frozen=True)
class _Points:
    question: UUID
    points: tuple[bytes, ...] = field(repr=False)

    name = b""

    def __post_init__(self) -> None:
        _exactly(self.points)

    def as_bytes(self) -> bytes:
        return _packed(self.name, self.question, b"".join(self.points))

    @classmethod
    def from_bytes(cls, message: bytes) -> Self:
        """Raises: MessageRefused. The points themselves are checked where they are used."""
        question, content = _unpacked(cls.name, message, POINTS * ELEMENT)
        return cls(question, _split(content, ELEMENT))


class Question(_Points):
    """Asker to holder: blinded points."""

    name = b"omQ1"


class Evaluated(_Points):
    """Holder to asker: the same points, in the same order, under the holder's key."""

    name = b"omE1"


@dataclass(frozen=True)
class Finished:
    """Asker to keeper: outputs shortened to signed 64-bit integers, in no telling order.

    kinds: of which kinds there are any, so that what was asked and did not hit can speak against. It tells the
    keeper what sort of thing the asker knows (a date of birth, but no postcode), and nothing of what it is.
    """

    question: UUID
    outputs: tuple[int, ...] = field(repr=False)
    kinds: frozenset[Kind]

    name = b"omF1"

    def __post_init__(self) -> None:
        _exactly(self.outputs)

    def as_bytes(self) -> bytes:
        content = b"".join(output.to_bytes(SHORTENED, "big", signed=True) for output in self.outputs)
        return _packed(self.name, self.question, as_mask(self.kinds).to_bytes(_MASK, "big") + content)

    @classmethod
    def from_bytes(cls, message: bytes) -> Self:
        """Raises: MessageRefused."""
        question, content = _unpacked(cls.name, message, _MASK + POINTS * SHORTENED)
        kinds = of_mask(int.from_bytes(content[:_MASK], "big"))
        return cls(question, tuple(shortened(part) for part in _split(content[_MASK:], SHORTENED)), kinds)


@dataclass(frozen=True)
class Answered:
    """Keeper to asker: one of three words, in a message of one size."""

    question: UUID
    said: Said

    name = b"omA1"

    def as_bytes(self) -> bytes:
        return _packed(self.name, self.question, self.said.value.to_bytes(1, "big") + bytes(11))

    @classmethod
    def from_bytes(cls, message: bytes) -> Self:
        """Raises: MessageRefused."""
        question, content = _unpacked(cls.name, message, 12)
        if any(content[1:]) or content[0] not in {said.value for said in Said}:
            raise MessageRefused("This is no answer.")
        return cls(question, Said(content[0]))


def shortened(output: bytes) -> int:
    """The first 8 bytes of an output as a signed integer, as it is kept and compared."""
    return int.from_bytes(output[:SHORTENED], "big", signed=True)
