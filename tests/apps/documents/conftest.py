from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, make_cast
from tests.clamav import clamd

__all__ = ["clamd"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where documents lie in a test."""
    settings.OPENMASH_DOCUMENTS_FOLDER = str(tmp_path / "documents")
    return tmp_path / "documents"
