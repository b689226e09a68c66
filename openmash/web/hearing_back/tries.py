"""How many wrong codes may be tried. A code cannot be guessed; this keeps anybody from trying to.

Each wrong try takes one of ten places for an hour. A place is taken before the code is looked at, and given
back if it was right, so that many tries at the same moment cannot slip past the count: the database lets only
one of them take a place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from openmash.apps.concerns.codes import as_reference

MOST = 10
AN_HOUR = 60 * 60


@dataclass
class Try:
    """One try. `is_allowed` is no when all places are taken; set `was_right` to give the places back."""

    is_allowed: bool
    was_right: bool = False
    places: list[str] = field(default_factory=list)


@contextmanager
def counted_try(request: HttpRequest, reference: str) -> Iterator[Try]:
    """A try with this reference from this address, each of which has ten places."""
    places = [_take(f"address:{_address(request)}"), _take(f"reference:{as_reference(reference)}")]
    taken = [place for place in places if place]
    one_try = Try(is_allowed=len(taken) == len(places), places=taken)
    yield one_try
    if one_try.was_right or not one_try.is_allowed:
        cache.delete_many(one_try.places)


def _take(what: str) -> str:
    # Keys are hashed: neither the cache nor whoever reads it learns an address or a reference.
    name = salted_hmac("openmash.wrong-codes", what, algorithm="sha256").hexdigest()
    keys = (f"wrong-code:{name}:{place}" for place in range(MOST))
    return next((key for key in keys if cache.add(key, 1, AN_HOUR)), "")


def _address(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))
