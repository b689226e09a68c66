"""Asking privately: what comes back, what is written down, who may, how often, and what nobody learns."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Agency, Locality, Person, RoleHeld
from openmash.apps.private_asking import holder, keeper
from openmash.apps.private_asking.actions import asking
from openmash.apps.private_asking.actions.asking import About, ask
from openmash.apps.private_asking.actions.preparing import Listed, prepare_answers
from openmash.apps.private_asking.actions.shielding import shield
from openmash.apps.private_asking.errors import CannotBeAsked, CannotBeShielded, LimitReached
from openmash.apps.private_asking.limits import Limits, every_version, in_force
from openmash.apps.private_asking.models import (
    HolderKey,
    PreparedOutput,
    PreparedPerson,
    PrivateQuestion,
)
from openmash.apps.private_asking.purposes import Purpose
from openmash.apps.private_asking.queries.answers import look_at_answer, whom_to_ring
from openmash.apps.private_asking.queries.log import agencies_to_ask, left_today, look_at_log
from openmash.apps.private_asking.sealing import opened
from openmash.engines.matching.described import Address, Born, DescribedPerson, PersonName
from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.messages import Question
from openmash.engines.matching.private.weighing import current
from tests.cast import MONDAY

GROUND = "screens concerns in this locality"
AYESHA = DescribedPerson(
    names=(PersonName("Ayesha", "Chowdhury"),),
    born=Born(on=date(2016, 3, 14)),
    addresses=(Address("1 Mill Lane", "NF1 2AB"),),
    parents=(PersonName("Sana", "Chowdhury"),),
)
TOM = DescribedPerson(
    names=(PersonName("Tom", "Winterbourne"),),
    born=Born(on=date(2012, 7, 9)),
    addresses=(Address("4 Dock Road", "NF3 4CD"),),
)
STRANGER = replace(
    TOM, names=(PersonName("Jack", "Fairweather"),), born=Born(on=date(2011, 5, 2)), addresses=()
)
NO_LOTS = Limits(date(2026, 11, 1), 10, 40, 3, person_answers_one_in=2**255)


@pytest.fixture
def police(db: None) -> Agency:
    return _agency("Northfield Police", "police")


@pytest.fixture
def screener(db: None) -> Person:
    return _person("screener", _agency("Northfield Children's Services", "childrens_social_care"))


def _agency(name: str, kind: str) -> Agency:
    here, _made = Locality.objects.get_or_create(code="northfield", defaults={"name": "Northfield"})
    return Agency.objects.get_or_create(name=name, defaults={"kind": kind, "locality": here})[0]


def _person(name: str, agency: Agency, role: str = "") -> Person:
    person = Person.objects.create_user(
        email=f"{name}@example.org", name=name.title(), job_title="Officer", agency=agency
    )
    if role:
        RoleHeld.objects.create(person=person, role=role, starts=date(2020, 1, 1))
    return person


@pytest.fixture(autouse=True)
def no_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "in_force", lambda on: NO_LOTS)
    monkeypatch.setattr(keeper, "ANSWERED_AFTER", 0.0)


def prepared(agency: Agency, *people: DescribedPerson) -> list[UUID]:
    listed = [Listed(uuid4(), person) for person in people]
    prepare_answers(agency=agency, people=listed, by=None, now=MONDAY)
    return [each.record_id for each in listed]


def asked(
    child: DescribedPerson, agency: Agency, by: Person, case: About | None = None, **given: Any
) -> PrivateQuestion:
    about = case or About(uuid4(), "NF-1111-11")
    told_id = given.pop("question_id", None) or uuid4()
    told = {"purpose": Purpose.SCREENING, "ground": GROUND, "now": MONDAY, **given}
    return ask(question_id=told_id, child=child, about=about, asked_id=agency.pk, by=by, **told)


# --- what comes back ---


def test_a_child_on_the_list_is_a_hit_and_a_stranger_is_not(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA, TOM)
    assert asked(AYESHA, police, screener).said == "hit"
    assert asked(TOM, police, screener).said == "hit"
    assert asked(STRANGER, police, screener).said == "no_hit"


def test_a_child_told_otherwise_is_still_a_hit(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA, TOM)
    told = replace(AYESHA, names=(PersonName("Chaudhry, Aisha"),), parents=())
    assert asked(told, police, screener).said == "hit"


def test_each_agency_answers_from_its_own_list_alone(police: Agency, screener: Person) -> None:
    school = _agency("Millbrook Primary School", "school")
    prepared(police, AYESHA)
    prepared(school, TOM)
    assert asked(AYESHA, school, screener).said == "no_hit"
    assert asked(AYESHA, police, screener).said == "hit"
    assert [each.name for each in agencies_to_ask(screener)] == [
        "Millbrook Primary School",
        "Northfield Police",
    ]


def test_preparing_anew_makes_older_outputs_worthless(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA)
    before = set(PreparedOutput.objects.values_list("output", flat=True))
    prepared(police, AYESHA)
    after = set(PreparedOutput.objects.values_list("output", flat=True))
    assert before and after and not before & after
    assert asked(AYESHA, police, screener).said == "hit"
    prepared(police, TOM)
    assert asked(AYESHA, police, screener).said == "no_hit"


def test_a_shielded_child_is_answered_by_a_person_and_looks_like_the_lot(
    police: Agency, screener: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ayesha, _tom = prepared(police, AYESHA, TOM)
    lead = _person("lead", police, "safeguarding_lead")
    shield(record_id=ayesha, shielded=True, reason="Refuge.", by=lead, now=MONDAY)
    shielded = asked(AYESHA, police, screener)
    assert shielded.said == "person"
    assert asked(TOM, police, screener).said == "hit"
    monkeypatch.setattr(asking, "in_force", lambda on: replace(NO_LOTS, person_answers_one_in=1))
    by_lot = asked(STRANGER, police, screener)
    assert by_lot.said == "person"
    for name in ("said", "purpose", "ground", "weights", "case_reference"):
        assert getattr(shielded, name) == getattr(by_lot, name)
    monkeypatch.setattr(asking, "in_force", lambda on: NO_LOTS)
    shield(record_id=ayesha, shielded=False, reason="Moved on.", by=lead, now=MONDAY)
    assert asked(AYESHA, police, screener).said == "hit"


def test_a_shielded_record_stays_shielded_when_answers_are_prepared_anew(
    police: Agency, screener: Person
) -> None:
    record = uuid4()
    lead = _person("lead", police, "safeguarding_lead")
    shield(record_id=record, shielded=True, reason="Refuge.", by=lead, now=MONDAY)
    elsewhere = replace(AYESHA, born=Born(), parents=())
    listed = [Listed(record, AYESHA), Listed(uuid4(), elsewhere)]
    prepare_answers(agency=police, people=listed, by=None, now=MONDAY)
    assert asked(AYESHA, police, screener).said == "person"  # though an unshielded record is as much alike


def test_the_lot_falls_on_one_question_in_so_many_and_only_the_holder_can_tell_which() -> None:
    drawn = {UUID(int=n): keeper.person_by_lot(b"secret", UUID(int=n), 25) for n in range(5_000)}
    assert 130 < sum(drawn.values()) < 270
    assert any(keeper.person_by_lot(b"another", question, 25) != lot for question, lot in drawn.items())


def test_a_question_about_an_invented_child_does_not_show_how_the_lot_fell(
    police: Agency, screener: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(police, AYESHA)
    lots: list[UUID] = []

    def by_lot(secret: bytes, question: UUID, one_in: int) -> bool:
        lots.append(question)
        return False

    monkeypatch.setattr(keeper, "person_by_lot", by_lot)
    case = About(uuid4(), "NF-3333-33")
    questions = [asked(child, police, screener, case) for child in (STRANGER, AYESHA)]
    assert lots == [each.pk for each in questions]


def test_where_a_person_had_to_answer_it_stays_so_for_that_case_and_that_agency(
    police: Agency, screener: Person
) -> None:
    (ayesha,) = prepared(police, AYESHA)
    school = _agency("Millbrook Primary School", "school")
    prepared(school, AYESHA)
    lead = _person("lead", police, "safeguarding_lead")
    shield(record_id=ayesha, shielded=True, reason="Refuge.", by=lead, now=MONDAY)
    case = About(uuid4(), "NF-3333-33")
    assert asked(AYESHA, police, screener, case).said == "person"
    prepared(police, TOM)  # a new key, and Ayesha no longer on the list
    assert asked(STRANGER, police, screener, case).said == "person"
    assert asked(STRANGER, police, _person("other", _agency("Elm Surgery", "gp")), case).said == "person"
    assert asked(AYESHA, school, screener, case).said == "hit"
    assert asked(STRANGER, police, screener).said == "no_hit"


def test_answers_made_anew_while_somebody_asks_are_never_nothing_alike(
    police: Agency, screener: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(police, AYESHA)

    def meanwhile(key: HolderKey, message: bytes, **given: Any) -> bytes:
        prepared(police, AYESHA)
        return keeper.answer_for(key, message, **given)

    monkeypatch.setattr(asking, "answer_for", meanwhile)
    with pytest.raises(CannotBeAsked, match="Ask once more"):
        asked(AYESHA, police, screener)
    assert not PrivateQuestion.objects.exists()


# --- what is sent, kept and written down ---


class Overheard:
    """Everything that went between the parts, as bytes."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def over(self, real: Any) -> Any:
        def listen(key: HolderKey, message: bytes, **given: Any) -> bytes:
            answer: bytes = real(key, message, **given)
            self.sent += [message, answer]
            return answer

        return listen


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> Overheard:
    ears = Overheard()
    monkeypatch.setattr(asking, "evaluate_for", ears.over(holder.evaluate_for))
    monkeypatch.setattr(asking, "answer_for", ears.over(keeper.answer_for))
    return ears


def test_messages_have_one_size_whatever_is_asked_and_answered(
    police: Agency, screener: Person, overheard: Overheard
) -> None:
    prepared(police, AYESHA, TOM)
    little = DescribedPerson(names=STRANGER.names, born=Born(age_years=9, age_said_on=MONDAY.date()))
    said = {asked(child, police, screener).said for child in (AYESHA, STRANGER, little)}
    assert said == {"hit", "no_hit"}
    sizes = [tuple(map(len, overheard.sent[start : start + 4])) for start in (0, 4, 8)]
    assert set(sizes) == {(1044, 1044, 280, 32)}


def test_nothing_of_the_child_is_sent_kept_or_logged(
    police: Agency, screener: Person, overheard: Overheard
) -> None:
    prepared(police, AYESHA)
    asked(AYESHA, police, screener)
    told = [b"Ayesha", b"Chowdhury", b"NF1 2AB", b"2016-03", b"Sana", b"Mill Lane"]
    for message in overheard.sent:
        assert not any(word in message for word in told)
    with connection.cursor() as cursor:
        kept = ""
        for table in ("privatequestion", "preparation", "holderkey", "preparedoutput", "preparedperson"):
            cursor.execute(f"SELECT t::text FROM private_asking_{table} t")
            kept += "".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT t::text FROM audit_event t")
        kept += "".join(row for (row,) in cursor.fetchall())
    assert "NF-1111-11" in kept
    assert not any(word.decode() in kept for word in told)


def test_the_same_question_never_looks_the_same_twice(
    police: Agency, screener: Person, overheard: Overheard
) -> None:
    prepared(police, AYESHA)
    asked(AYESHA, police, screener)
    asked(AYESHA, police, screener)
    first, second = Question.from_bytes(overheard.sent[0]), Question.from_bytes(overheard.sent[4])
    assert not set(first.points) & set(second.points)


def test_both_sides_have_a_line_and_the_one_asked_is_not_told_the_answer(
    police: Agency, screener: Person
) -> None:
    prepared(police, AYESHA)
    question = asked(AYESHA, police, screener)
    mine = Event.objects.get(verb="ask_privately")
    theirs = Event.objects.get(verb="be_asked_privately")
    assert (mine.subject_kind, mine.subject_id, mine.ground) == ("private_question", str(question.pk), GROUND)
    assert mine.detail["said"] == "hit"
    assert (theirs.subject_kind, theirs.subject_id) == ("private_answers", str(police.pk))
    assert theirs.detail == {
        "case": "NF-1111-11",
        "asker": screener.agency_id,
        "question": str(question.pk),
    }


def test_keys_are_sealed(police: Agency) -> None:
    prepared(police, AYESHA)
    key = HolderKey.objects.get()
    seed = opened(bytes(key.sealed_seed))
    assert len(seed) == 32 and seed not in bytes(key.sealed_seed)


def test_a_changed_secret_is_said_in_a_sentence(police: Agency, screener: Person, settings: Any) -> None:
    prepared(police, AYESHA)
    settings.SECRET_KEY, old = "another secret", settings.SECRET_KEY
    with pytest.raises(CannotBeAsked, match="prepare them again"):
        asked(AYESHA, police, screener)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert asked(AYESHA, police, screener).said == "hit"


def test_sealed_anew_the_old_secret_opens_nothing_and_answers_stay_good(
    police: Agency, screener: Person, settings: Any
) -> None:
    prepared(police, AYESHA)
    settings.SECRET_KEY, old = "another secret", settings.SECRET_KEY
    with pytest.raises(CommandError, match="has changed"):
        call_command("reseal_private_answers")
    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("reseal_private_answers", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    assert asked(AYESHA, police, screener).said == "hit"
    _check_now()
    settings.SECRET_KEY = old
    with pytest.raises(CannotBeAsked):
        opened(bytes(HolderKey.objects.get().sealed_seed))
    with pytest.raises(DatabaseError), transaction.atomic():
        HolderKey.objects.update(at=MONDAY + timedelta(days=1))


# --- who, and how often ---


def test_limits_of_a_person_hold_for_a_day(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA)
    for _time in range(NO_LOTS.one_person_a_day):
        asked(STRANGER, police, screener)
    assert left_today(screener, MONDAY).person == 0
    with pytest.raises(LimitReached, match="as often as one person may"):
        asked(AYESHA, police, screener)
    assert PrivateQuestion.objects.count() == NO_LOTS.one_person_a_day
    assert asked(AYESHA, police, screener, now=MONDAY + timedelta(days=1)).said == "hit"
    assert left_today(screener, MONDAY + timedelta(days=2)).person == NO_LOTS.one_person_a_day


def test_limits_of_an_agency_count_everybody_in_it(
    police: Agency, screener: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(police, AYESHA)
    monkeypatch.setattr(asking, "in_force", lambda on: replace(NO_LOTS, one_agency_a_day=3))
    others = [_person(f"other{n}", screener.agency) for n in range(3)]
    for person in others:
        asked(STRANGER, police, person)
    with pytest.raises(LimitReached, match="as often as one agency may"):
        asked(AYESHA, police, screener)
    elsewhere = _person("elsewhere", _agency("Elm Street Surgery", "gp"))
    assert asked(AYESHA, police, elsewhere).said == "hit"


def test_one_case_may_be_asked_about_a_few_times_only(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA)
    case = About(uuid4(), "NF-2222-22")
    for day in range(NO_LOTS.one_case):
        asked(STRANGER, police, screener, case, now=MONDAY + timedelta(days=day))
    with pytest.raises(LimitReached, match="about NF-2222-22"):
        asked(AYESHA, police, screener, case, now=MONDAY + timedelta(days=9))


def test_what_cannot_be_asked_is_said_and_does_not_count(police: Agency, screener: Person) -> None:
    with pytest.raises(CannotBeAsked, match="has not prepared any answers"):
        asked(AYESHA, police, screener)
    prepared(police, AYESHA)
    with pytest.raises(CannotBeAsked, match="your own agency"):
        asked(AYESHA, screener.agency, screener)
    with pytest.raises(CannotBeAsked, match="Give a date of birth"):
        asked(DescribedPerson(names=AYESHA.names), police, screener)
    with pytest.raises(CannotBeAsked, match="no such agency"):
        ask(
            question_id=uuid4(),
            child=AYESHA,
            about=About(uuid4(), "NF-1"),
            asked_id=0,
            purpose=Purpose.VISIT,
            by=screener,
            ground=GROUND,
            now=MONDAY,
        )
    assert not PrivateQuestion.objects.exists()
    assert left_today(screener, MONDAY).person == in_force(MONDAY.date()).one_person_a_day


def test_without_the_library_a_sentence_says_so(
    police: Agency, screener: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(police, AYESHA)
    monkeypatch.setattr("openmash.engines.matching.private.group.rbcl", None)
    with pytest.raises(CannotBeAsked, match="not set up"):
        asked(AYESHA, police, screener)


def test_nonsense_is_refused_by_holder_and_keeper(police: Agency) -> None:
    prepared(police, AYESHA)
    key = HolderKey.objects.get()
    with pytest.raises(MessageRefused):
        holder.evaluate_for(key, b"x" * 1044)
    with pytest.raises(MessageRefused):
        keeper.answer_for(key, b"", person_before=False, limits=NO_LOTS, weights=current(), now=MONDAY)


def test_a_refused_limit_is_a_refusal_that_the_log_can_take(police: Agency) -> None:
    refusal = LimitReached("Enough.", asked_agency_id=police.pk)
    assert isinstance(refusal, Refused)
    assert (refusal.verb, refusal.subject_kind, refusal.subject_id) == (
        "ask_privately",
        "private_answers",
        str(police.pk),
    )


def test_a_child_told_about_many_times_is_one_child_and_still_a_hit(police: Agency, screener: Person) -> None:
    again = replace(AYESHA, names=(PersonName("Aisha Chaudhry"),), parents=())
    at_home = replace(AYESHA, born=Born(on=date(2016, 1, 1)))
    prepared(police, AYESHA, again, TOM, at_home, AYESHA)
    assert sorted(len(person.record_ids) for person in PreparedPerson.objects.all()) == [1, 4]
    assert asked(AYESHA, police, screener).said == "hit"
    assert asked(STRANGER, police, screener).said == "no_hit"


def test_brothers_and_sisters_are_not_one_child(police: Agency) -> None:
    twin = replace(AYESHA, names=(PersonName("Zara", "Chowdhury"),))
    prepared(police, AYESHA, twin)
    assert PreparedPerson.objects.count() == 2


@pytest.fixture
def at_the_limit(transactional_db: None) -> Iterator[tuple[Agency, Person]]:
    police = _agency("Northfield Police", "police")
    person = _person("screener", _agency("Northfield Children's Services", "childrens_social_care"))
    prepared(police, AYESHA)
    yield police, person


@pytest.mark.django_db(transaction=True)
def test_two_at_once_at_the_limit_and_only_one_gets_through(
    at_the_limit: tuple[Agency, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    police, person = at_the_limit
    monkeypatch.setattr(asking, "in_force", lambda on: replace(NO_LOTS, one_person_a_day=1))
    together, outcomes = threading.Barrier(4), []

    def one() -> None:
        together.wait()
        try:
            outcomes.append(asked(AYESHA, police, person).said)
        except LimitReached:
            outcomes.append("limit")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["hit", "limit", "limit", "limit"]
    assert PrivateQuestion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_is_one_question_with_one_answer(at_the_limit: tuple[Agency, Person]) -> None:
    police, person = at_the_limit
    case, once = About(uuid4(), "NF-5555-55"), uuid4()
    pressed = at_once([lambda: asked(AYESHA, police, person, case, question_id=once)] * 4)
    assert {each.pk for each in pressed} == {once} and {each.said for each in pressed} == {"hit"}
    assert PrivateQuestion.objects.count() == 1
    assert Event.objects.filter(verb="ask_privately").count() == 1


@pytest.mark.django_db(transaction=True)
def test_agencies_that_ask_about_one_case_at_once_all_hear_that_a_person_must_answer(
    at_the_limit: tuple[Agency, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    police, person = at_the_limit
    others = [person, *(_person(f"other{n}", _agency(f"School {n}", "school")) for n in range(3))]
    lots = iter([True, False, False, False])
    monkeypatch.setattr(keeper, "person_by_lot", lambda *question: next(lots))
    monkeypatch.setattr(keeper, "ANSWERED_AFTER", 0.2)  # so that none is done before the others begin
    case = About(uuid4(), "NF-6666-66")
    said = at_once([partial(asked, AYESHA, police, each, case) for each in others])
    assert [each.said for each in said] == ["person"] * 4


def at_once(acts: Sequence[Callable[[], PrivateQuestion]]) -> list[PrivateQuestion]:
    """Each on a connection of its own, all beginning together."""
    together, done = threading.Barrier(len(acts)), []

    def one(act: Callable[[], PrivateQuestion]) -> None:
        together.wait()
        try:
            done.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(acts)
    return done


# --- the log ---


def test_leads_of_both_sides_see_the_question_and_only_the_asker_sees_the_answer(
    police: Agency, screener: Person
) -> None:
    prepared(police, AYESHA)
    question = asked(AYESHA, police, screener)
    their_lead = _person("lead", police, "safeguarding_lead")
    our_manager = _person("manager", screener.agency, "manager")
    theirs = look_at_log(by=their_lead, now=MONDAY, may_open=set)
    assert [(each.by, each.agency, each.case_reference) for each in theirs.asked_us] == [
        ("Screener", "Northfield Children's Services", "NF-1111-11")
    ]
    assert theirs.asked_us[0].said == "" and theirs.we_asked == ()
    assert [(row.agency, row.questions, row.people) for row in theirs.how_often] == [
        ("Northfield Children's Services", 1, 1)
    ]
    ours = look_at_log(by=our_manager, now=MONDAY, may_open=set)
    assert ours.asked_us == () and [each.said for each in ours.we_asked] == ["hit"]
    assert Event.objects.filter(verb="see_private_log").count() == 2
    assert look_at_answer(question.pk, by=screener, now=MONDAY).said == "hit"
    with pytest.raises(Refused, match="Only the agency that asked"):
        look_at_answer(question.pk, by=their_lead, now=MONDAY)


def test_leads_see_neither_reference_nor_answer_of_a_case_they_may_not_open(
    police: Agency, screener: Person
) -> None:
    prepared(police, AYESHA)
    mine, not_mine = (asked(AYESHA, police, screener, About(uuid4(), name)) for name in ("C-1", "C-2"))
    leads = (_person("lead", police, "safeguarding_lead"), _person("manager", screener.agency, "manager"))
    logs = [look_at_log(by=lead, now=MONDAY, may_open=lambda cases: {mine.case_id}) for lead in leads]
    theirs, ours = logs[0].asked_us, logs[1].we_asked
    assert {each.case_reference for each in (*theirs, *ours)} == {"C-1", ""}
    assert {(each.case_reference, each.said) for each in ours} == {("C-1", "hit"), ("", "")}
    assert {each.by for each in (*theirs, *ours)} == {"Screener"} and not_mine.said == "hit"


def test_nobody_else_sees_the_log_or_shields(police: Agency, screener: Person) -> None:
    with pytest.raises(Refused):
        look_at_log(by=screener, now=MONDAY, may_open=set)
    with pytest.raises(Refused):
        shield(record_id=uuid4(), shielded=True, reason="x", by=screener, now=MONDAY)


def test_shielding_needs_a_reason(police: Agency) -> None:
    lead = _person("lead", police, "safeguarding_lead")
    with pytest.raises(CannotBeShielded, match="Say why"):
        shield(record_id=uuid4(), shielded=True, reason=" ", by=lead, now=MONDAY)


def test_whom_to_ring_is_whoever_leads_safeguarding_today(police: Agency) -> None:
    lead = _person("lead", police, "safeguarding_lead")
    gone = _person("gone", police, "safeguarding_lead")
    RoleHeld.objects.filter(person=gone).update(ends=date(2026, 1, 1))
    _person("officer", police)
    assert [each.email for each in whom_to_ring(police, MONDAY)] == [lead.email]


# --- what the database refuses ---


def _check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_questions_stay_as_they_are(police: Agency, screener: Person) -> None:
    prepared(police, AYESHA)
    question = asked(AYESHA, police, screener)
    for change in (
        lambda: PrivateQuestion.objects.filter(pk=question.pk).update(said="no_hit"),
        lambda: PrivateQuestion.objects.filter(pk=question.pk).delete(),
        lambda: HolderKey.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_no_question_without_an_event(police: Agency, screener: Person) -> None:
    with pytest.raises(DatabaseError, match="without an audit event"), transaction.atomic():
        PrivateQuestion.objects.create(
            by=screener,
            asker=screener.agency,
            asked=police,
            case_id=uuid4(),
            case_reference="NF-1",
            purpose="screening",
            ground=GROUND,
            at=MONDAY,
            said="hit",
            weights="2026-11",
        )
        _check_now()


def test_a_token_that_very_many_share_tells_nobody_apart(
    police: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = [replace(AYESHA, names=(PersonName("Ayesha", name),)) for name in ("Khan", "Bell", "Wood")]
    prepared(police, *alike)
    outputs = list(PreparedOutput.objects.values_list("output", flat=True))
    key = HolderKey.objects.get()
    hits = keeper.hits_of(key, outputs)
    assert {hit.shared_by for hit in hits} == {1, 3} and len({hit.person for hit in hits}) == 3
    monkeypatch.setattr(keeper, "MOST_SHARED", 2)
    assert {hit.shared_by for hit in keeper.hits_of(key, outputs)} == {1}


def test_limits_are_dated_and_never_none() -> None:
    assert every_version()
    assert in_force(date(1990, 1, 1)) == every_version()[0]
    assert in_force(date(2100, 1, 1)) == every_version()[-1]
    assert PreparedPerson.objects.none().count() == 0
