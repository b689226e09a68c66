"""The front door from end to end, as the actions tell it."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.concerns.account import PartTold, Raiser, SignTold
from openmash.apps.concerns.actions.answering import acknowledge, answer, become_concern, give_advice
from openmash.apps.concerns.actions.deciding import agree, decide, return_decision
from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.actions.drafts import discard_draft, keep_page, own_draft, start_draft
from openmash.apps.concerns.actions.linking import say_same_child
from openmash.apps.concerns.actions.raising import ask_advice, raise_concern
from openmash.apps.concerns.actions.screening import (
    add_information,
    record_fact,
    record_sign,
    start_screening,
    withdraw_sign,
)
from openmash.apps.concerns.codes import new_code
from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.concerns.queries.findings import work_out
from openmash.apps.concerns.queries.lists import mine, worklist
from openmash.apps.concerns.queries.looking import find_by_code, look_as_hub, look_as_raiser
from openmash.apps.concerns.states import State
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.queries import adopted, in_force
from tests.apps.journey import HOUR, answered, asked, choice, decided, raised, screening
from tests.cast import LONDON, MONDAY, Cast, account, child, make_cast, policy_texts

NOW = MONDAY + 5 * HOUR


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[arg-type, misc]


# Clocks


@pytest.mark.parametrize(
    ("received", "sign", "due"),
    [
        (at(2026, 11, 20, 16, 50), "A06", at(2026, 11, 23, 16, 50)),  # Friday afternoon
        (at(2026, 11, 21, 11, 0), "A06", at(2026, 11, 23, 23, 59)),  # Saturday
        (at(2026, 12, 24, 15, 0), "A06", at(2026, 12, 29, 15, 0)),  # Christmas, and Boxing Day's substitute
        (at(2027, 3, 25, 15, 0), "A06", at(2027, 3, 30, 15, 0)),  # Easter, and the change to summer time
        (at(2026, 11, 20, 16, 50), "D18", at(2026, 11, 20, 23, 59)),  # level 4: the same day
        (at(2026, 11, 20, 16, 50), "D01", at(2026, 11, 20, 16, 50)),  # immediate: at once
    ],
)
def test_the_clock_is_worked_out_on_the_server(
    cast: Cast, received: datetime, sign: str, due: datetime
) -> None:
    assert raised(cast, sign, now=received).due_at == due


# What is sent


def test_a_concern_about_a_child_of_whom_nothing_is_known(cast: Cast) -> None:
    contact = raised(cast, parts=(child(""),), seen="not_known")
    assert contact.state == State.RECEIVED
    assert contact.findings.get().level == "1"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"account": "  "}, "account"),
        ({"parts": ()}, "child"),
        ({"parts": (child(born_on=date(2030, 1, 1)),)}, "born_on"),
        ({"parts": (child(about_age=900),)}, "about_age"),
        ({"signs": (SignTold("Z99", "seen"),)}, "signs"),
        ({"signs": (SignTold("A06", "rumour"),)}, "A06-evidence"),
        ({"signs": (SignTold("A06", "seen", since=date(2030, 1, 1)),)}, "A06-since"),
        ({"facts": {"is_royal": "yes"}}, "is_royal"),
    ],
)
def test_what_cannot_be_sent_says_why(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Incomplete) as incomplete:
        raised(cast, **given)
    assert [reason.field for reason in incomplete.value.reasons] == [field]
    assert not Contact.objects.exists()


def test_sending_a_draft_twice_is_one_concern(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    first = raise_concern(account=account(cast), by=cast.teacher, now=MONDAY, draft_id=draft.pk)
    again = raise_concern(account=account(cast), by=cast.teacher, now=NOW, draft_id=draft.pk)
    assert again.contact == first.contact
    assert again.was_already_sent
    assert Contact.objects.count() == 1


def test_a_draft_keeps_what_was_typed_and_is_nobody_elses(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    keep_page(
        draft_id=draft.pk, page="child", values={"day": ["31"], "month": ["2"]}, by=cast.teacher, now=NOW
    )
    assert own_draft(draft.pk, cast.teacher, "").pages == {"child": {"day": ["31"], "month": ["2"]}}
    for by, code in ((cast.gp, ""), (None, ""), (None, "AAAA-BBBB-CCCC"), (cast.manager, "")):
        with pytest.raises(Refused):
            own_draft(draft.pk, by, code)
    discard_draft(draft_id=draft.pk, by=cast.teacher, now=NOW)
    assert Draft.objects.get().pages == {}


def test_the_words_of_a_sent_draft_are_kept_once(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, pages={"child": {"name": ["Alex"]}}, now=MONDAY)
    raise_concern(account=account(cast), by=cast.teacher, now=MONDAY, draft_id=draft.pk)
    assert Draft.objects.get().pages == {}
    with pytest.raises(NotPossibleNow):
        keep_page(draft_id=draft.pk, page="child", values={}, by=cast.teacher, now=NOW)


def test_a_neighbour_without_a_name_hears_back_with_the_code(cast: Cast) -> None:
    code = new_code()
    draft = start_draft(kind="concern", by=None, code=code, now=MONDAY)
    sent = raise_concern(
        account=account(cast, raiser=Raiser("neighbour")),
        by=None,
        now=MONDAY,
        draft_id=draft.pk,
        draft_code=code,
    )
    assert sent.code and sent.code not in sent.contact.code_hash
    assert find_by_code(sent.contact.reference, "AAAA-AAAA-AAAA") is None
    found = find_by_code(sent.contact.reference.lower(), sent.code.lower().replace("-", " "))
    assert found == sent.contact
    with pytest.raises(Refused):
        look_as_raiser(sent.contact.pk, by=None, now=NOW)
    seen = look_as_raiser(sent.contact.pk, by=None, now=NOW, codes=frozenset({str(sent.contact.pk)}))
    assert seen == sent.contact


def test_a_concern_keeps_the_policy_it_was_filled_in_with(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', 'version = "2026-12"')
    newer = adopt(texts=texts, in_force_from=MONDAY + HOUR, by=cast.partner, now=MONDAY + HOUR)
    assert in_force(NOW).pk == newer.pk
    told = account(cast, policy_id=draft.policy_id)
    sent = raise_concern(account=told, by=cast.teacher, now=NOW, draft_id=draft.pk).contact
    assert adopted(sent.policy_id).policy.version == "2026-11"
    assert sent.findings.get().finding["policy"]["version"] == "2026-11"


# What others know


def test_the_raiser_is_not_told_what_other_agencies_know(cast: Cast) -> None:
    first = raised(cast, "A10")
    second = raised(cast, "A10", now=MONDAY + HOUR, same_child_as=first.pk)
    police = raised(cast, "A10", by=cast.police_officer, now=MONDAY + 2 * HOUR)
    link(cast, police, first)
    third = raised(cast, "A10", now=MONDAY + 3 * HOUR, same_child_as=second.pk)
    rules = {fired["rule"] for fired in third.findings.get().finding["fired"]}
    assert {"C6a", "C7"} <= rules  # three of the school's own
    assert "C6a" not in {fired["rule"] for fired in second.findings.get().finding["fired"]}
    here = work_out(third, policy=adopted(third.policy_id).policy, now=NOW)
    assert any("4" in because for fired in here.fired if fired.rule.id == "C6a" for because in fired.because)


def link(cast: Cast, later: Contact, earlier: Contact) -> None:
    say_same_child(
        contact_id=later.pk,
        description_id=later.parts.get(role="subject").description_id,
        earlier_id=earlier.parts.get(role="subject").description_id,
        reason="Same child.",
        by=cast.screener,
        now=NOW,
    )


def test_only_ones_own_earlier_contact_can_be_named(cast: Cast) -> None:
    theirs = raised(cast, "A10", by=cast.gp)
    with pytest.raises(Refused):
        raised(cast, "A10", same_child_as=theirs.pk)
    assert Contact.objects.count() == 1


# Screening and deciding


def test_withdrawing_the_sign_still_takes_a_second_person(cast: Cast) -> None:
    contact = screening(cast, "D18")
    with pytest.raises(Incomplete):
        withdraw_sign(
            contact_id=contact.pk, sign_id=contact.signs.get().pk, reason=" ", by=cast.screener, now=NOW
        )
    withdraw_sign(
        contact_id=contact.pk, sign_id=contact.signs.get().pk, reason="Misheard.", by=cast.screener, now=NOW
    )
    contact.refresh_from_db()
    made = decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=choice("1", "advice_only", why_not_policy="sign_misread"),
        by=cast.screener,
        now=NOW,
    )
    contact.refresh_from_db()
    assert (made.needs_second, contact.state) == (True, State.SECOND_PERSON)
    with pytest.raises(Refused):
        agree(
            contact_id=contact.pk,
            seen_version=contact.version,
            reason="Yes",
            by=cast.second_screener,
            now=NOW,
        )
    return_decision(
        contact_id=contact.pk, seen_version=contact.version, reason="No.", by=cast.manager, now=NOW
    )
    contact.refresh_from_db()
    assert contact.state == State.SCREENING


def test_a_manager_cannot_be_their_own_second_person(cast: Cast) -> None:
    contact = raised(cast, "D18")
    start_screening(contact_id=contact.pk, seen_version=1, by=cast.manager, now=NOW)
    decide(
        contact_id=contact.pk,
        seen_version=2,
        choice=choice(why_not_policy="sign_misread"),
        by=cast.manager,
        now=NOW,
    )
    with pytest.raises(NotPossibleNow):
        agree(contact_id=contact.pk, seen_version=3, reason="Yes", by=cast.manager, now=NOW)
    agree(contact_id=contact.pk, seen_version=3, reason="Yes", by=cast.second_manager, now=NOW)
    contact.refresh_from_db()
    assert contact.state == State.DECIDED


def test_a_decision_brings_what_the_policy_asks_for(cast: Cast) -> None:
    contact = decided(
        cast, "A10", chosen=choice("3", "family_help", why_not_policy="history"), parts=(child(about_age=8),)
    )
    asked_for = {(each.duty, each.owner) for each in contact.follow_ups.all()}
    assert ("information_request", "The child’s GP practice") in asked_for


def test_the_second_of_two_deciders_is_told(cast: Cast) -> None:
    contact = screening(cast, "A06")
    decide(contact_id=contact.pk, seen_version=contact.version, choice=choice(), by=cast.screener, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        decide(contact_id=contact.pk, seen_version=contact.version, choice=choice(), by=cast.manager, now=NOW)
    assert contact.decisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_decide_in_the_same_moment() -> None:
    cast = make_cast()
    contact = screening(cast, "A06")
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def attempt(name: str) -> None:
        together.wait()
        try:
            decide(
                contact_id=contact.pk,
                seen_version=contact.version,
                choice=choice(),
                by=cast.people[name],
                now=NOW,
            )
            outcomes.append("decided")
        except ChangedMeanwhile:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(name,)) for name in ("screener", "manager")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "told"]
    assert contact.decisions.count() == 1


# Hearing back


def test_an_answer_is_the_text_or_why_not_never_both(cast: Cast) -> None:
    contact = decided(cast, "A06")
    for text, unsafe in (("", ""), (" ", "\n"), ("Told", "and unsafe")):
        with pytest.raises(Incomplete):
            answer(
                contact_id=contact.pk,
                seen_version=contact.version,
                text=text,
                unsafe_because=unsafe,
                by=cast.screener,
                now=NOW,
            )
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="",
        unsafe_because="The person who may have harmed reads the post there.",
        by=cast.screener,
        now=NOW,
    )
    contact.refresh_from_db()
    assert contact.state == State.ANSWERED


def test_acknowledging_twice_is_once(cast: Cast) -> None:
    contact = answered(cast, "A06")
    for _ in range(2):
        acknowledge(contact_id=contact.pk, by=cast.teacher, now=NOW)
    assert Event.objects.filter(verb="acknowledge").count() == 1


def test_disagreement_goes_up_four_steps_and_holds_the_child(cast: Cast) -> None:
    contact = answered(cast, "A06")
    steps = [
        ("second_screener", at(2026, 11, 16, 23, 59)),
        ("second_manager", at(2026, 11, 17, 15, 0)),
        ("head", at(2026, 11, 18, 15, 0)),
        ("partner", at(2026, 11, 23, 15, 0)),
    ]
    for number, (who, due) in enumerate(steps, start=1):
        disagree(contact_id=contact.pk, reason="He is worse.", level_asked="4", by=cast.teacher, now=NOW)
        contact.refresh_from_db()
        assert (contact.state, contact.held_rank, contact.due_at) == (State.DISAGREED, 4, due)
        assert contact.disagreements.latest("id").step == number
        for other in {name for name, _due in steps} - {who}:
            if (number, other) == (1, "second_manager"):
                continue  # a manager may do a practitioner's step
            with pytest.raises(Refused):
                stand(contact, cast.people[other])
        stand(contact, cast.people[who])
        contact.refresh_from_db()
    assert contact.answers.count() == 5
    with pytest.raises(NotPossibleNow, match="last step"):
        disagree(contact_id=contact.pk, reason="Still.", by=cast.teacher, now=NOW)


def stand(contact: Contact, by: Any) -> None:
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="stands",
        reason="Because.",
        by=by,
        now=NOW,
    )


def test_the_child_stays_held_while_it_is_decided_again(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Worse.", level_asked="3", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="decide_again",
        reason="You are right to ask.",
        by=cast.manager,
        now=NOW,
    )
    contact.refresh_from_db()
    assert (contact.state, contact.held_rank, contact.answer) == (State.SCREENING, 3, None)


def test_new_information_opens_a_decision_again(cast: Cast) -> None:
    contact = answered(cast, "A06")
    old = contact.decision
    add_information(contact_id=contact.pk, text="He was hurt last night.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    assert contact.state == State.RECEIVED
    assert contact.due_at > NOW
    assert list(contact.decisions.all()) == [old]


def test_a_decided_contact_is_not_changed_under_the_decision(cast: Cast) -> None:
    contact = decided(cast, "A06")
    with pytest.raises(NotPossibleNow):
        record_sign(contact_id=contact.pk, sign="D18", evidence="seen", by=cast.screener, now=NOW)


# Advice


def test_advice_needs_no_name_and_has_a_clock_and_a_named_adviser(cast: Cast) -> None:
    contact = asked(cast)
    assert contact.due_at == at(2026, 11, 17, 10, 0)
    give_advice(
        contact_id=contact.pk, seen_version=1, text="Talk with his mother first.", by=cast.adviser, now=NOW
    )
    contact.refresh_from_db()
    assert contact.state == State.ADVISED
    assert contact.answer is not None and contact.answer.by == cast.adviser


def test_advice_becomes_a_concern_and_ends_with_that_as_its_answer(cast: Cast) -> None:
    contact = asked(cast)
    told = account(cast, "B18", arose_from=contact.pk)
    sent = become_concern(account=told, by=cast.gp, now=NOW).contact
    contact.refresh_from_db()
    assert contact.state == State.BECAME_CONCERN
    assert contact.answer is not None and sent.reference in contact.answer.text
    assert sent.arose_from == contact


def test_named_advice_counts(cast: Cast) -> None:
    contacts = [
        ask_advice(
            account=account(cast, "A10", question="What now?", parts=(child(born_on=date(2018, 1, 1)),)),
            by=cast.teacher,
            now=MONDAY + n * HOUR,
        ).contact
        for n in range(2)
    ]
    third = raised(cast, "A10", now=NOW - HOUR, parts=(child(born_on=date(2018, 1, 1)),))
    for earlier in contacts:
        link(cast, third, earlier)
    finding = work_out(third, policy=adopted(third.policy_id).policy, now=NOW)
    assert {"C6a", "C7"} <= {fired.rule.id for fired in finding.fired}


def test_an_adviser_reaches_advice_and_not_concerns(cast: Cast) -> None:
    look_as_hub(asked(cast).pk, by=cast.adviser, now=NOW)
    with pytest.raises(Refused):
        look_as_hub(raised(cast, "A06").pk, by=cast.adviser, now=NOW)


# Lists and looks


def test_every_look_and_list_is_written_down(cast: Cast) -> None:
    contact = raised(cast, "A06")
    looks: list[tuple[str, Callable[[], object]]] = [
        ("see_as_raiser", lambda: look_as_raiser(contact.pk, by=cast.teacher, now=NOW)),
        ("see_as_raiser", lambda: look_as_raiser(contact.pk, by=cast.safeguarding_lead, now=NOW)),
        ("see_as_hub", lambda: look_as_hub(contact.pk, by=cast.screener, now=NOW)),
        ("see_worklist", lambda: worklist(by=cast.screener, now=NOW)),
        ("see_mine", lambda: mine(by=cast.teacher, now=NOW)),
    ]
    for verb, look in looks:
        before = Event.objects.count()
        look()
        written = list(Event.objects.order_by("id"))[before:]
        assert [event.verb for event in written] == [verb]
        assert written[0].ground
        named = [*written[0].detail.get("contacts", []), written[0].subject_id]
        assert str(contact.pk) in named


@pytest.mark.parametrize("name", ["gp", "boarding_lead", "screener_elsewhere", "camhs"])
def test_nobody_looks_without_a_ground(cast: Cast, name: str) -> None:
    contact = raised(cast, "A06")
    person = cast.people[name]
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=person, now=NOW)
    with pytest.raises(Refused):
        look_as_raiser(contact.pk, by=person, now=NOW)
    assert contact not in mine(by=person, now=NOW)


def test_the_worklist_is_by_clock_and_by_place(cast: Cast) -> None:
    later = raised(cast, "A06", now=MONDAY)
    urgent = raised(cast, "D01", now=MONDAY + HOUR)
    there = raised(cast, "A06", locality_id=cast.elsewhere.pk)
    done = answered(cast, "A06")
    listed = worklist(by=cast.screener, now=NOW).contacts
    assert listed == [urgent, later]
    assert done not in listed
    assert worklist(by=cast.screener_elsewhere, now=NOW).contacts == [there]
    with pytest.raises(Refused):
        worklist(by=cast.teacher, now=NOW)


def test_a_role_ends_with_its_dates(cast: Cast) -> None:
    held = cast.screener.roles_held.get()
    held.ends = NOW.date() - timedelta(days=1)
    held.save()
    with pytest.raises(Refused):
        worklist(by=cast.screener, now=NOW)


def test_an_assessment_since_ends_the_count_of_contacts_without_one(cast: Cast) -> None:
    first = raised(cast, "A06")
    second = raised(cast, "A06", now=MONDAY + HOUR, same_child_as=first.pk)
    third = raised(cast, "A06", now=MONDAY + 2 * HOUR, same_child_as=second.pk)
    assert "C7" in {fired["rule"] for fired in third.findings.get().finding["fired"]}
    start_screening(contact_id=second.pk, seen_version=second.version, by=cast.screener, now=NOW)
    second.refresh_from_db()
    assessment = choice("3", "section_17_assessment", why_not_policy="history")
    decide(contact_id=second.pk, seen_version=second.version, choice=assessment, by=cast.screener, now=NOW)
    policy = adopted(third.policy_id).policy
    assert "C7" not in {fired.rule.id for fired in work_out(third, policy=policy, now=NOW).fired}


def test_danger_now_is_immediate_whatever_signs_were_chosen(cast: Cast) -> None:
    contact = raised(cast, "A06", in_danger="yes")
    assert contact.findings.get().level == "I"
    assert contact.due_at == MONDAY
    assert raised(cast, "A06", in_danger="not_known").findings.get().level == "2"


# Nothing that was once known can be put aside by one person


def one_decides(cast: Cast, contact: Contact, level: str, pathway: str, by: str = "screener") -> bool:
    """Whether the decision waits for a second person."""
    contact.refresh_from_db()
    chosen = choice(level, pathway, why_not_policy="sign_misread", not_seen_because="Seen at school.")
    made = decide(
        contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.people[by], now=NOW
    )
    return made.needs_second


def test_a_sign_added_and_withdrawn_again_still_takes_two(cast: Cast) -> None:
    contact = screening(cast, "A06")
    added = record_sign(contact_id=contact.pk, sign="D01", evidence="seen", by=cast.manager, now=NOW)
    contact.refresh_from_db()
    assert contact.due_at == NOW  # and the clock is at once
    withdraw_sign(contact_id=contact.pk, sign_id=added.pk, reason="Misread.", by=cast.screener, now=NOW)
    assert one_decides(cast, contact, "2", "early_help")


def test_a_fact_taken_back_still_takes_two(cast: Cast) -> None:
    contact = screening(cast, "A06")
    for said in ("yes", "not_known"):
        record_fact(
            contact_id=contact.pk, fact="known_person_of_risk", answer=said, by=cast.screener, now=NOW
        )
    assert one_decides(cast, contact, "2", "early_help")


def test_a_decision_once_in_force_still_guards(cast: Cast) -> None:
    contact = answered(cast, "A06", chosen=choice("4", "strategy_discussion", why_not_policy="more_serious"))
    add_information(contact_id=contact.pk, text="All was explained.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    start_screening(contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=NOW)
    assert one_decides(cast, contact, "2", "early_help")


def test_a_level_the_child_is_held_at_still_guards(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Far worse.", level_asked="4", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="decide_again",
        reason="We look again.",
        by=cast.second_screener,
        now=NOW,
    )
    assert one_decides(cast, contact, "2", "early_help")


def test_new_information_never_gives_more_time_to_what_was_not_answered(cast: Cast) -> None:
    contact = decided(cast, "D18", chosen=choice("4", "strategy_discussion"))
    before = contact.due_at
    add_information(contact_id=contact.pk, text="She rang again.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    assert contact.due_at <= before


def test_new_information_in_a_disagreement_is_decided_on(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Worse.", by=cast.teacher, now=NOW)
    add_information(contact_id=contact.pk, text="A broken arm today.", by=cast.teacher, now=NOW + HOUR)
    contact.refresh_from_db()
    with pytest.raises(Incomplete, match="taken again"):
        stand(contact, cast.second_screener)


def test_above_the_first_step_nobody_who_had_a_say_answers(cast: Cast) -> None:
    contact = answered(cast, "A06")
    for number in (1, 2):
        disagree(contact_id=contact.pk, reason="Worse.", by=cast.teacher, now=NOW)
        contact.refresh_from_db()
        if number == 1:
            stand(contact, cast.manager)
            contact.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="somebody else"):
        stand(contact, cast.manager)
    stand(contact, cast.second_manager)


def test_one_adviser_does_not_end_a_request_that_speaks_of_protection(cast: Cast) -> None:
    contact = asked(cast, signs=(SignTold("D01", "seen"),), parts=(child(about_age=0),))
    advice: dict[str, Any] = {
        "contact_id": contact.pk,
        "seen_version": 1,
        "text": "Keep an eye on it.",
        "now": NOW,
    }
    with pytest.raises(NotPossibleNow, match="protection"):
        give_advice(**advice, by=cast.adviser)
    give_advice(**advice, by=cast.manager)


def test_only_whoever_asked_makes_a_request_a_concern(cast: Cast) -> None:
    contact = asked(cast)
    with pytest.raises(Refused):
        become_concern(account=account(cast, "B18", arose_from=contact.pk), by=cast.screener, now=NOW)


def test_what_the_front_door_added_is_not_told_to_the_raiser(cast: Cast) -> None:
    first = raised(cast, "A06")
    second = raised(cast, "A06", now=MONDAY + HOUR, same_child_as=first.pk)
    for contact in (first, second):
        record_sign(contact_id=contact.pk, sign="A10", evidence="seen", by=cast.screener, now=NOW)
    third = raised(cast, "A10", now=NOW + HOUR, same_child_as=second.pk)
    assert "C6a" not in {fired["rule"] for fired in third.findings.get().finding["fired"]}


def test_a_discarded_draft_cannot_be_sent(cast: Cast) -> None:
    draft = start_draft(kind="concern", by=cast.teacher, now=MONDAY)
    discard_draft(draft_id=draft.pk, by=cast.teacher, now=NOW)
    with pytest.raises(NotPossibleNow):
        raise_concern(account=account(cast), by=cast.teacher, now=NOW, draft_id=draft.pk)


def test_a_baby_at_home_counts_for_the_child_the_concern_is_about(cast: Cast) -> None:
    baby = PartTold(role="other_child", person=PersonDescribed(kind="child", born_on=date(2026, 7, 1)))
    assert raised(cast, "B18", parts=(child(about_age=8),)).findings.get().level == "3"
    assert raised(cast, "B18", parts=(child(about_age=8), baby)).findings.get().level == "4"
