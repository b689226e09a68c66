"""A person says whether somebody of a register is the child of a concern; nothing is taken for granted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from openmash.apps.access.models import Restriction
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.actions.linking import say_more, say_on_register, say_same_person
from openmash.apps.concerns.actions.restricting import restrict
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import Contact
from openmash.apps.families.told import IdentifierTold, MoreTold
from openmash.apps.registers.actions.handing_over import HandedOver, hand_over
from openmash.apps.registers.actions.keeping import erase_those_past_their_day
from openmash.apps.registers.models import Register, RowSaid
from openmash.apps.registers.standings import standings_for
from tests.apps.test_registers import past_its_day
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, words_of

HEAD = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode,NHS number\n"
ALEX = "Alex,Winter,2018-05-02,M,12 Canal Row,NF1 2AB,\n"
WITH_NUMBER = "Alex,Winter,2018-05-02,M,12 Canal Row,NF1 2AB,943 476 5919\n"
STANDS = "On the roll of Millbrook Primary School, handed over on"
WHY = "The school office confirms it by telephone."


def roll_of(cast: Cast, tmp_path: Path, line: str = ALEX) -> Register:
    path = tmp_path / "roll.csv"
    path.write_text(HEAD + line, encoding="utf-8")
    said = HandedOver("school_roll", "Care", "Section 10", timezone.localdate() + timedelta(days=300))
    return hand_over(
        file=path, file_name="roll.csv", said=said, by=cast.safeguarding_lead, now=timezone.now()
    )


def on_register(contact: Contact, roll: Register) -> dict[str, Any]:
    return {
        "description_id": contact.parts.get(role="subject").description_id,
        "row_id": roll.rows.get().pk,
    }


def only_alex(cast: Cast, **given: Any) -> Contact:
    return stages.screening(cast, parts=(stages.ALEX,), **given)


def say(contact: Contact, roll: Register, cast: Cast, *, same: bool = True, reason: str = WHY) -> None:
    say_on_register(
        contact_id=contact.pk,
        description_id=contact.parts.get(role="subject").description_id,
        rows=[roll.rows.get().pk],
        same=same,
        reason=reason,
        by=cast.screener,
        now=timezone.now(),
    )


def test_a_person_of_a_register_is_compared_and_said_to_be_the_child(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    roll, contact = roll_of(cast, tmp_path), only_alex(cast)
    client, place = (
        as_person(cast.screener),
        address("say_on_register", contact, **on_register(contact, roll)),
    )
    record = words_of(client.get(address("contact", contact)))
    assert "Nobody has said that it is Alex Winter" in record and STANDS in record
    page = client.get(place)
    assert " checked" not in page.content.decode() and "for the same child, and for a brother" in words_of(
        page
    )
    assert "Write your reason" in send(client, place, same="yes", reason=" ").content.decode()
    assert send(client, place, same="yes", reason=WHY).status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert "as somebody has confirmed" in record and f"because: {WHY}" in record and STANDS in record
    assert "Nobody has said that it is Alex Winter" not in record
    said = RowSaid.objects.get()
    assert said.shown["sureness"] in ("very_likely", "possible") and said.by == cast.screener
    (event,) = events_about("contact", contact.pk).filter(verb="say_on_register")
    assert event.detail["rows"] == [str(said.row_id)] and event.detail["same"] is True


def test_the_latest_word_counts_and_both_stay(cast: Cast, as_person: SignedIn, tmp_path: Path) -> None:
    roll, contact = roll_of(cast, tmp_path), only_alex(cast)
    say(contact, roll, cast)
    client, place = as_person(cast.manager), address("say_on_register", contact, **on_register(contact, roll))
    assert WHY in words_of(client.get(place))
    assert send(client, place, same="no", reason="His cousin, as it turns out.").status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert "said not to be Alex Winter: 1" in record and "as somebody has confirmed" not in record
    assert "Nobody has said that it is Alex Winter" not in record, "nobody is asked about them again"
    assert RowSaid.objects.count() == 2


def test_it_holds_for_every_record_of_the_child(cast: Cast, as_person: SignedIn, tmp_path: Path) -> None:
    roll, earlier = roll_of(cast, tmp_path), only_alex(cast)
    say(earlier, roll, cast)
    contact = only_alex(cast)
    with pytest.raises(Incomplete, match="somebody on another record"):
        say(contact, roll, cast)
    mine, theirs = (each.parts.get(role="subject").description_id for each in (contact, earlier))
    say_same_person(
        contact_id=contact.pk,
        description_id=mine,
        earlier_id=theirs,
        reason="One child.",
        by=cast.screener,
        now=timezone.now(),
    )
    record = words_of(as_person(cast.screener).get(address("contact", contact)))
    assert f"because: {WHY}" in record
    say(contact, roll, cast, same=False, reason="Wrong after all.")
    record = words_of(as_person(cast.screener).get(address("contact", earlier)))
    assert "said not to be Alex Winter: 1" in record
    another = only_alex(cast)
    say(another, roll, cast, reason="It is this one.")


def test_two_nhs_numbers_are_two_people(cast: Cast, as_person: SignedIn, tmp_path: Path) -> None:
    roll, contact = roll_of(cast, tmp_path, WITH_NUMBER), only_alex(cast)
    say_more(
        contact_id=contact.pk,
        description_id=contact.parts.get(role="subject").description_id,
        more=MoreTold(identifiers=(IdentifierTold("nhs_number", "401 023 2137"),)),
        by=cast.screener,
        now=timezone.now(),
    )
    with pytest.raises(Incomplete, match="Their NHS numbers differ"):
        say(contact, roll, cast)
    say(contact, roll, cast, same=False)
    assert RowSaid.objects.get().same is False


def test_who_is_kept_out_of_a_child_is_not_told_where_the_child_stands(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    """Another concern about the same child would say where they go to school."""
    roll, hidden = roll_of(cast, tmp_path), only_alex(cast)
    say(hidden, roll, cast)
    now = timezone.now()
    restrict(
        contact_id=hidden.pk,
        kind=Restriction.Kind.HIDING,
        reason="They fled.",
        owner=cast.manager,
        named=[],
        ends_on=timezone.localdate() + timedelta(days=30),
        by=cast.manager,
        now=now,
    )
    contact = only_alex(cast, by=cast.second_screener)
    record = words_of(as_person(cast.second_screener).get(address("contact", contact)))
    assert STANDS not in record and "must be asked" in record
    there = standings_for([roll.rows.get().pk], by=cast.second_screener, now=now)
    assert not there.told and there.ask
    assert standings_for([roll.rows.get().pk], by=cast.manager, now=now).told


def test_a_child_restricted_on_another_record_is_not_told_of_either(
    cast: Cast, as_person: SignedIn, tmp_path: Path
) -> None:
    """The word was said on an open record, and the same child is on one that is closed."""
    roll, said_on, hidden = roll_of(cast, tmp_path), only_alex(cast), only_alex(cast)
    say(said_on, roll, cast)
    mine, theirs = (each.parts.get(role="subject").description_id for each in (hidden, said_on))
    say_same_person(
        contact_id=hidden.pk,
        description_id=mine,
        earlier_id=theirs,
        reason="One child.",
        by=cast.screener,
        now=timezone.now(),
    )
    restrict(
        contact_id=hidden.pk,
        kind=Restriction.Kind.HIDING,
        reason="They fled.",
        owner=cast.manager,
        named=[],
        ends_on=timezone.localdate() + timedelta(days=30),
        by=cast.manager,
        now=timezone.now(),
    )
    assert not standings_for([roll.rows.get().pk], by=cast.second_screener, now=timezone.now()).told


def test_a_word_is_never_changed_and_goes_with_its_register(cast: Cast, tmp_path: Path) -> None:
    roll, contact = roll_of(cast, tmp_path), only_alex(cast)
    say(contact, roll, cast)
    for change in (lambda: RowSaid.objects.update(same=False), lambda: RowSaid.objects.all().delete()):
        with pytest.raises(DatabaseError, match="before their day"), transaction.atomic():
            change()
    past_its_day(roll)
    assert erase_those_past_their_day(now=timezone.now()) == [roll.pk]
    assert not RowSaid.objects.exists()
