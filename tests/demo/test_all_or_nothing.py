"""Loading is all or nothing, only into an empty record, and only with a policy that the words fit."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.management import call_command

from openmash.apps.audit.models import Event
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Locality, Person
from openmash.apps.policy.models import AdoptedPolicy
from openmash.demo.load import SIZES, NotEmpty, PolicyHasChanged, check_words, is_loaded, load
from openmash.engines.thresholds import Policy
from tests.demo.conftest import TUESDAY


def test_a_load_that_is_killed_leaves_nothing(db: None) -> None:
    def kill(steps: int) -> None:
        if steps == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(SIZES["small"], now=TUESDAY, progress=kill)
    for table in (Person, Locality, AdoptedPolicy, Contact, Event):
        assert not table.objects.exists()
    assert not is_loaded()


def test_a_record_that_is_not_empty_is_left_alone(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    Locality.objects.create(name="Somewhere", code="somewhere")
    with pytest.raises(NotEmpty):
        load(SIZES["small"], now=TUESDAY, progress=lambda steps: None)
    call_command("load_demo", size="small")
    assert "Nothing was added" in capsys.readouterr().out
    assert not Person.objects.exists()


def test_a_policy_without_a_sign_the_words_speak_of_is_refused() -> None:
    emptied: Any = SimpleNamespace(signs_by_id={}, grades_by_id={}, facts_by_id={}, examples=())
    with pytest.raises(PolicyHasChanged, match=r"A10.*seen.*not_mobile.*v09_uncle"):
        check_words(cast(Policy, emptied))
