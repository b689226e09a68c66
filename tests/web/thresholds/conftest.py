from datetime import datetime

import pytest

from openmash.apps.policy.models import AdoptedPolicy
from tests.cast import LONDON
from tests.web.thresholds.versions import a_version


@pytest.fixture
def in_force(db: None) -> AdoptedPolicy:
    return a_version("2026-11", datetime(2024, 6, 1, tzinfo=LONDON))
