"""The fictitious partnership, loaded once for all the tests that only look at it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from openmash.demo.load import SIZES, load
from openmash.demo.world import World
from openmash.engines.clocks import LONDON

TUESDAY = datetime(2026, 11, 24, 11, 20, tzinfo=LONDON)
"""A working morning in term, which all stories lead up to."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load(SIZES["small"], now=TUESDAY, progress=lambda steps: None)
        assert loaded is not None
        yield loaded
        transaction.set_rollback(True)
