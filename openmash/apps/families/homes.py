"""One key for a home, however its address is written down, so that a household is found by where it lives.

A key is a hash under the secret of this service, as the matching engine's keys are, and is kept beside them.
"""

import re
from hashlib import blake2b

from openmash.engines.matching.described import Address
from openmash.engines.matching.identifiers import known_postcode

NUMBER = re.compile(r"\d+\s?[a-z]?\b", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[\W_]+")


def home_key(address: Address, *, secret: bytes) -> int | None:
    """A signed 64-bit key of the postcode and every number in the lines ("Flat 2, 12 Mill Lane": 2, 12).

    A house without a number goes by its name, the first line. None when the postcode or the house is not known:
    a postcode alone is a street, and no fixed abode is nobody's home.
    """
    code = known_postcode(address.postcode)
    house = " ".join(NOT_LETTERS.sub("", each).casefold() for each in NUMBER.findall(address.lines))
    if not house:
        first_line = next((line for line in re.split(r"[\n,]", address.lines) if line.strip()), "")
        house = NOT_LETTERS.sub("", first_line).casefold()
    if not code or not house:
        return None
    digest = blake2b(f"home|{code}|{house}".encode(), key=secret[:64], digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def home_keys(addresses: tuple[Address, ...], *, secret: bytes) -> frozenset[int]:
    """The keys of every address, old ones too."""
    keys = (home_key(each, secret=secret) for each in addresses)
    return frozenset(key for key in keys if key is not None)
