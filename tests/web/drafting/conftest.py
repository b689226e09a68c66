import pytest
from django.core.cache import cache

from tests.cast import Cast, make_cast
from tests.web.drafting.pages import As, signed_in


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return make_cast()


@pytest.fixture
def as_person() -> As:
    """`as_person(cast.policy_lead)` is a browser without scripting, signed in as that person."""
    return signed_in
