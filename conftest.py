"""Fixtures for every test: a PostgreSQL of one's own, made-up people, and a real browser.

Each run starts a throw-away PostgreSQL, so that several people can run tests at once. Set DATABASE_URL or
PGHOST to use another server.
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from openmash.config.postgres import SUPERUSER, PrivatePostgres

pytest_plugins = ["tests.browser", "tests.fixed_clock", "tests.spark"]

hypothesis_settings.register_profile("openmash", deadline=None)  # a busy machine is not a fault
hypothesis_settings.load_profile("openmash")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Start PostgreSQL before the first test that needs it."""
    database = django_settings.DATABASES["default"]
    if database["HOST"] != "started-by-conftest":
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="openmash-test-"))
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=False, dies_with_me=True)
    database.update(HOST=str(server.start()), USER=SUPERUSER, NAME="postgres")
    yield
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End sessions that a browser stopped in mid-request has left: they would keep the database."""
    yield
    others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"{others} and pid <> pg_backend_pid()")


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Tests reach this machine only."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    socket.socket.connect = connect_locally  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # the browser's driver runs an event loop in our thread
