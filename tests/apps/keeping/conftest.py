from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.world import World, make_world, unscanned_documents


@pytest.fixture
def world(db: None, tmp_path: Path) -> Iterator[World]:
    """Six whole records, of which “closed” has ended, and files in a folder of the test."""
    with unscanned_documents(str(tmp_path)):
        yield make_world()
