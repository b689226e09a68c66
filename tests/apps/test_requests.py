"""A request for information: who may ask, answer and read; what left; and what nobody may claim."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.queries.waits import waits_of_team
from openmash.apps.concerns.actions.restricting import declare_conflict, restrict
from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, FollowUp
from openmash.apps.concerns.queries.wanted import wanted_on
from openmash.apps.directory.models import Person
from openmash.apps.sharing.actions.answering import answer_request, begin_answering, refuse_request
from openmash.apps.sharing.actions.asking import Ask, ask_information, withdraw_request
from openmash.apps.sharing.actions.deciding import (
    decide_not_to_ask,
    write_down_not_shared,
    write_down_shared,
)
from openmash.apps.sharing.models import Answer, ItemAnswer, NotShared, Request, Shared
from openmash.apps.sharing.queries.in_work import waiting_in_work
from openmash.apps.sharing.queries.lists import look_at_lists
from openmash.apps.sharing.queries.log import look_at_log
from openmash.apps.sharing.queries.opened import open_request
from openmash.apps.sharing.queries.to_ask import OnRecord, look_to_ask
from openmash.apps.sharing.rules import Answered, Outcome, state_after
from openmash.apps.sharing.states import MEANINGS, MOVES, VERBS, State
from tests.apps.casework import working
from tests.apps.journey import NOW, decided, screening
from tests.apps.test_guards import check_now, refused
from tests.cast import Cast, child, make_cast

LATER = NOW + timedelta(hours=1)
SECRET = "The lodger is called Marmaduke."


def on(contact: Contact) -> OnRecord:
    return OnRecord("contact", contact.pk)


@pytest.fixture
def contact(cast: Cast) -> Contact:
    """A concern in screening. Its account holds something that nobody outside the front door should read."""
    parts = (child("Ayesha Chowdhury", about_age=8, address="1 Mill Lane", postcode="NF1 2AB"),)
    return screening(cast, "A06", parts=parts, account=SECRET)


def asking(contact: Contact, cast: Cast, **given: Any) -> Ask:
    described = contact.parts.get().description_id
    fields: dict[str, Any] = {
        "asked_agency_id": cast.safeguarding_lead.agency_id,
        "asked_person_id": None,
        "told": (f"{described}:name",),
        "questions": ("How has attendance been this term?", "Who collects her from school?"),
        "why": "To know who belongs in the picture.",
        "grounds": ("public_task", "s10"),
        "family": "not_safe",
        "family_said": f"Her mother is watched. {SECRET}",
        "by_when": "days_1",
    }
    return Ask(**{**fields, **given})


def asked(contact: Contact, cast: Cast, *, by: Person | None = None, **given: Any) -> Request:
    return ask_information(
        request_id=uuid.uuid4(),
        on=on(contact),
        ask=asking(contact, cast, **given),
        by=by or cast.screener,
        now=NOW,
    )


def answered(request: Request, by: Person, *said: tuple[str, str] | None, **given: Any) -> Request:
    """What is said to each question in turn; None leaves one out."""
    words = [
        Answered(item.pk, *each)
        for item, each in zip(request.item_set.all(), said, strict=True)
        if each is not None
    ]
    fields: dict[str, Any] = {"note": "", "grounds": ("public_task",), "seen_version": None, "now": LATER}
    return answer_request(request_id=request.pk, answered=words, by=by, **{**fields, **given})


def left(shared: Shared) -> dict[str, str]:
    return {field.label: field.text for field in shared.fields.all()}


def test_what_left_is_what_was_chosen_and_nothing_else(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    [told] = request.shared_set.all()
    assert left(told) == {
        "Name of the child": "Ayesha Chowdhury",
        "Why it is asked": "To know who belongs in the picture.",
        "What the family says to it": "Asking them could put somebody in danger, or spoil evidence",
        "Question 1": "How has attendance been this term?",
        "Question 2": "Who collects her from school?",
    }
    assert [ground["name"] for ground in told.grounds] == [
        "Task in the public interest",
        "Duty to work together",
    ]
    request = answered(
        request,
        cast.safeguarding_lead,
        ("answered", "82 per cent."),
        ("withheld", "Her aunt asked us not to."),
    )
    answer = request.shared_set.order_by("id")[1]
    assert left(answer) == {"How has attendance been this term?": "82 per cent."}
    assert answer.to_agency == cast.screener.agency
    kept = NotShared.objects.get()
    assert (kept.what, kept.reason) == ("Who collects her from school?", "Her aunt asked us not to.")
    check_now()


def test_the_agency_asked_reads_nothing_of_the_contact(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    theirs = open_request(request.pk, by=cast.safeguarding_lead, now=LATER)
    assert theirs.ours is None
    assert (
        SECRET not in repr(theirs)
        and contact.reference not in repr(theirs)
        and str(contact.pk) not in repr(theirs)
    )
    ours = open_request(request.pk, by=cast.screener, now=LATER)
    assert ours.ours is not None and SECRET in ours.ours.family_said
    with pytest.raises(Refused):
        look_to_ask(on(contact), by=cast.safeguarding_lead, now=LATER)


def test_who_reads_and_who_answers(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    for reader in ("screener", "second_screener", "manager", "head", "partner", "safeguarding_lead"):
        open_request(request.pk, by=cast.people[reader], now=LATER)
    for stranger in ("teacher", "gp", "adviser", "screener_elsewhere", "social_worker", "boarding_lead"):
        with pytest.raises(Refused):
            open_request(request.pk, by=cast.people[stranger], now=LATER)
    for other in ("screener", "manager", "teacher", "boarding_lead", "partner"):
        with pytest.raises(Refused):
            answered(request, cast.people[other], ("answered", "Yes."), None)
        with pytest.raises(Refused):
            refuse_request(
                request_id=request.pk, seen_version=None, reason="No.", by=cast.people[other], now=LATER
            )
    for other in ("safeguarding_lead", "teacher", "partner"):
        with pytest.raises(Refused):
            withdraw_request(
                request_id=request.pk, seen_version=None, reason="No.", by=cast.people[other], now=LATER
            )
    for other in ("teacher", "safeguarding_lead", "head", "adviser", "screener_elsewhere"):
        with pytest.raises(Refused):
            asked(contact, cast, by=cast.people[other])


def test_somebody_asked_by_name_answers_where_nobody_leads(contact: Contact, cast: Cast) -> None:
    with pytest.raises(Incomplete, match="Choose a person"):
        asked(contact, cast, asked_agency_id=cast.gp.agency_id)
    request = asked(contact, cast, asked_agency_id=None, asked_person_id=cast.gp.pk)
    assert look_at_lists(by=cast.gp, now=LATER).to_answer[0].request == request
    answered(request, cast.gp, ("not_held", ""), ("not_known", "She moved practice in May."))
    request.refresh_from_db()
    assert request.state == State.ANSWERED_IN_FULL
    said = left(request.shared_set.order_by("id")[1])
    assert said["How has attendance been this term?"] == "Not held: we have no records that would say."
    assert said["Who collects her from school?"].startswith("Not known: our records do not say")


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"asked_agency_id": None}, "asked"),
        ({"told": ()}, "told"),
        ({"questions": ()}, "questions"),
        ({"questions": tuple(f"{n}?" for n in range(13))}, "questions"),
        ({"why": " "}, "why"),
        ({"grounds": ()}, "grounds"),
        ({"grounds": ("household",)}, "grounds"),
        ({"family": ""}, "family"),
        ({"family": "not_safe", "family_said": " "}, "family_said"),
        ({"by_when": "someday"}, "by_when"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_leaves(
    contact: Contact, cast: Cast, lacking: dict[str, Any], field: str
) -> None:
    with pytest.raises(Incomplete) as error:
        asked(contact, cast, **lacking)
    assert [reason.field for reason in error.value.reasons] == [field]
    assert not Request.objects.exists() and not Shared.objects.exists()


def test_sending_twice_asks_once(contact: Contact, cast: Cast) -> None:
    key, ask = uuid.uuid4(), asking(contact, cast)
    first = ask_information(request_id=key, on=on(contact), ask=ask, by=cast.screener, now=NOW)
    assert ask_information(request_id=key, on=on(contact), ask=ask, by=cast.screener, now=LATER) == first
    assert Request.objects.count() == Shared.objects.count() == 1


def test_two_people_answering_at_once_see_each_other(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    answered(request, cast.safeguarding_lead, ("answered", "82 per cent."), None, seen_version=1)
    with pytest.raises(ChangedMeanwhile):
        answered(request, cast.safeguarding_lead, ("answered", "80 per cent."), None, seen_version=1)


def test_no_answer_leaves_without_a_ground(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    for said in [("answered", "82 per cent."), ("not_held", ""), ("not_known", "")]:
        with pytest.raises(Incomplete, match="legal ground"):
            answered(request, cast.safeguarding_lead, said, None, grounds=())
    answered(request, cast.safeguarding_lead, ("withheld", "A court order forbids it."), None, grounds=())
    assert request.shared_set.count() == 1 and NotShared.objects.count() == 1


def test_a_refusal_has_a_reason_for_every_question_and_is_no_last_word(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    lead = cast.safeguarding_lead
    with pytest.raises(Incomplete):
        refuse_request(request_id=request.pk, seen_version=None, reason=" ", by=lead, now=LATER)
    refuse_request(request_id=request.pk, seen_version=None, reason="Not ours to tell.", by=lead, now=LATER)
    assert NotShared.objects.count() == 2
    answered(request, lead, ("answered", "82 per cent."), ("answered", "Her aunt."))
    request.refresh_from_db()
    assert request.state == State.ANSWERED_IN_FULL
    with pytest.raises(NotPossibleNow):
        withdraw_request(
            request_id=request.pk, seen_version=None, reason="Late.", by=cast.screener, now=LATER
        )


def test_withholding_question_by_question_is_a_refusal_in_the_end(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    for said in [(("withheld", "Not ours to tell."), None), (None, ("withheld", "Nor this."))]:
        answered(request, cast.safeguarding_lead, *said, grounds=())
    request.refresh_from_db()
    assert request.state == State.REFUSED


def test_overdue_is_a_fact_that_the_managers_of_the_asker_see(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    due = request.due_at
    before, after = due - timedelta(minutes=1), due + timedelta(minutes=1)
    assert not look_at_lists(by=cast.manager, now=before).overdue
    for colleague in (cast.manager, cast.second_screener):
        assert [line.request for line in look_at_lists(by=colleague, now=before).waiting] == [request]
    for other in (cast.screener_elsewhere, cast.adviser, cast.teacher, cast.social_worker):
        assert not look_at_lists(by=other, now=before).waiting
    assert not look_at_lists(by=cast.second_screener, now=after).overdue
    assert [line.request for line in look_at_lists(by=cast.manager, now=after).overdue] == [request]
    assert not look_at_lists(by=cast.team_manager, now=after).overdue
    assert not look_at_lists(by=cast.safeguarding_lead, now=after).overdue
    assert open_request(request.pk, by=cast.manager, now=after).overdue
    answered(request, cast.safeguarding_lead, ("not_held", ""), ("withheld", "Not ours to tell."))
    request.refresh_from_db()
    assert request.state == State.ANSWERED_IN_PART
    assert not look_at_lists(by=cast.manager, now=after).overdue


def test_the_longest_waiting_stand_first(contact: Contact, cast: Cast) -> None:
    first, second = asked(contact, cast, by_when="days_10"), asked(contact, cast, by_when="today")
    begin_answering(request_id=second.pk, seen_version=1, by=cast.safeguarding_lead, now=LATER)
    lists = look_at_lists(by=cast.safeguarding_lead, now=LATER)
    assert [line.request for line in lists.to_answer] == sorted(
        [first, second], key=lambda each: (each.at, each.pk)
    )


def test_on_a_case_whoever_leads_the_work_asks(cast: Cast) -> None:
    case = working.led(cast)
    described = case.child_id
    contact = Contact.objects.get()
    ask = asking(contact, cast, told=(f"{described}:name",))
    request = ask_information(
        request_id=uuid.uuid4(), on=OnRecord("case", case.pk), ask=ask, by=cast.social_worker, now=NOW
    )
    open_request(request.pk, by=cast.team_manager, now=LATER)
    with pytest.raises(Refused):
        open_request(request.pk, by=cast.second_social_worker, now=LATER)
    late = request.due_at + timedelta(days=1)
    assert [line.request for line in look_at_lists(by=cast.team_manager, now=late).overdue] == [request]
    check_now()


def test_what_is_asked_in_the_work_waits_there_until_it_is_answered(cast: Cast) -> None:
    case = working.led(cast)
    told = (f"{case.child_id}:name",)
    ask = asking(Contact.objects.get(), cast, told=told)
    request = ask_information(
        request_id=uuid.uuid4(), on=OnRecord("case", case.pk), ask=ask, by=cast.social_worker, now=NOW
    )
    for by in (cast.social_worker, cast.team_manager):
        assert waiting_in_work(by=by, now=LATER) == (request,)
    for by in (cast.second_social_worker, cast.safeguarding_lead, cast.teacher):
        assert waiting_in_work(by=by, now=LATER) == ()
    owed = [(case.pk, request.at)]
    (wait,) = waits_of_team(by=cast.team_manager, now=LATER, also_awaited=owed)["For another agency"].longest
    assert (wait.whom, wait.since) == (case, request.at)
    answered(request, cast.safeguarding_lead, (Outcome.ANSWERED, "Well."), None)
    assert waiting_in_work(by=cast.social_worker, now=LATER) == (request,)
    answered(request, cast.safeguarding_lead, None, (Outcome.NOT_KNOWN, "Nobody writes it down."))
    assert waiting_in_work(by=cast.social_worker, now=LATER) == ()


# Rule C16


def test_a_not_known_that_matters_is_proposed_by_itself_and_sent(cast: Cast) -> None:
    contact = screening(cast, "A10", parts=(child(about_age=8),))
    disabled = next(each for each in wanted_on(contact, now=NOW) if "GP practice" in each.whom)
    told = (f"{contact.parts.get().description_id}:name",)
    request = asked(
        contact, cast, wanted=(disabled.key,), told=told, asked_agency_id=None, asked_person_id=cast.gp.pk
    )
    first = request.item_set.get(number=1)
    assert first.follow_up is not None and first.question == first.follow_up.text == disabled.question
    assert request.reference in first.follow_up.done.note
    assert left(request.shared_set.get())["Question 1"] == disabled.question
    contact.refresh_from_db()
    assert disabled.key not in {each.key for each in wanted_on(contact, now=NOW)}
    with pytest.raises(NotPossibleNow):
        asked(
            contact, cast, wanted=(disabled.key,), told=told, asked_agency_id=None, asked_person_id=cast.gp.pk
        )
    assert Request.objects.count() == 1


def test_a_proposal_is_declined_with_a_reason_only_and_not_raised_again_by_the_decision(cast: Cast) -> None:
    contact = screening(cast, "A10", parts=(child(about_age=8),))
    wanted = wanted_on(contact, now=NOW)
    assert wanted
    key = wanted[0].key
    with pytest.raises(Incomplete):
        decide_not_to_ask(contact_id=contact.pk, key=key, reason=" ", by=cast.screener, now=NOW)
    with pytest.raises(Refused):
        decide_not_to_ask(contact_id=contact.pk, key=key, reason="Known.", by=cast.teacher, now=NOW)
    decide_not_to_ask(contact_id=contact.pk, key=key, reason="Her mother told us.", by=cast.screener, now=NOW)
    done = FollowUp.objects.get().done
    assert "Her mother told us." in done.note
    contact.refresh_from_db()
    assert key not in {each.key for each in wanted_on(contact, now=NOW)}


def test_what_a_decision_leaves_to_be_asked_stands_in_the_list_of_the_front_door(cast: Cast) -> None:
    decided(cast, "A10", parts=(child(about_age=8),))
    assert look_at_lists(by=cast.screener, now=NOW).wanted
    assert not look_at_lists(by=cast.screener_elsewhere, now=NOW).wanted
    assert not look_at_lists(by=cast.teacher, now=NOW).wanted


# The log


def test_not_sharing_is_as_easy_to_write_down_as_sharing(cast: Cast) -> None:
    common: dict[str, Any] = {
        "about": "A boy in Year 4",
        "with_whom": "His football club",
        "by": cast.teacher,
        "now": NOW,
    }
    write_down_shared(what="His name\nThat he is safe", grounds=("public_task",), **common)
    write_down_not_shared(what="Where he lives", reason="They do not need it.", **common)
    with pytest.raises(Incomplete):
        write_down_not_shared(what="Where he lives", reason="", **common)
    own = look_at_log(by=cast.teacher, now=NOW)
    assert len(own.shared[0].fields.all()) == 2 and own.not_shared[0].what == "Where he lives"
    assert look_at_log(by=cast.safeguarding_lead, now=NOW).shared == own.shared
    for other in (cast.gp, cast.boarding_lead):  # somebody elsewhere, and somebody who leads elsewhere
        theirs = look_at_log(by=other, now=NOW)
        assert theirs.shared == () and theirs.not_shared == ()
    check_now()


# What the database refuses


def test_in_full_is_never_claimed_while_something_is_not_shared(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    answered(request, cast.safeguarding_lead, ("answered", "82 per cent."), ("withheld", "Not ours to tell."))
    check_now()

    def claim(state: str) -> None:
        Request.objects.filter(pk=request.pk).update(state=state)

    assert "not answered in full" in refused(lambda: claim("answered_in_full"))
    assert "without an answer or a reason" in refused(lambda: claim("withdrawn"))


def test_nobody_answers_for_another_agency_even_in_the_database(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    assert "only the agency that was asked" in refused(
        lambda: Answer.objects.create(request=request, note="All well.", by=cast.gp, at=NOW)
    )


def test_neither_questions_nor_the_log_change(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    told = request.shared_set.get()
    for change in (
        lambda: Request.objects.filter(pk=request.pk).update(why="Another reason."),
        lambda: Shared.objects.filter(pk=told.pk).update(grounds=[{"id": "vital"}]),
        lambda: told.fields.all().delete(),
        lambda: request.item_set.all().delete(),
    ):
        assert "annot" in refused(change)
    assert "shared_on_a_ground" in refused(
        lambda: Shared.objects.create(
            from_agency=cast.gp.agency,
            to_whom="X",
            about="Y",
            grounds=[],
            text_version="1",
            by=cast.gp,
            at=NOW,
        )
    )
    assert "item_answered_or_why_not" in refused(
        lambda: ItemAnswer.objects.create(
            request=request,
            item=request.item_set.get(number=1),
            answer=Answer.objects.create(request=request, by=cast.safeguarding_lead, at=NOW),
            outcome="withheld",
        )
    )


def test_every_step_is_written_down(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    begin_answering(request_id=request.pk, seen_version=1, by=cast.safeguarding_lead, now=LATER)
    answered(request, cast.safeguarding_lead, None, ("answered", "Her aunt."))
    withdraw_request(request_id=request.pk, seen_version=3, reason="We know now.", by=cast.manager, now=LATER)
    open_request(request.pk, by=cast.safeguarding_lead, now=LATER)
    verbs = list(
        Event.objects.filter(subject_id=str(request.pk)).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == [
        "ask_information",
        "begin_answering",
        "answer_request",
        "withdraw_request",
        "see_request",
    ]
    assert Event.objects.filter(
        subject_kind="contact", subject_id=str(contact.pk), verb="ask_information"
    ).exists()


# The tables


def test_every_state_is_reached_and_has_words() -> None:
    assert set(MEANINGS) == set(State)
    reached = {State.ASKED}
    for _ in State:
        reached |= {
            after for (_verb, before), afters in MOVES.items() if before in reached for after in afters
        }
    assert reached == set(State)
    assert set(VERBS) == {"begin_answering", "answer_request", "refuse_request", "withdraw_request"}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["answered", "not_held", "not_known"], State.ANSWERED_IN_FULL),
        (["answered", "withheld", "answered"], State.ANSWERED_IN_PART),
        (["answered", None, None], State.ANSWERED_IN_PART),
        (["withheld", "withheld", "withheld"], State.REFUSED),
        (["withheld", "withheld", None], State.ANSWERED_IN_PART),
    ],
)
def test_what_an_answer_makes_of_a_request(said: list[Outcome | None], state: State) -> None:
    latest = {number: outcome for number, outcome in enumerate(said) if outcome is not None}
    assert state_after(latest, range(3)) == state


def waiting_at(by: Person) -> list[Request]:
    lists = look_at_lists(by=by, now=NOW)
    return [line.request for line in (*lists.waiting, *lists.overdue, *lists.came_back)]


def test_lists_leave_out_what_the_viewer_is_kept_out_of(contact: Contact, cast: Cast) -> None:
    request = asked(contact, cast)
    assert request in waiting_at(cast.screener)
    assert request in waiting_at(cast.second_screener)
    restrict(
        contact_id=contact.pk,
        kind="staff",
        reason="Her aunt works here.",
        owner=cast.manager,
        named=[cast.screener],
        ends_on=NOW.date() + timedelta(days=30),
        by=cast.manager,
        now=NOW,
    )
    assert request in waiting_at(cast.screener)
    assert request not in waiting_at(cast.second_screener)
    declare_conflict(contact_id=contact.pk, reason="She is my niece.", by=cast.screener, now=NOW)
    # Having asked is no ground any more, in the list or on the page.
    assert request not in waiting_at(cast.screener)
    with pytest.raises(Refused):
        open_request(request.pk, by=cast.screener, now=NOW)
    assert open_request(request.pk, by=cast.manager, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_twice_in_the_same_moment_is_one() -> None:
    cast = make_cast()
    contact = screening(cast, "A06", parts=(child("Ayesha Chowdhury", about_age=8),))
    key, ask = uuid.uuid4(), asking(contact, cast)
    together = threading.Barrier(2)
    found: list[object] = []

    def send() -> None:
        together.wait()
        try:
            found.append(
                ask_information(request_id=key, on=on(contact), ask=ask, by=cast.screener, now=NOW).pk
            )
        except Exception as wrong:
            found.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [key, key]
    assert Request.objects.count() == 1
