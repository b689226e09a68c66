"""The group ristretto255 as libsodium computes it, with every element from outside checked first.

Elements and scalars are 32 bytes, as RFC 9496 writes them. Everything here runs in constant time except
`inverses`, whose only secret-dependent steps are libsodium's own.
"""

from collections.abc import Sequence
from itertools import accumulate

from openmash.engines.matching.private.errors import MessageRefused, NotInstalled

try:
    import rbcl
except ImportError:  # the extra "private" is optional: the rest of OpenMASH works without it
    rbcl = None

ELEMENT = SCALAR = 32
IDENTITY = bytes(ELEMENT)
ORDER = 2**252 + 27742317777372353535851937790883648493


def is_installed() -> bool:
    """Whether the library is there."""
    return rbcl is not None


def ensure_installed() -> None:
    """Raises: NotInstalled."""
    if not is_installed():
        raise NotInstalled


def checked(element: bytes) -> bytes:
    """An element that came from outside, if it is one.

    Raises:
        MessageRefused: wrong length, not canonical, not in the group, or the identity, which would
            make every answer the same whatever the key.
    """
    if len(element) != ELEMENT:
        raise MessageRefused(f"A point has {ELEMENT} bytes; this one has {len(element)}.")
    if element == IDENTITY or not rbcl.crypto_core_ristretto255_is_valid_point(bytes(element)):
        raise MessageRefused("This is not a point that an honest side sends.")
    return bytes(element)


def checked_scalar(scalar: bytes) -> bytes:
    """A key as it was kept, if it is one.

    Raises:
        MessageRefused: wrong length, zero, or not below the order of the group.
    """
    if len(scalar) != SCALAR or not 0 < int.from_bytes(scalar, "little") < ORDER:
        raise MessageRefused("This is not a key.")
    return bytes(scalar)


def from_uniform(uniform: bytes) -> bytes:
    """The element that 64 uniform bytes stand for."""
    element: bytes = rbcl.crypto_core_ristretto255_from_hash(uniform)
    return element


def scalar_from_uniform(uniform: bytes) -> bytes:
    """The scalar that 64 uniform bytes stand for."""
    scalar: bytes = rbcl.crypto_core_ristretto255_scalar_reduce(uniform)
    return scalar


def random_scalar() -> bytes:
    """A scalar nobody else knows, never zero."""
    scalar: bytes = rbcl.crypto_core_ristretto255_scalar_random()
    return scalar


def random_element() -> bytes:
    """An element nobody can tell from a blinded token."""
    element: bytes = rbcl.crypto_core_ristretto255_random()
    return element


def times(scalar: bytes, element: bytes) -> bytes:
    """The element taken `scalar` times."""
    product: bytes = rbcl.crypto_scalarmult_ristretto255(scalar, element)
    return product


def inverses(scalars: Sequence[bytes]) -> list[bytes]:
    """The inverse of each scalar, for the price of one inversion and three products each (Montgomery)."""
    if not scalars:
        return []
    multiply = rbcl.crypto_core_ristretto255_scalar_mul
    products = list(accumulate(scalars, multiply))
    running: bytes = rbcl.crypto_core_ristretto255_scalar_invert(products[-1])
    inverted = []
    for position in range(len(scalars) - 1, 0, -1):
        inverted.append(multiply(running, products[position - 1]))
        running = multiply(running, scalars[position])
    return [running, *reversed(inverted)]
