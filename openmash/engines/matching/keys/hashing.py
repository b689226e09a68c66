"""Hashes under the secret of a service: without it nobody can work out a key, or try whether somebody is in a table."""

from functools import lru_cache
from hashlib import blake2b

LONGEST_SECRET = 64


@lru_cache(maxsize=8)
def begun(secret: bytes) -> blake2b:
    """BLAKE2b keyed with the secret, of 8 bytes, to be copied for each value.

    A secret of more than 64 bytes, the most that BLAKE2b takes, is hashed first.
    """
    key = secret if len(secret) <= LONGEST_SECRET else blake2b(secret).digest()
    return blake2b(key=key, digest_size=8)
