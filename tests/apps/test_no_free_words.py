"""What people type is kept with the record. The log names it by number and tells nothing of it."""

import pytest
from django.db import DatabaseError, connection, transaction

from openmash.apps.audit.actions import record
from openmash.apps.audit.models import Event
from tests.access.world import World, make_world, unscanned_documents
from tests.apps.journey import NOW

pytestmark = pytest.mark.django_db


def written(**detail: object) -> None:
    with transaction.atomic():
        record(
            by=None,
            verb="test",
            subject_kind="contact",
            subject_id="1",
            ground="a test",
            now=NOW,
            detail=detail,
        )


@pytest.mark.parametrize(
    "detail",
    [
        {"reason": "Her aunt works here."},
        {"reason": "aunt\nworks"},
        {"told": ["mother", "the school nurse"]},
        {"deep": {"deeper": [{"note": "two words"}]}},
        {"long": "x" * 101},
        {"a key of words": 1},
        {"outer": {"Aisha Khan": True}},
        {"tab": "a\tb"},
    ],
)
def test_the_database_refuses_a_sentence(detail: dict[str, object]) -> None:
    with pytest.raises(DatabaseError, match="event_has_no_free_words"):
        written(**detail)


def test_numbers_codes_and_days_are_what_a_detail_is_for() -> None:
    written(
        outcome="plan", why=7, to=["closed"], on="2026-11-16", by=None, sure=True, share=0.5, digest="a" * 64
    )
    assert Event.objects.filter(verb="test").count() == 1


def test_no_word_of_six_whole_records_is_in_any_detail(db: None, tmp_path: object) -> None:
    with unscanned_documents(str(tmp_path)):
        world: World = make_world()
    with connection.cursor() as cursor:
        for words in ("MARK-", "Thistlewood", *(each.mark for each in world.dossiers.values())):
            cursor.execute("SELECT verb FROM audit_event WHERE detail::text LIKE %s", [f"%{words}%"])
            assert cursor.fetchall() == [], words
