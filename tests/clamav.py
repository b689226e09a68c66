"""A real ClamAV daemon for tests, that knows one signature: the harmless EICAR test file."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmash.apps.documents import scanner
from openmash.apps.documents.errors import ScannerUnavailable
from openmash.config.processes import dies_with_parent

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WAIT_SECONDS = 60
WHERE = "/usr/sbin:/usr/bin:/usr/local/sbin"


@pytest.fixture(scope="session")
def clamd() -> Iterator[str]:
    """The address of a daemon started for these tests; skipped, with a sentence saying so, where there is none."""
    if shutil.which("clamd", path=WHERE) is None:
        pytest.skip("ClamAV is missing: apt-get install clamav-daemon")
    with tempfile.TemporaryDirectory(prefix="clamd-") as name:
        daemon, address = running_daemon(Path(name))
        yield address
        daemon.terminate()
        daemon.wait(timeout=20)


def running_daemon(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A daemon with its files in `folder`, once it answers; and its address. Whoever started it ends it."""
    (folder / "test.ndb").write_text(f"OpenMASH.Test.EICAR:0:0:{EICAR.hex()}\n")
    settings = {
        "LocalSocket": folder / "socket",
        "DatabaseDirectory": folder,
        "Foreground": "yes",
        "StreamMaxLength": "21M",
        "TemporaryDirectory": folder,
    }
    (folder / "clamd.conf").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    program = shutil.which("clamd", path=WHERE)
    daemon = subprocess.Popen(
        [str(program), "-c", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    address = f"unix:{folder}/socket"
    _until_it_answers(address)
    return daemon, address


def _until_it_answers(address: str) -> None:
    for _ in range(WAIT_SECONDS * 10):
        try:
            scanner.version(address)
        except ScannerUnavailable:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("clamd did not start")
