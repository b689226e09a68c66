import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from openmash.config.local import choose_port
from openmash.config.postgres import SUPERUSER, PrivatePostgres

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 400  # seconds; loading the made-up partnership is the longest part


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """One that other accounts can pass through, as PostgreSQL does not run as root."""
    for parent in (tmp_path, *tmp_path.parents):
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & stat.S_IXOTH:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    yield tmp_path


def test_a_private_postgres_keeps_its_data_and_listens_to_nobody_else(folder: Path) -> None:
    server = PrivatePostgres(folder / "postgres", durable=True, dies_with_me=True)
    socket_folder = server.start()
    try:
        assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
        with psycopg.connect(
            host=str(socket_folder), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("create table kept (word text)")
            listening = connection.execute("show listen_addresses").fetchone()
        assert listening == ("",)
        again = PrivatePostgres(folder / "postgres", durable=True, dies_with_me=True)
        assert again.start() == socket_folder, "a server that runs is used, not started twice"
    finally:
        server.stop()
    assert not socket_folder.exists() and server.running_socket() is None
    with_the_same_data = PrivatePostgres(folder / "postgres", durable=True, dies_with_me=True)
    second_folder = with_the_same_data.start()
    try:
        with psycopg.connect(host=str(second_folder), user=SUPERUSER, dbname="postgres") as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (0,)
    finally:
        with_the_same_data.stop()


def test_a_taken_port_is_passed_over_unless_it_was_asked_for() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {taken} is in use. Choose another with --port."):
            choose_port(taken)
    assert choose_port(None) >= 8000


@contextmanager
def demonstration(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = ("OPENMASH_", "PG", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, "-m", "openmash.config.local", "run", "--port", str(port), "--size", "small"]
    environment = {**clean, "OPENMASH_LOCAL_FOLDER": str(folder / "local"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    patience = threading.Timer(PATIENCE, process.terminate)
    patience.start()
    try:
        yield process
    finally:
        patience.cancel()
        process.terminate()
        process.communicate()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


def test_the_demonstration_starts_says_where_it_is_and_stops_cleanly(folder: Path) -> None:
    """The first of the two commands, as somebody who has just got the project runs it; and again."""
    for _ in range(2):
        with demonstration(folder) as process:
            said = read_until(process, "Stop it with Ctrl-C")
            address = next(word for word in said.split() if word.startswith("http://"))
            with urllib.request.urlopen(address, timeout=30) as answer:
                assert "Worried about a child?" in answer.read().decode()
            process.send_signal(signal.SIGINT)
            assert "Stopped." in read_until(process, "Stopped.")
            assert process.wait(60) == 0
        assert not (folder / "local" / "postgres" / "data" / "postmaster.pid").exists()
