"""The oblivious pseudo-random function of RFC 9497: mode OPRF, suite ristretto255-SHA512.

The asker blinds a token, the holder evaluates it under its key without learning the token, and the asker
finalises it. Without the key nobody can work out the output of a token, and with the key nobody can work
out what was blinded: a blinded token is uniformly random whatever the token is.

The mode with a proof (VOPRF) is left out: it costs three more products a token, and here a holder that
answers under another key gains nothing, because it never sees the outputs. Names in brackets are the RFC's.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openmash.engines.matching.private import group
from openmash.engines.matching.private.errors import MessageRefused

CONTEXT = b"OPRFV1-\x00-ristretto255-SHA512"
OUTPUT = 64
"""Bytes of an output."""


def _expanded(message: bytes, domain: bytes) -> bytes:
    """64 uniform bytes of a message (`expand_message_xmd` of RFC 9380 with SHA-512)."""
    tagged = domain + len(domain).to_bytes(1, "big")
    first = hashlib.sha512(bytes(128) + message + (64).to_bytes(2, "big") + b"\x00" + tagged).digest()
    return hashlib.sha512(first + b"\x01" + tagged).digest()


def _with_length(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big") + part


def _element_of(token: bytes) -> bytes:
    return group.from_uniform(_expanded(token, b"HashToGroup-" + CONTEXT))


def _output(token: bytes, element: bytes) -> bytes:
    return hashlib.sha512(_with_length(token) + _with_length(element) + b"Finalize").digest()


def derive_key(seed: bytes, info: bytes) -> bytes:
    """A holder's key from 32 secret bytes and what it is for (`DeriveKeyPair`)."""
    if len(seed) != 32:
        raise MessageRefused(f"The seed of a key has 32 bytes; this one has {len(seed)}.")
    base = seed + _with_length(info)
    for counter in range(256):
        domain = b"DeriveKeyPair" + CONTEXT
        key = group.scalar_from_uniform(_expanded(base + counter.to_bytes(1, "big"), domain))
        if any(key):
            return key
    raise MessageRefused("No key follows from this seed.")  # one chance in 2^64000: the RFC asks for the line


@dataclass(frozen=True)
class Blinded:
    """Tokens hidden behind one-time factors. `elements` may be sent; everything else stays with the asker."""

    elements: tuple[bytes, ...]
    tokens: tuple[bytes, ...] = field(repr=False)
    factors: tuple[bytes, ...] = field(repr=False)


def blind(tokens: Sequence[bytes], factors: Sequence[bytes] | None = None) -> Blinded:
    """Hide each token behind a factor of its own (`Blind`). Factors are given only by tests."""
    chosen = tuple(factors) if factors is not None else tuple(group.random_scalar() for _token in tokens)
    pairs = zip(chosen, tokens, strict=True)
    elements = tuple(group.times(factor, _element_of(token)) for factor, token in pairs)
    return Blinded(elements=elements, tokens=tuple(tokens), factors=chosen)


def evaluate(elements: Iterable[bytes], key: bytes) -> tuple[bytes, ...]:
    """What the holder does with each element, knowing nothing of the token in it (`BlindEvaluate`).

    Raises:
        MessageRefused: something that is no element an honest asker sends.
    """
    return tuple(group.times(key, group.checked(element)) for element in elements)


def finalise(blinded: Blinded, evaluated: Sequence[bytes]) -> tuple[bytes, ...]:
    """The output of each token (`Finalize`), 64 bytes each.

    Raises:
        MessageRefused: another number of elements than were sent, or something that is no element.
    """
    if len(evaluated) != len(blinded.elements):
        raise MessageRefused("The holder answered another number of points than it was sent.")
    back = group.inverses(blinded.factors)
    bare = (group.times(factor, group.checked(e)) for factor, e in zip(back, evaluated, strict=True))
    return tuple(_output(token, element) for token, element in zip(blinded.tokens, bare, strict=True))


def output_of(token: bytes, key: bytes) -> bytes:
    """The output of a token, for the holder, who has the key and the token (`Evaluate`)."""
    return _output(token, group.times(key, _element_of(token)))
