"""One moment for every test that uses the database: what a page says must not depend on when tests run.

"By the end of today" is a different sentence at ten to midnight. OPENMASH_TESTS_AT runs them at another moment,
for example just before midnight, or on the night the clocks go back: `OPENMASH_TESTS_AT=2026-10-25T00:30:00Z`.
"""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

AN_ORDINARY_MORNING = "2026-11-25T10:30:00Z"
"""A Wednesday in term time, far from a bank holiday, a clock change and the end of the working day."""


@pytest.fixture(autouse=True)
def fixed_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock starts at the moment and goes on from there, but for tests that talk to another process."""
    node = request.node
    in_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if not (in_database or node.get_closest_marker("django_db")) or node.get_closest_marker("real_clock"):
        yield
        return
    moment = datetime.fromisoformat(os.environ.get("OPENMASH_TESTS_AT", AN_ORDINARY_MORNING))
    with time_machine.travel(moment, tick=True):
        yield
