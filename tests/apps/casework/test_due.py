"""What is due is sent exactly once: with several workers at once, and with one killed in the middle."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from openmash.apps.audit.models import Event
from openmash.apps.casework.actions.due import send_what_is_due
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, Clock, Notice
from tests.apps.casework import working
from tests.cast import Cast, make_cast

ROOT = Path(__file__).parents[3]
LATER = working.THEN + timedelta(days=400)

SLOW_WORKER = """
import datetime, signal, django
django.setup()
from openmash.apps.casework.actions import due
from django.utils import timezone
give = due._give_notice
def slowly(clock, now):
    notice = give(clock, now)
    print("claimed", flush=True)
    signal.pause()
due._give_notice = slowly
due.send_what_is_due(now=timezone.now() + datetime.timedelta(days=4000))
"""
"""Claims, writes its first notice, and then waits until somebody kills it."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def some_clocks(cast: Cast, number: int) -> list[Clock]:
    """As many clocks as there are cases of one stage, all of them running."""
    first = working.opened(cast)
    for _ in range(number - 1):
        contact = working.accepted(cast)
        open_case(contact_id=contact.pk, by=cast.screener, now=working.THEN)
    assert Case.objects.count() == number
    assert first
    return list(Clock.objects.filter(stopped_at__isnull=True))


def test_nothing_is_sent_before_it_is_due_or_after_it_stopped(cast: Cast) -> None:
    clock = some_clocks(cast, 1)[0]
    assert send_what_is_due(now=clock.due_at - timedelta(minutes=1)) == []
    assert [notice.clock for notice in send_what_is_due(now=clock.due_at)] == [clock]
    assert send_what_is_due(now=LATER) == []
    assert Event.objects.filter(verb="send_what_is_due", subject_id=str(clock.case_id)).count() == 1
    case = working.opened(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.team_manager)
    working.held(cast, meeting, cast.team_manager, working.THEN + 2 * working.HOUR)
    assert send_what_is_due(now=LATER) == []


def test_two_workers_at_once_send_each_once(cast: Cast) -> None:
    clocks = some_clocks(cast, 12)

    def work(_: int) -> list[int]:
        sent: list[int] = []
        try:
            while notices := send_what_is_due(now=LATER, batch=2):
                sent += [notice.clock_id for notice in notices]
        finally:
            connections.close_all()
        return sent

    with ThreadPoolExecutor(4) as pool:
        sent = [clock for each in pool.map(work, range(4)) for clock in each]
    assert sorted(sent) == sorted(clock.pk for clock in clocks)
    assert Notice.objects.count() == len(clocks)


def test_what_one_worker_holds_the_other_passes_over(cast: Cast) -> None:
    clocks = some_clocks(cast, 3)
    with transaction.atomic():
        held = send_what_is_due(now=LATER, batch=2)

        def other() -> int:
            try:
                return len(send_what_is_due(now=LATER))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(other).result(timeout=20) == 1
    assert len(held) == 2
    assert Notice.objects.count() == len(clocks)


@pytest.mark.real_clock
def test_a_worker_killed_in_the_middle_leaves_nothing_behind(cast: Cast) -> None:
    clocks = some_clocks(cast, 3)
    settings = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "",
        "PGHOST": str(settings["HOST"]),
        "PGUSER": str(settings["USER"]),
        "PGDATABASE": str(settings["NAME"]),
        "PYTHONPATH": str(ROOT),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", SLOW_WORKER], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "claimed"
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    worker.stdout.close()
    assert Notice.objects.count() == 0
    sent = send_what_is_due(now=LATER)
    assert sorted(notice.clock_id for notice in sent) == sorted(clock.pk for clock in clocks)


def test_the_command_says_how_many(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    some_clocks(cast, 2)
    call_command("send_what_is_due")
    assert "2 notices given." in capsys.readouterr().out
    call_command("send_what_is_due")
    assert "0 notices given." in capsys.readouterr().out
