import pytest

from tests.cast import Cast, make_cast
from tests.web.oversight.conftest import as_person

__all__ = ["as_person"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
