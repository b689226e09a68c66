"""The index by which people are found: always in step with what is recorded, whoever else is at work."""

from dataclasses import replace
from datetime import date
from io import StringIO
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from openmash.apps.audit.actions import record
from openmash.apps.concerns.actions.linking import say_more, say_same_person
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.families.actions import (
    describe,
    index_people,
    index_person,
    remove_from_index,
    say_relationship,
)
from openmash.apps.families.actions.indexing import keys_of
from openmash.apps.families.lookup_statement import MOST
from openmash.apps.families.models import Description, IndexedPerson, Link, MatchKey
from openmash.apps.families.queries import described, look_up, population
from openmash.apps.families.queries.matches import FEWEST_PEOPLE, rows_found
from openmash.apps.families.told import MoreTold, NameTold, PersonDescribed, RelationshipTold
from openmash.engines.matching.described import Address, Born, DescribedPerson, PersonName, Sex
from openmash.engines.matching.keys import sketch_of
from openmash.engines.matching.record import from_text
from tests.apps.journey import HOUR, NOW, raised
from tests.cast import MONDAY, Cast, child, make_cast

MAYA = DescribedPerson(
    names=(PersonName("Maya Okafor"),),
    born=Born(on=date(2018, 5, 4)),
    addresses=(Address("12 Mill Lane", "NF1 2AB"),),
)
TOLD: dict[str, Any] = {
    "name": "Maya Okafor",
    "born_on": date(2018, 5, 4),
    "address": "12 Mill Lane",
    "postcode": "NF1 2AB",
}


def in_step() -> bool:
    """Every description is indexed as it stands, under exactly the keys it makes."""
    rows = {row.record_id: row for row in IndexedPerson.objects.filter(source="description")}
    for description in Description.objects.all():
        row = rows.pop(description.pk)
        assert from_text(row.described) == described(description)
        kept = set(MatchKey.objects.filter(person_id=row.pk).values_list("key", flat=True))
        assert kept == keys_of(described(description))
    return not rows


def test_a_large_register_crowds_no_concern_out(cast: Cast) -> None:
    """Sixty and more on a register who are just like her leave the concern, which knows less, its own place."""
    contact = raised(cast, "A10", parts=(child(name="Maya Okafor", about_age=8),))
    index_people(source="register", people={uuid4(): MAYA for _ in range(3 * MOST)})
    found = rows_found(MAYA, now=NOW)
    assert [row.source for row in found].count("register") == MOST
    described = contact.parts.get().description_id
    assert described in {row.record_id for row in found}
    assert {person.pk < 0 for person in IndexedPerson.objects.filter(source="register")} == {True}


def test_of_many_who_share_her_one_key_whoever_agrees_in_the_rest_is_compared(db: None) -> None:
    """More than there are places have her date of birth and family name; only one has her letters, sex and district."""
    sought = DescribedPerson(
        names=(PersonName("Mya", "Okafor"),),
        born=Born(on=date(2018, 5, 4)),
        sex=Sex.FEMALE,
        addresses=(Address("", "NF1 9ZZ"),),
    )
    namesake = replace(
        MAYA, names=(PersonName("Bob", "Okafor"),), sex=Sex.MALE, addresses=(Address("", "NF7 1AA"),)
    )
    index_people(source="register", people={uuid4(): namesake for _ in range(2 * MOST)})
    maya = uuid4()
    index_people(source="register", people={maya: replace(MAYA, sex=Sex.FEMALE)})
    found = rows_found(sought, now=NOW)
    assert len(found) == MOST and found[0].record_id == maya


def test_a_lookup_reads_the_index_of_keys_alone(db: None) -> None:
    """The sketch is in the primary key's index: of the table of keys nothing else is read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = 'families_matchkey'::regclass AND indisprimary"
        )
        (made,) = cursor.fetchone()
    assert made.endswith("(key, person_id) INCLUDE (sketch)")


def test_what_is_said_later_changes_the_sketch_beside_every_key(db: None) -> None:
    maya = uuid4()
    index_people(source="register", people={maya: MAYA})
    index_people(source="register", people={maya: replace(MAYA, sex=Sex.FEMALE)})
    kept = set(MatchKey.objects.values_list("sketch", flat=True))
    assert kept == {
        sketch_of(replace(MAYA, sex=Sex.FEMALE), secret=settings.OPENMASH_MATCHING_SECRET.encode())
    }


def test_a_description_can_be_found_when_it_is_written(cast: Cast) -> None:
    contact = raised(cast, "A10", parts=(child(**TOLD),))
    (found,) = look_up(MAYA, now=NOW)
    assert found.descriptions == (contact.parts.get().description_id,)
    assert in_step()


def test_what_is_said_later_is_indexed_with_it(cast: Cast) -> None:
    contact = raised(cast, "A10", parts=(child("Baby", about_age=8), child("Sam Okafor", about_age=3)))
    one, other = (part.description for part in contact.parts.all())
    say_more(
        contact_id=contact.pk,
        description_id=one.pk,
        more=MoreTold(names=(NameTold("Maya", "Okafor", "in_use"),)),
        by=cast.screener,
        now=NOW,
    )
    assert in_step()
    say_relationship(
        one=one, other=other, told=RelationshipTold("sibling"), contact_id=contact.pk, by=None, now=NOW
    )
    assert in_step()
    assert described(other).siblings == (PersonName("Maya", "Okafor"),)


def test_the_secret_is_in_every_key(cast: Cast) -> None:
    before = keys_of(MAYA)
    with override_settings(OPENMASH_MATCHING_SECRET="another"):
        assert not before & keys_of(MAYA)


def test_a_row_of_a_register_is_found_changed_and_taken_out(db: None) -> None:
    row = uuid4()
    index_person(source="register", record_id=row, person=MAYA)
    (found,) = look_up(MAYA, now=NOW)
    assert (found.register_row, found.descriptions) == (row, ())
    moved = DescribedPerson(names=(PersonName("Zola Brand"),), born=Born(on=date(2011, 1, 2)))
    index_people(source="register", people={row: moved})
    assert [each.register_row for each in look_up(moved, now=NOW)] == [row]
    assert look_up(MAYA, now=NOW) == []
    remove_from_index(source="register", record_ids=[row])
    assert not MatchKey.objects.exists() and not IndexedPerson.objects.exists()


def test_what_does_not_count_is_neither_read_nor_competes(db: None) -> None:
    one, other = uuid4(), uuid4()
    index_people(source="register", people={one: MAYA, other: MAYA})
    (found,) = look_up(MAYA, now=NOW, only=lambda records: {one} & set(records))
    alone = look_up(MAYA, now=NOW, only=lambda records: {other} & set(records))
    assert (found.register_row, found.match) == (one, alone[0].match)


def test_nobody_to_look_for_finds_nobody(db: None) -> None:
    assert look_up(DescribedPerson(), now=NOW) == []
    assert look_up(DescribedPerson(names=(PersonName("Baby"), PersonName(""))), now=NOW) == []


def test_a_small_index_does_not_make_a_namesake_the_same_child(db: None) -> None:
    assert population() == FEWEST_PEOPLE


# --- making it afresh ---


def command(**options: Any) -> str:
    out = StringIO()
    call_command("index_people", stdout=out, **options)
    return out.getvalue()


def test_the_index_is_made_afresh_in_batches(cast: Cast) -> None:
    for name in ("Maya Okafor", "Ada Bell", "Tom Reed"):
        raised(cast, "A10", parts=(child(name, about_age=8),))
    MatchKey.objects.all().delete()
    IndexedPerson.objects.all().delete()
    assert "3 not yet in the index" in command(batch=2)
    assert in_step()
    assert command() == "0 not yet in the index, 0 to be worked out again.\nThe index is up to date.\n"


def test_after_a_new_specification_old_keys_go_and_everybody_is_found_meanwhile(cast: Cast) -> None:
    raised(cast, "A10", parts=(child(**TOLD),))
    index_person(source="register", record_id=uuid4(), person=MAYA)
    stale = IndexedPerson.objects.get(source="description")
    MatchKey.objects.create(key=42, person=stale, sketch=0)
    IndexedPerson.objects.update(key_specification="2020-01")
    assert len(look_up(MAYA, now=NOW)) == 2
    said = command(batch=1)
    assert "2 of 2 worked out again." in said and "1 old keys cleared away." in said
    assert in_step() and not MatchKey.objects.filter(key=42).exists()
    assert len(look_up(MAYA, now=NOW)) == 2


def test_a_new_secret_is_noticed(cast: Cast) -> None:
    raised(cast, "A10", parts=(child(**TOLD),))
    with override_settings(OPENMASH_MATCHING_SECRET="another long random text"):
        assert look_up(MAYA, now=NOW) == []
        assert "1 of 1 worked out again." in command()
        assert in_step() and len(look_up(MAYA, now=NOW)) == 1


# --- several at once, and processes that die ---


def at_once(*acts: Any) -> list[Exception]:
    """Do things at the same moment, each in a connection of its own; what went wrong."""
    gate, wrong = Barrier(len(acts)), []

    def run(act: Any) -> None:
        gate.wait()
        try:
            act()
        except Exception as fault:
            wrong.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_the_index_is_kept_with_the_description_or_neither_is() -> None:
    make_cast()
    contact_id = uuid4()

    class Killed(Exception):
        pass

    def die_half_way() -> None:
        with transaction.atomic():
            describe(person=PersonDescribed(kind="child", **TOLD), contact_id=contact_id, by=None, now=MONDAY)
            record(by=None, verb="t", subject_kind="contact", subject_id=contact_id, ground="t", now=MONDAY)
            assert IndexedPerson.objects.exists()
            raise Killed

    with pytest.raises(Killed):
        die_half_way()
    assert not Description.objects.exists()
    assert not IndexedPerson.objects.exists() and not MatchKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_link_the_same_child_at_once_make_one_known_person() -> None:
    cast = make_cast()
    contacts = [raised(cast, "A10", parts=(child(**TOLD),)) for _ in range(3)]
    first, second, third = (each.parts.get().description_id for each in contacts)

    def linking(contact: Any, mine: Any, theirs: Any) -> Any:
        return lambda: say_same_person(
            contact_id=contact.pk,
            description_id=mine,
            earlier_id=theirs,
            reason="The same.",
            by=cast.screener,
            now=NOW,
        )

    wrong = at_once(linking(contacts[1], second, first), linking(contacts[2], third, first))
    assert wrong == []
    assert len(set(Link.objects.values_list("known_person_id", flat=True))) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_say_more_of_the_same_people_at_once_lose_nothing_and_do_not_block() -> None:
    cast = make_cast()
    contact = raised(cast, "A10", parts=(child("Maya Okafor"), child("Ada Bell")), now=MONDAY - HOUR)
    people = list(contact.parts.values_list("description_id", flat=True))

    def saying(name: str, order: list[Any]) -> Any:
        def say() -> None:
            for each in order:
                more = MoreTold(names=(NameTold(name),))
                say_more(contact_id=contact.pk, description_id=each, more=more, by=cast.screener, now=NOW)

        return say

    assert at_once(saying("May", people), saying("Addie", people[::-1])) == []
    assert in_step()
    for each in Description.objects.all():
        assert {str(name) for name in each.names_said.all()} == {"May", "Addie"}


@pytest.mark.django_db(transaction=True)
def test_registers_indexed_in_opposite_orders_at_once_do_not_deadlock() -> None:
    rows = [uuid4() for _ in range(30)]
    some = dict.fromkeys(rows, MAYA)
    index_people(source="register", people=some)
    other = DescribedPerson(names=(PersonName("Zola Brand"),), born=Born(on=date(2011, 1, 2)))
    wrong = at_once(
        lambda: index_people(source="register", people=dict.fromkeys(rows, other)),
        lambda: index_people(source="register", people=dict.fromkeys(reversed(rows), other)),
        lambda: remove_from_index(source="register", record_ids=rows[:5]),
    )
    assert wrong == []
    assert len(look_up(other, now=NOW)) >= 25
    assert look_up(MAYA, now=NOW) == []


def test_a_refused_link_leaves_nothing_behind(cast: Cast) -> None:
    one, other = (raised(cast, "A10", parts=(child(**TOLD),)) for _ in range(2))
    mine, theirs = (each.parts.get().description_id for each in (one, other))
    with pytest.raises(Incomplete), transaction.atomic():
        say_same_person(
            contact_id=one.pk, description_id=mine, earlier_id=theirs, reason="", by=cast.screener, now=NOW
        )
    assert not Link.objects.exists()
