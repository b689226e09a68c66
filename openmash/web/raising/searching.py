"""How often one person's typing may search. It keeps anybody from trying out name after name.

A page typed in by hand searches some ten times. The counts are kept in the shared cache, under keys from which
nobody is known.
"""

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

LIMITS = ((5 * 60, 120), (24 * 60 * 60, 1_500))
"""Seconds, and how many searches there may be within each stretch of so many."""


def may_search(person_id: int, now: datetime) -> bool:
    """Count one more search of this person; no when there were too many lately."""
    counts = [(_count(person_id, now, seconds), most) for seconds, most in LIMITS]
    return all(count <= most for count, most in counts)


def _count(person_id: int, now: datetime, seconds: int) -> int:
    stretch = int(now.timestamp()) // seconds
    name = salted_hmac(
        "openmash.searches", f"{person_id}:{seconds}:{stretch}", algorithm="sha256"
    ).hexdigest()
    key = f"searches:{name}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.add(key, 1, seconds)
        return 1
