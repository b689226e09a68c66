"""Runs OpenMASH on one machine with its own PostgreSQL: what `./dev run` and `./dev manage` hand over to.

python -m openmash.config.local run [--port N]
python -m openmash.config.local manage COMMAND ...
"""

import argparse
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import django
import psycopg
from django.core.management import call_command, execute_from_command_line

from openmash.config.postgres import CHECKOUT_LOCAL, SUPERUSER, PostgresUnavailable, PrivatePostgres
from openmash.config.processes import dies_with_parent

LOCAL = Path(os.environ.get("OPENMASH_LOCAL_FOLDER") or CHECKOUT_LOCAL)
HOST, FIRST_PORT, PORTS_TRIED = "127.0.0.1", 8000, 20
DATABASE = "openmash"
START_SECONDS = 60


@contextmanager
def database() -> Iterator[None]:
    """A PostgreSQL to work with: the one the environment names, or our own while anybody needs it."""
    if os.environ.get("DATABASE_URL") or os.environ.get("PGHOST"):
        yield
        return
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "postgres-users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_EX)  # one at a time while starting
        server = PrivatePostgres(LOCAL / "postgres", durable=True, dies_with_me=False)
        folder = server.start()
        fcntl.flock(users, fcntl.LOCK_SH)  # and then everyone who is using it holds a share
        os.environ.update(PGHOST=str(folder), PGUSER=SUPERUSER, PGDATABASE=DATABASE)
        create_database()
        try:
            yield
        finally:
            if _nobody_else_uses(users.fileno()):
                server.stop()


def _nobody_else_uses(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def create_database() -> None:
    with psycopg.connect(dbname="postgres", autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(f"create database {DATABASE}")


def demo_settings() -> None:
    """Set what the demonstration needs. Its secrets are made once and stay on this machine."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OPENMASH_DEMO", "1")
    os.environ.setdefault("OPENMASH_SECRET_KEY", _secret("secret-key"))
    os.environ.setdefault("OPENMASH_MATCHING_SECRET", _secret("matching-secret"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmash.config.settings")


def _secret(name: str) -> str:
    kept = LOCAL / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def choose_port(wanted: int | None) -> int:
    """The port to serve on: the one asked for, or the first free one from 8000."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with closing(socket.socket()) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return port
    sys.exit(f"Port {wanted} is in use. Choose another with --port." if wanted else "No free port was found.")


def prepare_data(size: str) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo", size=size)


def serve(port: int) -> int:
    """Serve until Ctrl-C, with the same server and the same settings of it as in real life."""
    workers = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"]
    quiet = ["--preload", "--no-control-socket", "--log-level", "warning"]
    gunicorn = [sys.executable, "-m", "gunicorn", "openmash.config.wsgi"]
    command = [*gunicorn, "--bind", f"{HOST}:{port}", *workers, *quiet]
    # In a session of its own it hears of Ctrl-C from us alone, once.
    server = subprocess.Popen(command, start_new_session=True, preexec_fn=dies_with_parent(signal.SIGTERM))

    def pass_on(number: int, frame: FrameType | None) -> None:
        server.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, pass_on)
    signal.signal(signal.SIGTERM, pass_on)
    if wait_until_it_answers(server, port):
        announce(port)
    server.wait()
    if server.returncode not in (0, -signal.SIGTERM):
        sys.exit(f"\nThe server ended by itself, with code {server.returncode}.")
    print("\nStopped.", flush=True)
    return 0


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> bool:
    patience = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < patience:
        with closing(socket.socket()) as trial:
            if trial.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.05)
    return False


def announce(port: int) -> None:
    print(f"\nOpenMASH is ready at http://{HOST}:{port}/", flush=True)
    call_command("show_personas")
    print("Stop it with Ctrl-C. What you entered is kept for next time.\n", flush=True)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev run")
    parser.add_argument(
        "--port", type=int, help=f"the port to serve on (otherwise the first free one from {FIRST_PORT})"
    )
    parser.add_argument(
        "--size", choices=["full", "small"], default="full", help="how much to make up, the first time"
    )
    chosen = parser.parse_args(arguments)
    port = choose_port(chosen.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to stop is like Ctrl-C
    os.environ.setdefault("OPENMASH_PUBLIC_URL", f"http://{HOST}:{port}")
    with database():
        prepare_data(chosen.size)
        return serve(port)


def main(arguments: list[str]) -> int:
    demo_settings()
    command, *rest = arguments or ["help"]
    try:
        if command == "run":
            return run(rest)
        if command == "manage":
            with database():
                execute_from_command_line(["./dev manage", *rest])
            return 0
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 1
    except PostgresUnavailable as unavailable:
        sys.exit(str(unavailable))
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
