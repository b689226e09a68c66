"""The world is made once for each file of tests: whatever an answer does to it is undone before the next is asked."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.world import World, make_world, unscanned_documents
from tests.fixed_clock import AN_ORDINARY_MORNING


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A record for each situation, in a transaction that is undone at the end of the file."""
    moment = datetime.fromisoformat(os.environ.get("OPENMASH_TESTS_AT", AN_ORDINARY_MORNING))
    with (
        time_machine.travel(moment, tick=True),
        tempfile.TemporaryDirectory() as folder,
        unscanned_documents(folder),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield make_world()
        transaction.set_rollback(True)
