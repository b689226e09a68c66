"""Who stands before the wall: a web request, as whoever asks; and what reads past it, with its reason.

A request takes the database role `openmash_web` (`standing_before`), which sees only what the policies open. Rules that
must count what nobody may read, such as the threshold's earlier contacts, and everything that writes, step past it for
as long as they run (`seeing_everything`, `acting`). Commands and tests that are no request never stand before it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from threading import local
from typing import Any, TypeVar

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

ROLE = "openmash_web"

Act = TypeVar("Act", bound=Callable[..., Any])


class _Place(local):
    """Of this thread: whether it serves a request, and how many callers are past the wall at the moment."""

    before = False
    past = 0


_place = _Place()


@contextmanager
def standing_before(viewer: int | None, today: date, codes: Iterable[str] = ()) -> Iterator[None]:
    """From here on only what this viewer may see: an account, or the public with the contacts proved theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('openmash.viewer', %s, false), set_config('openmash.today', %s, false),"
            " set_config('openmash.codes', %s, false), set_config('role', %s, false)",
            ["" if viewer is None else str(viewer), today.isoformat(), ",".join(sorted(codes)), ROLE],
        )
    _place.before, _place.past = True, 0
    try:
        yield
    finally:
        _place.before = False
        _take_role("none")


@contextmanager
def seeing_everything(reason: str) -> Iterator[None]:
    """Past the wall, for a rule that needs more than the person may read. `reason` is for whoever reads the code."""
    if not reason:
        raise ValueError("Nothing reads past the wall without a reason.")
    if not _place.before:
        yield
        return
    if _place.past == 0:
        _take_role("none")
    _place.past += 1
    try:
        yield
    finally:
        _place.past -= 1
        if _place.past == 0:
            _take_role(ROLE)


def acting(act: Act) -> Act:
    """Marks an action: its rules count everything, and nothing else may write behind the wall."""

    @wraps(act)
    def past_the_wall(*args: Any, **kwargs: Any) -> Any:
        with seeing_everything("an action keeps its rules over all that is recorded"):
            return act(*args, **kwargs)

    past_the_wall.acts = True  # type: ignore[attr-defined]
    return past_the_wall  # type: ignore[return-value]


def _take_role(role: str) -> None:
    """Become `role`; `none` is whoever signed in to the database.

    In a transaction that has failed nothing can be said any more. Undoing it puts back the role that stood when it
    began, which is the one asked for: roles change in pairs.
    """
    if connection.connection is None:
        return
    failed = connection.connection.info.transaction_status in (
        TransactionStatus.INERROR,
        TransactionStatus.UNKNOWN,
    )
    if failed or (connection.in_atomic_block and transaction.get_rollback()):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, false)", [role])
