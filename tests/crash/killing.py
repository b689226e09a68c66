"""Processes that are killed: after so many statements to the database, or after so many seconds."""

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

GONE_SECONDS = 30


@dataclass(frozen=True)
class Death:
    """When a process dies: right before or after its `statement`th statement, or `seconds` after its start."""

    statement: int = 0
    after: bool = False
    seconds: float = 0.0


NEVER = Death()


def some_death(chance: random.Random, *, statements: int, seconds: float) -> Death:
    """One of the ways to die, given how many statements and seconds the whole work takes."""
    if chance.random() < 0.6:
        return Death(statement=chance.randint(1, max(1, statements)), after=chance.random() < 0.5)
    return Death(seconds=max(0.001, chance.uniform(0, seconds * 1.1)))


def forked(work: Callable[[], object], death: Death) -> int:
    """Do something in a process of its own that dies as it is told. Returns its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        _arm(death)
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def ended(child: int) -> str:
    """How a process ended: "killed", "done" or "failed". Waits until the database has let go of it, too."""
    _, status = os.waitpid(child, 0)
    _until_the_database_knows()
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"


def counted(work: Callable[[], object]) -> tuple[int, float]:
    """How many statements, and seconds, the whole work takes."""
    number = 0

    def count(execute: Any, *rest: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*rest)

    begun = time.monotonic()
    with connection.execute_wrapper(count):
        work()
    return number, time.monotonic() - begun


def _arm(death: Death) -> None:
    if death.seconds:
        # No handler: the process ends where it stands, in the middle of whatever it is doing.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, death.seconds)
    if death.statement:
        left = death.statement

        def count(execute: Any, *rest: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and not death.after:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = execute(*rest)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        connection.execute_wrappers.append(count)


def _until_the_database_knows() -> None:
    """A killed client is gone at once; its session may take a moment to notice, and holds its locks till then."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(GONE_SECONDS * 100):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.01)
    raise AssertionError("The database still holds a session of a process that was killed.")
