"""A record goes when its time is over, two people decided it and nothing holds it; and then all of it goes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.models import Case, Meeting, NewInformation
from openmash.apps.concerns.actions.answering import answer
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.drafts import discard_draft, start_draft
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.documents.models import Document
from openmash.apps.families.models import Description, IndexedPerson
from openmash.apps.keeping.actions import agree_to_removal, decide_removal, keep_longer, lift_hold, place_hold
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.keeping.models import Hold, Removed, RemovedPart
from openmash.apps.keeping.parts import guard_of, parts_of
from openmash.apps.keeping.queries import due_anywhere, worklist
from tests.access.world import World
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.journey import NOW
from tests.apps.keeping.long_ago import a_hundred_years_ago, tables_that_say
from tests.apps.test_guards import check_now, refused
from tests.cast import MONDAY, Cast, account

pytestmark = pytest.mark.django_db
CONTACT, CASE = RecordKind.CONTACT, RecordKind.CASE
NOT_YET = "is not over"


def over(cast: Cast) -> Contact:
    """A concern without work, of a hundred years ago."""
    contact = journey.answered(cast, "A06")
    a_hundred_years_ago()
    return contact


def decided_to_remove(cast: Cast) -> Contact:
    contact = over(cast)
    decide_removal(kind=CONTACT, record_id=contact.pk, reason="Nobody needs it.", by=cast.manager, now=NOW)
    return contact


def test_a_record_is_proposed_when_its_day_has_gone_by_and_stays(cast: Cast) -> None:
    contact = journey.answered(cast, "A06")
    assert worklist(by=cast.manager, now=NOW).due == ()
    a_hundred_years_ago()
    (due,) = worklist(by=cast.manager, now=NOW).due
    assert (due.record.id, due.period.kind) == (contact.pk, "concern")
    assert [each.record.id for each in due_anywhere(NOW)] == [contact.pk]
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_what_still_goes_on_is_never_proposed(cast: Cast) -> None:
    contact = journey.decided(cast, "A06")
    a_hundred_years_ago()
    assert due_anywhere(NOW) == []
    with pytest.raises(NotPossibleNow, match=NOT_YET):
        decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=cast.manager, now=NOW)


def test_removing_takes_two_people_and_leaves_who_they_were(cast: Cast) -> None:
    contact = decided_to_remove(cast)
    with pytest.raises(Refused, match="second person"):
        agree_to_removal(kind=CONTACT, record_id=contact.pk, by=cast.manager, now=NOW)
    removed = agree_to_removal(kind=CONTACT, record_id=contact.pk, by=cast.head, now=NOW)
    check_now()
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert (removed.decided_by, removed.by, removed.period) == (cast.manager, cast.head, "concern")
    assert removed.ended_on.year == 1926 and removed.kept_until.year < 2000 and removed.rows > 5
    assert worklist(by=cast.manager, now=NOW).removed == (removed,)
    (event,) = Event.objects.filter(verb="remove_record", subject_kind="contact", subject_id=str(contact.pk))
    assert event.by_id == cast.head.pk and event.detail["decided_by"] == cast.manager.pk


def test_nothing_of_what_was_told_is_left_in_any_table(world: World) -> None:
    cast, closed = world.cast, world.dossiers["closed"]
    assert closed.case is not None and closed.meeting is not None and closed.document is not None
    version = Contact.objects.get(pk=closed.contact.pk).version
    answer(contact_id=closed.contact.pk, seen_version=version, text=closed.mark, by=cast.screener, now=NOW)
    a_hundred_years_ago()
    case, contact, document = closed.case.pk, closed.contact.pk, closed.document.document
    others = {each.pk for each in Case.objects.exclude(pk=case)}
    with pytest.raises(NotPossibleNow, match=NOT_YET):  # the work rests on it
        decide_removal(kind=CONTACT, record_id=contact, reason="Old.", by=cast.head, now=NOW)
    people = set(Description.objects.filter(contact_id=contact).values_list("pk", flat=True))
    assert IndexedPerson.objects.filter(record_id__in=people).exists()
    for kind, pk in ((CASE, case), (CONTACT, contact)):
        decide_removal(kind=kind, record_id=pk, reason="Nobody needs it.", by=cast.head, now=NOW)
        agree_to_removal(kind=kind, record_id=pk, by=cast.partner, now=NOW)
        check_now()
    left = tables_that_say(closed.mark)
    assert set(left) <= {"audit_event"}, left
    assert tables_that_say("Popplewell").keys() <= {"audit_event"}
    assert not IndexedPerson.objects.filter(record_id__in=people).exists()
    assert not Meeting.objects.filter(pk=closed.meeting.pk).exists()
    assert not Document.objects.filter(pk=document.pk).exists()
    assert {each.pk for each in Case.objects.all()} == others
    assert all(tables_that_say(each.mark) for name, each in world.dossiers.items() if name != "closed")


def test_a_concern_that_was_written_as_a_draft_goes_with_the_emptied_draft(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    told = account(cast, "A06")
    contact = raise_concern(account=told, draft_id=draft.pk, by=cast.teacher, now=MONDAY).contact
    assert parts_of(CONTACT, contact.pk).rests_on_it == []
    writing = start_draft(kind="concern", by=cast.teacher, arose_from=contact, now=NOW)
    assert parts_of(CONTACT, contact.pk).rests_on_it == [(Draft, writing.pk)]
    discard_draft(draft_id=writing.pk, by=cast.teacher, now=NOW)
    version = start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=NOW
    ).version
    decide(contact_id=contact.pk, seen_version=version, choice=journey.choice(), by=cast.screener, now=NOW)
    version = Contact.objects.get(pk=contact.pk).version
    answer(contact_id=contact.pk, seen_version=version, text="Thank you.", by=cast.screener, now=NOW)
    a_hundred_years_ago()
    decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=cast.manager, now=NOW)
    agree_to_removal(kind=CONTACT, record_id=contact.pk, by=cast.head, now=NOW)
    check_now()
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert not Draft.objects.filter(pk__in=[draft.pk, writing.pk]).exists()


def test_a_concern_that_reached_work_as_something_new_stays_as_long_as_the_work(cast: Cast) -> None:
    case, contact = working.led(cast), journey.answered(cast, "A06", by=cast.gp)
    a_hundred_years_ago()
    assert [each.record.id for each in due_anywhere(NOW)] == [contact.pk]
    NewInformation.objects.create(case=case, contact=contact, received_at=NOW, at=NOW)
    assert due_anywhere(NOW) == []


@pytest.mark.django_db(transaction=True)
def test_the_file_itself_goes_once_the_record_has(world: World) -> None:
    cast, closed = world.cast, world.dossiers["closed"]
    assert closed.case is not None and closed.document is not None
    name = closed.document.document.kept_as
    lies = Path(settings.OPENMASH_DOCUMENTS_FOLDER) / name[:2] / name
    a_hundred_years_ago()
    decide_removal(kind=CASE, record_id=closed.case.pk, reason="Old.", by=cast.head, now=NOW)
    assert lies.exists()
    agree_to_removal(kind=CASE, record_id=closed.case.pk, by=cast.partner, now=NOW)
    assert not lies.exists()


def test_a_hold_stops_it_in_the_action_and_in_the_database(cast: Cast) -> None:
    contact = decided_to_remove(cast)
    hold = held(contact, cast)
    with pytest.raises(NotPossibleNow, match="held"):
        agree_to_removal(kind=CONTACT, record_id=contact.pk, by=cast.head, now=NOW)
    with pytest.raises(NotPossibleNow, match="held"):
        decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=cast.head, now=NOW)
    removed = tombstone(contact, cast)
    assert "held is not removed" in refused(lambda: part_of(removed, contact))
    lift_hold(hold_id=hold.pk, reason="The inquiry has ended.", by=cast.head, now=NOW)
    part_of(removed, contact)


def test_a_hold_on_the_concern_holds_the_work(world: World) -> None:
    cast, closed = world.cast, world.dossiers["closed"]
    assert closed.case is not None
    a_hundred_years_ago()
    held(closed.contact, cast)
    with pytest.raises(NotPossibleNow, match="held"):
        decide_removal(kind=CASE, record_id=closed.case.pk, reason="Old.", by=cast.head, now=NOW)


def test_a_hold_needs_its_reason_and_its_day(cast: Cast) -> None:
    contact = journey.raised(cast)
    for wrong in ({"why": "because"}, {"reason": " "}, {"review_on": NOW.date() - timedelta(days=1)}):
        with pytest.raises(Incomplete):
            held(contact, cast, **wrong)
    assert not Hold.objects.exists()


def test_a_hold_whose_day_has_come_goes_on_holding_and_is_asked_about(cast: Cast) -> None:
    contact = over(cast)
    held(contact, cast, review_on=NOW.date())
    then = NOW + timedelta(days=400)
    (line,) = worklist(by=cast.manager, now=then).held
    assert line.ask
    with pytest.raises(NotPossibleNow, match="held"):
        decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=cast.manager, now=then)


def test_keeping_it_longer_undoes_what_was_decided(cast: Cast) -> None:
    contact = decided_to_remove(cast)
    until = NOW.date() + timedelta(days=30)
    keep_longer(
        kind=CONTACT, record_id=contact.pk, until=until, reason="She has asked.", by=cast.head, now=NOW
    )
    with pytest.raises(NotPossibleNow, match="Nobody has decided"):
        agree_to_removal(kind=CONTACT, record_id=contact.pk, by=cast.head, now=NOW)
    assert due_anywhere(NOW) == []
    assert [each.record.id for each in due_anywhere(NOW + timedelta(days=31))] == [contact.pk]


@pytest.mark.parametrize("who", ["teacher", "screener", "adviser", "social_worker", "policy_lead"])
def test_nobody_else_decides(cast: Cast, who: str) -> None:
    contact, by = over(cast), cast.people[who]
    with pytest.raises(Refused):
        worklist(by=by, now=NOW)
    with pytest.raises(Refused):
        decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=by, now=NOW)
    with pytest.raises(Refused):
        held(contact, cast, by=by)


def test_the_database_removes_nothing_by_any_other_way(world: World) -> None:
    """Every table of records, with rows in it: without what was decided no row of it goes."""
    tried = []
    for model in apps.get_models():
        row = model._base_manager.first() if guard_of(model) else None
        if row is None:
            continue
        tried.append(model.__name__)
        assert "Cannot update or delete" in refused(
            lambda model=model, row=row: model._base_manager.filter(pk=row.pk)._raw_delete("default")
        )
    assert len(tried) > 40


def test_the_database_asks_for_the_day_the_second_person_and_the_event(cast: Cast) -> None:
    contact = over(cast)
    assert "latest decision and a second person" in refused(lambda: tombstone(contact, cast))
    decide_removal(kind=CONTACT, record_id=contact.pk, reason="Old.", by=cast.manager, now=NOW)
    assert "second person" in refused(lambda: tombstone(contact, cast, by=cast.manager))
    assert "before its day" in refused(lambda: tombstone(contact, cast, kept_until="2999-01-01"))
    removed = tombstone(contact, cast)
    assert "in the same transaction" in refused(lambda: part_of(removed, contact, noted=False))


def test_every_part_is_found_and_nothing_of_another_record(world: World) -> None:
    closed = world.dossiers["closed"]
    assert closed.case is not None
    parts = parts_of(CASE, closed.case.pk)
    assert parts.rests_on_it == []
    assert ("meeting", str(closed.meeting.pk)) in parts.subjects  # type: ignore[union-attr]
    assert parts_of(CONTACT, closed.contact.pk).rests_on_it


def held(contact: Contact, cast: Cast, **given: object) -> Hold:
    fields = {
        "kind": CONTACT, "record_id": contact.pk, "why": "inquiry", "reason": "The inquiry of 2026.",
        "review_on": NOW.date() + timedelta(days=90), "by": cast.head, "now": NOW,
    }  # fmt: skip
    return place_hold(**{**fields, **given})  # type: ignore[arg-type]


def tombstone(contact: Contact, cast: Cast, **given: object) -> Removed:
    fields = {
        "record_id": contact.pk, "kind": CONTACT, "locality": cast.here, "began_on": "1926-01-01",
        "ended_on": "1926-01-02", "kept_until": "1960-01-01", "period": "concern", "version": "1", "rows": 1,
        "decided_by": cast.manager, "decided_at": NOW, "by": cast.head, "at": NOW,
    }  # fmt: skip
    return Removed.objects.create(**{**fields, **given})


def part_of(removed: Removed, contact: Contact, *, noted: bool = True) -> None:
    with transaction.atomic():
        if noted:
            Event.objects.create(
                at=NOW,
                verb="remove_record",
                subject_kind="contact",
                subject_id=str(contact.pk),
                ground="a test",
            )
        RemovedPart.objects.create(
            removed=removed, record_id=contact.pk, kind="contact", subject_id=str(contact.pk)
        )
