from pathlib import Path
from typing import Any

import pytest

from tests.apps.papers.writing import adopted_letters
from tests.cast import Cast, make_cast
from tests.clamav import clamd

__all__ = ["clamd"]


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    adopted_letters()
    return made


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where documents lie in a test."""
    settings.OPENMASH_DOCUMENTS_FOLDER = str(tmp_path / "documents")
    return tmp_path / "documents"
