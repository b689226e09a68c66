"""Somebody asks for their record: gathered whole, others taken out, decided piece by piece; nothing leaves before."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.actions.meetings import make_entry
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, View
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.keeping.models import Hold
from openmash.apps.subject_access.actions import decide_piece, extend, give_answer, open_request
from openmash.apps.subject_access.gathering import around_of, gathered
from openmash.apps.subject_access.models import AccessRequest, Answered, PieceDecided
from openmash.apps.subject_access.queries import answer_of, look_at, look_to_open, requests_of
from openmash.apps.subject_access.rules import TAKEN_OUT, only_takes_out, without
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.journey import NOW
from tests.cast import Cast, child

pytestmark = pytest.mark.django_db
MOTHER = PartTold(
    role="parent", person=PersonDescribed(kind="adult", name="Roxana Winter", telephone="01632 960123")
)
WORDS = "Alex said that Roxana Winter shouted. Roxana can be reached on 01632 960123. Winter is coming."


def told(cast: Cast) -> Contact:
    return journey.answered(cast, "A06", account=WORDS, parts=(child("Alex Winter"), MOTHER))


def asked(contact: Contact, cast: Cast, **given: object) -> AccessRequest:
    fields = {
        "contact_id": contact.pk, "subject": subject_of(contact), "asked_by": "Alex Winter, by letter",
        "capacity": "self", "identity": "Passport seen by the front desk.", "received_on": NOW.date(),
        "by": cast.head, "now": NOW,
    }  # fmt: skip
    return open_request(**{**fields, **given})  # type: ignore[arg-type]


def subject_of(contact: Contact) -> UUID:
    return contact.parts.get(role="subject").description_id


def decide_all(request: AccessRequest, cast: Cast) -> None:
    for each in look_at(request.pk, by=cast.head, now=NOW).pieces:
        decide_piece(
            request_id=request.pk, number=each.piece.number, outcome=each.piece.proposed,
            ground="" if each.piece.proposed == "disclose" else "third_party",
            text=each.words.redacted if each.piece.proposed == "redact" else "", by=cast.head, now=NOW,
        )  # fmt: skip


def test_the_record_is_gathered_others_taken_out_and_given_whole(cast: Cast) -> None:
    contact = told(cast)
    request = asked(contact, cast)
    assert Hold.objects.get(record_id=contact.pk, lifted__isnull=True).why == "subject_access"
    pieces = look_at(request.pk, by=cast.head, now=NOW).pieces
    proposed = {each.words.text: each.piece.proposed for each in pieces}
    assert next(v for k, v in proposed.items() if "Name: Roxana" in k) == "withhold"
    assert next(v for k, v in proposed.items() if "Name: Alex" in k) == "disclose"
    (account,) = [each.words for each in pieces if WORDS in each.words.text]
    assert (
        account.proposed == "redact" and "Roxana" not in account.redacted and "960123" not in account.redacted
    )
    assert "Alex said that" in account.redacted and "Winter is coming" in account.redacted
    decide_all(request, cast)
    give_answer(request_id=request.pk, by=cast.head, now=NOW)
    answer = answer_of(request.pk, by=cast.head, now=NOW)
    words = "\n".join(each.text for each in answer.given)
    assert "Alex Winter" in words and "The reasons in full." in words and "Roxana" not in words
    assert answer.withheld == 1 and "paragraph 16" in answer.grounds[0]
    assert any(look.job_title == "Head" for look in answer.looks)
    assert not Hold.objects.filter(record_id=contact.pk, lifted__isnull=True).exists()
    (event,) = Event.objects.filter(verb="give_subject_access")
    assert event.detail["withhold"] == 1 and len(event.detail["digest"]) == 64


def test_nothing_leaves_before_every_piece_is_decided(cast: Cast) -> None:
    request = asked(told(cast), cast)
    with pytest.raises(NotPossibleNow, match="not decided yet"):
        give_answer(request_id=request.pk, by=cast.head, now=NOW)
    with pytest.raises(AccessRequest.DoesNotExist):
        answer_of(request.pk, by=cast.head, now=NOW)
    with pytest.raises(DatabaseError, match="nothing leaves before"), transaction.atomic():
        Answered.objects.create(
            contact_id=request.contact_id, request=request, digest="0" * 64, disclosed=1, redacted=0, withheld=0,
            by=cast.head, at=NOW,
        )  # fmt: skip


def test_what_is_new_since_must_be_reviewed_too(cast: Cast) -> None:
    contact = told(cast)
    request = asked(contact, cast)
    decide_all(request, cast)
    add_information(contact_id=contact.pk, text="He was seen again.", by=cast.teacher, now=NOW)
    with pytest.raises(NotPossibleNow, match="since it was gathered"):
        give_answer(request_id=request.pk, by=cast.head, now=NOW)


def test_what_left_is_not_decided_again(cast: Cast) -> None:
    request = asked(told(cast), cast)
    decide_all(request, cast)
    give_answer(request_id=request.pk, by=cast.head, now=NOW)
    with pytest.raises(NotPossibleNow, match="has left"):
        decide_piece(
            request_id=request.pk, number=1, outcome="disclose", ground="", text="", by=cast.head, now=NOW
        )
    piece = request.pieces.get(number=1)
    with pytest.raises(DatabaseError, match="not decided again"), transaction.atomic():
        PieceDecided.objects.create(
            contact_id=request.contact_id, piece=piece, outcome="disclose", text="More.", by=cast.head, at=NOW
        )


def test_keeping_back_needs_a_ground_and_a_redaction_adds_nothing(cast: Cast) -> None:
    request = asked(told(cast), cast)
    for wrong in (
        {"outcome": "withhold", "ground": ""},
        {"outcome": "withhold", "ground": "we would rather not"},
        {"outcome": "redact", "ground": "third_party", "text": "Something nobody wrote."},
        {"outcome": "redact", "ground": "third_party", "text": " "},
        {"outcome": "burn", "ground": ""},
    ):
        with pytest.raises(Incomplete):
            decide_piece(
                request_id=request.pk,
                number=1,
                outcome=wrong["outcome"],
                ground=wrong["ground"],
                text=wrong.get("text", ""),
                by=cast.head,
                now=NOW,
            )


@pytest.mark.parametrize(
    ("came", "due_on", "extended_to"),
    [
        (date(2026, 11, 16), date(2026, 12, 16), date(2027, 2, 16)),
        (date(2026, 10, 31), date(2026, 11, 30), date(2027, 2, 1)),
        (date(2026, 11, 13), date(2026, 12, 14), date(2027, 2, 15)),  # a Sunday and a Saturday run on
    ],
)
def test_one_month_and_three_for_complexity(cast: Cast, came: date, due_on: date, extended_to: date) -> None:
    request = asked(told(cast), cast, received_on=came)
    assert request.due_on == due_on
    extend(request_id=request.pk, reason="Three volumes of minutes.", by=cast.head, now=NOW)
    (line,) = requests_of(cast.head, now=NOW)
    assert line.due_on == extended_to and not line.is_late
    with pytest.raises(NotPossibleNow):
        extend(request_id=request.pk, reason="Again.", by=cast.head, now=NOW)


def test_it_cannot_be_extended_once_the_month_has_gone_by(cast: Cast) -> None:
    request = asked(told(cast), cast)
    with pytest.raises(NotPossibleNow, match="first month"):
        extend(request_id=request.pk, reason="Late.", by=cast.head, now=NOW + timedelta(days=40))


@pytest.mark.parametrize("who", ["teacher", "screener", "manager", "adviser", "social_worker", "policy_lead"])
def test_nobody_else_answers(cast: Cast, who: str) -> None:
    contact, by = told(cast), cast.people[who]
    request = asked(contact, cast)
    for act in (
        lambda: requests_of(by, now=NOW),
        lambda: look_to_open(contact.pk, by=by, now=NOW),
        lambda: look_at(request.pk, by=by, now=NOW),
        lambda: asked(contact, cast, by=by),
        lambda: decide_piece(
            request_id=request.pk, number=1, outcome="disclose", ground="", text="", by=by, now=NOW
        ),
        lambda: give_answer(request_id=request.pk, by=by, now=NOW),
    ):
        with pytest.raises(Refused):
            act()


@given(st.text("ab \n", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_taking_out_is_seen_as_taking_out(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert only_takes_out(text, text[:start] + TAKEN_OUT + text[end:])
    assert not only_takes_out(text, text + "c")


@pytest.mark.parametrize("after", [f"hit {TAKEN_OUT}", f"{TAKEN_OUT} hit Al", "Mum hit Al."])
def test_what_goes_at_the_start_or_end_is_marked_and_something_goes(after: str) -> None:
    assert only_takes_out("Mum hit Al.", f"{TAKEN_OUT} hit {TAKEN_OUT}")
    assert not only_takes_out("Mum hit Al.", after)


def household(cast: Cast) -> tuple[Contact, list[Case]]:
    """Three children at one table, each with work, and words of each."""
    siblings = (working.sibling("Bo Winter", about_age=5), working.sibling("Cyrus Summer", about_age=1))
    parts = (child("Alex Winter", about_age=8), *siblings, MOTHER)
    contact = journey.screening(cast, working.SERIOUS, parts=parts)
    working.adopted()
    others = contact.parts.filter(role="other_child")
    children = {each.pk: ("same_decision", "Lives there.") for each in others}
    chosen = journey.choice("4", "strategy_discussion", children=children)
    decide(contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.screener, now=NOW)
    cases = open_case(contact_id=contact.pk, by=cast.screener, now=working.THEN)
    called = working.called(cast, cases[0], "strategy_discussion", cast.team_manager)
    make_entry(
        meeting_id=called.pk, text="Cyrus was cold, and Roxana shouted.", by=cast.teacher, now=working.THEN
    )
    for case in cases:
        text = f"Secret of {case.child.name}."
        View.objects.create(
            case=case, whose="child", verb="enquiry", text=text, by=cast.social_worker, at=NOW
        )
    return contact, cases


def proposed(contact: Contact, subject: UUID) -> dict[str, str]:
    return {each.text: each.proposed for each in gathered(contact.pk, subject)}


def test_the_work_with_a_brother_and_his_words_are_not_proposed_to_be_given(cast: Cast) -> None:
    contact, cases = household(cast)
    assert [case.child.name for case in cases] == ["Alex Winter", "Bo Winter", "Cyrus Summer"]
    found = proposed(contact, subject_of(contact))
    for text, wanted in (
        ("Secret of Alex", "disclose"),
        ("Secret of Bo", "withhold"),
        ("Secret of Cyrus", "withhold"),
    ):
        assert [how for words, how in found.items() if text in words] == [wanted]
    assert [how for words, how in found.items() if "Cyrus was cold" in words] == ["withhold"], (
        "about several children"
    )
    assert "Cyrus Summer" in around_of(contact.pk, subject_of(contact)).others


def test_a_mother_is_not_given_what_her_children_said_in_confidence(cast: Cast) -> None:
    contact, _ = household(cast)
    found = proposed(contact, contact.parts.get(role="parent").description_id)
    assert {how for words, how in found.items() if "Secret of" in words} == {"withhold"}


def test_work_handed_over_to_another_area_is_not_answered_for_here(cast: Cast) -> None:
    case = working.led(cast)
    contact = case.camefrom_set.get().contact
    request = asked(contact, cast)
    seen = Event.objects.filter(verb="see_subject_access", subject_kind="case", subject_id=str(case.pk))
    assert look_at(request.pk, by=cast.head, now=NOW) and seen.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        Case.objects.filter(pk=case.pk).update(locality=cast.elsewhere)
        cursor.execute("SET session_replication_role = DEFAULT; SET CONSTRAINTS ALL DEFERRED")
    with pytest.raises(Refused):
        look_at(request.pk, by=cast.head, now=NOW)
    assert [line.request for line in requests_of(cast.head, now=NOW)] == [request]
    assert seen.count() == 1


def test_names_are_taken_out_whatever_their_case_and_shared_ones_stay() -> None:
    found = without("ROXANA and Roxana Winter; Winterbourne; Alex Winter", ["Roxana Winter"], ["Alex Winter"])
    assert found == f"{TAKEN_OUT} and {TAKEN_OUT}; Winterbourne; Alex Winter"
