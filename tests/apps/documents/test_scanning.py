"""Documents wait in quarantine until ClamAV has looked at each once, with several workers and one that is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from openmash.apps.documents.actions import keep_document, scan_next
from openmash.apps.documents.errors import NotOpened, ScannerUnavailable
from openmash.apps.documents.models import Document, Scan
from openmash.apps.documents.queries import opened, standing_of
from tests import files
from tests.cast import MONDAY, Cast, make_cast
from tests.clamav import EICAR

ROOT = Path(__file__).parents[3]
SLOW_WORKER = """
import signal, sys, django
django.setup()
from django.conf import settings
from django.utils import timezone
from openmash.apps.documents import actions, scanner
settings.OPENMASH_DOCUMENTS_FOLDER, settings.OPENMASH_CLAMD = sys.argv[1:]
def slowly(data, address):
    print("looking", flush=True)
    signal.pause()
scanner.looked_at = slowly
actions.scan_next(now=timezone.now())
"""
"""Takes a document, and then waits until somebody kills it."""


def kept(cast: Cast, content: bytes = files.PDF, name: str = "letter.pdf") -> Document:
    return keep_document(name=name, pieces=[content], by=cast.social_worker, ground="a test", now=MONDAY)


def stands(document: Document) -> bool:
    return standing_of(Document.objects.select_related("scan").get(pk=document.pk)).may_open


def test_clean_opens_and_harmful_never_does(cast: Cast, settings: Any, clamd: str) -> None:
    settings.OPENMASH_CLAMD = clamd
    settings.OPENMASH_OPEN_UNSCANNED = True  # says nothing about what a scanner has or will have looked at
    clean, harmful = kept(cast), kept(cast, EICAR, "song.txt")
    assert not stands(clean)
    call_command("scan_documents")
    assert stands(clean)
    assert not stands(harmful)
    assert "EICAR" in Scan.objects.get(document=harmful).what
    assert "ClamAV" in Scan.objects.get(document=clean).scanner
    with pytest.raises(NotOpened):
        opened(Document.objects.get(pk=harmful.pk))
    assert scan_next(now=MONDAY) is None


def test_without_a_scanner_documents_stay_shut_unless_somebody_answers_for_it(
    cast: Cast, settings: Any
) -> None:
    settings.OPENMASH_CLAMD = ""
    document = kept(cast)
    assert not stands(document)
    with pytest.raises(CommandError):
        call_command("scan_documents")
    settings.OPENMASH_OPEN_UNSCANNED = True
    assert stands(document)


def test_a_scanner_that_is_away_keeps_documents_waiting(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.OPENMASH_CLAMD = f"unix:{tmp_path}/nobody"
    document = kept(cast)
    with pytest.raises(ScannerUnavailable):
        scan_next(now=MONDAY)
    assert not Scan.objects.exists()
    assert not stands(document)


def test_a_document_that_is_gone_does_not_hold_up_the_others(
    cast: Cast, settings: Any, clamd: str, folder: Path
) -> None:
    settings.OPENMASH_CLAMD = clamd
    gone = kept(cast)
    next(folder.glob("??/*")).unlink()
    other = kept(cast)
    call_command("scan_documents")
    assert (stands(gone), stands(other)) == (False, True)


@pytest.fixture
def lasting_cast(transactional_db: None) -> Cast:
    return make_cast()


def in_threads(work: Callable[[int], Any], number: int) -> list[Any]:
    def closing(each: int) -> Any:
        try:
            return work(each)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(closing, range(number)))


def test_four_workers_look_at_each_once(lasting_cast: Cast, settings: Any, clamd: str) -> None:
    settings.OPENMASH_CLAMD = clamd
    documents = [kept(lasting_cast) for _ in range(24)]

    def work(_: int) -> list[Any]:
        seen = []
        while scan := scan_next(now=MONDAY):
            seen.append(scan.document_id)
        return seen

    seen = [each for worker in in_threads(work, 4) for each in worker]
    assert sorted(seen) == sorted(document.pk for document in documents)


@pytest.mark.real_clock
def test_a_worker_killed_while_it_looks_leaves_the_document_waiting(
    lasting_cast: Cast, settings: Any, clamd: str, folder: Path
) -> None:
    document = kept(lasting_cast)
    at = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "",
        "PGHOST": str(at["HOST"]),
        "PGUSER": str(at["USER"]),
        "PGDATABASE": str(at["NAME"]),
        "PYTHONPATH": str(ROOT),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", SLOW_WORKER, str(folder), clamd],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "looking"
    settings.OPENMASH_CLAMD = clamd
    assert scan_next(now=MONDAY) is None, "another worker passes over what one holds"
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    worker.stdout.close()
    assert not stands(document)
    call_command("scan_documents")
    assert stands(document)
