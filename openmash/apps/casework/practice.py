"""The practice in force, and the one a stage was opened under."""

from datetime import datetime
from functools import lru_cache

from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import PracticeAdopted
from openmash.engines.pathway import Practice, parse


def in_force(now: datetime) -> PracticeAdopted:
    """The version in force at a moment.

    Raises:
        NotPossibleNow: none has been adopted.
    """
    found = PracticeAdopted.objects.filter(in_force_from__lte=now).order_by("-in_force_from").first()
    if found is None:
        raise NotPossibleNow(
            "No practice has been adopted: nobody has said what the stages are called and which clocks run. "
            "Whoever runs the service adopts one with `manage.py adopt_practice`."
        )
    return found


def practice_of(adopted: PracticeAdopted) -> Practice:
    """The practice that an adopted version describes."""
    return _parsed(adopted.digest, tuple(sorted(adopted.texts.items())))


@lru_cache(maxsize=32)
def _parsed(digest: str, texts: tuple[tuple[str, str], ...]) -> Practice:
    return parse(dict(texts))
