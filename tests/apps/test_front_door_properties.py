"""Whatever people do, in whatever order, the promises of the front door hold.

Steps are drawn at random: a person, an action, and what they give. Most steps are refused, as they should be;
after every step, done or refused, the promises are looked up in the database itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.answering import acknowledge, answer, give_advice
from openmash.apps.concerns.actions.deciding import agree, decide, return_decision
from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.actions.screening import (
    add_information,
    record_fact,
    record_sign,
    start_screening,
    withdraw_sign,
)
from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Disagreement, FindingRecorded
from openmash.apps.concerns.rules import Choice
from openmash.apps.concerns.states import ENDS, MOVES, State
from tests.apps.journey import asked, raised
from tests.cast import MONDAY, Cast

PEOPLE = [
    "teacher",
    "screener",
    "second_screener",
    "manager",
    "second_manager",
    "adviser",
    "head",
    "partner",
    "gp",
]
LEVELS = [
    ("1", "universal_services"),
    ("2", "early_help"),
    ("3", "family_help"),
    ("4", "strategy_discussion"),
]
TEXTS = ["", "  ", "A reason in a full sentence of words."]
OVERRIDES = ["", "sign_misread", "more_serious", "capacity"]


@dataclass(frozen=True)
class Step:
    verb: str
    person: str
    text: str
    level: tuple[str, str]
    override: str
    not_available: str


FULL = TEXTS[-1]
# Who would do each thing in earnest. Steps drawn from here get far; those drawn from anywhere are mostly refused.
IN_EARNEST: dict[str, list[str]] = {
    "start_screening": ["screener", "manager"],
    "decide": ["screener", "manager", "head"],
    "agree": ["manager", "second_manager", "head"],
    "return": ["manager", "head"],
    "answer": ["screener", "manager"],
    "answer_unsafe": ["screener"],
    "give_advice": ["adviser", "manager"],
    "add_information": ["teacher", "gp", "screener"],
    "record_sign": ["screener", "manager"],
    "withdraw_sign": ["screener", "manager"],
    "record_fact": ["screener"],
    "acknowledge": ["teacher", "gp"],
    "disagree": ["teacher", "gp"],
    "stand": ["second_screener", "second_manager", "head", "partner"],
    "decide_again": ["second_screener", "second_manager", "head", "partner"],
}
wild = st.builds(
    Step,
    verb=st.sampled_from(sorted(IN_EARNEST)),
    person=st.sampled_from(PEOPLE),
    text=st.sampled_from([*TEXTS, FULL]),
    level=st.sampled_from(LEVELS),
    override=st.sampled_from(OVERRIDES),
    not_available=st.sampled_from(["", "No worker can visit before Friday."]),
)
earnest = st.sampled_from(sorted(IN_EARNEST)).flatmap(
    lambda verb: st.builds(
        Step,
        verb=st.just(verb),
        person=st.sampled_from(IN_EARNEST[verb]),
        text=st.just(FULL),
        level=st.sampled_from(LEVELS),
        override=st.sampled_from(["sign_misread", "more_serious"]),
        not_available=st.just(""),
    )
)


def said_by(verb: str, override: str = "sign_misread") -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        verb=st.just(verb),
        person=st.sampled_from(IN_EARNEST[verb]),
        text=st.just(FULL),
        level=st.sampled_from(LEVELS),
        override=st.just(override),
        not_available=st.just(""),
    )


def on_the_way(*verbs: str) -> st.SearchStrategy[list[Step]]:
    """The way a contact usually goes, as far as it happens to get."""
    return st.tuples(*(said_by(verb) for verb in verbs)).flatmap(
        lambda way: st.integers(0, len(way)).map(lambda far: list(way[:far]))
    )


steps = st.one_of(wild, earnest, earnest)
concern_plans = st.tuples(
    on_the_way(
        "start_screening",
        "decide",
        "agree",
        "answer",
        "disagree",
        "stand",
        "disagree",
        "decide_again",
        "decide",
    ),
    st.lists(steps, min_size=3, max_size=15),
).map(lambda parts: parts[0] + parts[1])
advice_plans = st.tuples(
    on_the_way("give_advice", "disagree", "stand", "acknowledge"), st.lists(steps, min_size=3, max_size=12)
).map(lambda parts: parts[0] + parts[1])


def take(cast: Cast, contact: Contact, step: Step, now: datetime) -> None:
    by = cast.people[step.person]
    seen: dict[str, Any] = {"contact_id": contact.pk, "seen_version": contact.version, "by": by, "now": now}
    unseen: dict[str, Any] = {"contact_id": contact.pk, "by": by, "now": now}
    choice = Choice(
        level=step.level[0],
        pathway=step.level[1],
        rationale=step.text,
        why_not_policy=step.override,
        response_not_available=step.not_available,
        not_seen_because=step.text,
    )
    sign = contact.signs.filter(withdrawn__isnull=True).first()
    acts: dict[str, Callable[[], Any]] = {
        "start_screening": lambda: start_screening(**seen),
        "decide": lambda: decide(**seen, choice=choice),
        "agree": lambda: agree(**seen, reason=step.text),
        "return": lambda: return_decision(**seen, reason=step.text),
        "answer": lambda: answer(**seen, text=step.text),
        "answer_unsafe": lambda: answer(**seen, text="", unsafe_because=step.text),
        "give_advice": lambda: give_advice(**seen, text=step.text),
        "add_information": lambda: add_information(**unseen, text=step.text),
        "record_sign": lambda: record_sign(**unseen, sign="B10", evidence="seen"),
        "withdraw_sign": lambda: withdraw_sign(**unseen, sign_id=sign.pk if sign else 0, reason=step.text),
        "record_fact": lambda: record_fact(**unseen, fact="child_not_seen", answer="no"),
        "acknowledge": lambda: acknowledge(**unseen),
        "disagree": lambda: disagree(**unseen, reason=step.text),
        "stand": lambda: reply_to_disagreement(**seen, outcome="stands", reason=step.text),
        "decide_again": lambda: reply_to_disagreement(**seen, outcome="decide_again", reason=step.text),
    }
    acts[step.verb]()


def promises_kept(contact: Contact, before: Contact, events_before: int, done: bool) -> None:
    contact.refresh_from_db()
    state = State(contact.state)
    if state in ENDS:
        assert contact.answer is not None
        assert bool(contact.answer.sent_at and contact.answer.text.strip()) != bool(
            contact.answer.unsafe_because.strip()
        )
    for decision in contact.decisions.all():
        assert decision.rationale.strip()
        assert decision.why_not_policy != "capacity"
    if state in (State.DECIDED, State.ANSWERED):
        in_force = contact.decision
        assert in_force is not None
        raised_rank = contact.findings.filter(stage=FindingRecorded.Stage.RAISED)[0].level_rank
        if in_force.level_rank < raised_rank and raised_rank >= 4:
            assert in_force.second_word.agrees and in_force.second_word.by_id != in_force.by_id
    if state is State.DISAGREED:
        last = Disagreement.objects.filter(contact=contact).latest("id")
        assert contact.held_rank == last.held_rank
        ranks = [f.level_rank for f in contact.findings.all()]
        assert contact.held_rank >= max([*ranks, contact.decision.level_rank if contact.decision else 0])
        assert contact.due_at <= last.due_at
    written = Event.objects.filter(subject_kind="contact", subject_id=str(contact.pk), outcome="done").count()
    if done and written > events_before:
        moves = {(m.before, m.after) for m in MOVES if m.kind == contact.kind} | {(state, state)}
        assert (before.state, contact.state) in moves
    else:  # refused, or said a second time: nothing was written, and nothing changed
        assert (written, contact.version, contact.state) == (events_before, before.version, before.state)


class EndOfExample(Exception):
    pass


def run(start: Callable[[], Contact], cast: Cast, plan: list[Step]) -> None:
    """One example, undone at its end so that the next begins afresh."""
    with pytest.raises(EndOfExample), transaction.atomic():
        contact = start()
        now = MONDAY
        for step in plan:
            now += timedelta(minutes=30)
            before = Contact.objects.get(pk=contact.pk)
            events = Event.objects.filter(subject_id=str(contact.pk), outcome="done").count()
            done = True
            try:
                with transaction.atomic():
                    take(cast, contact, step, now)
            except (Refused, Incomplete, NotPossibleNow, ChangedMeanwhile, contact.signs.model.DoesNotExist):
                done = False
            promises_kept(contact, before, events, done)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise EndOfExample


GENTLE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@GENTLE
@given(sign=st.sampled_from(["A06", "B10", "B18", "D01", "D18"]), plan=concern_plans)
def test_a_concern_keeps_every_promise(cast: Cast, sign: str, plan: list[Step]) -> None:
    run(lambda: raised(cast, SignTold(sign, "seen")), cast, plan)


@GENTLE
@given(plan=advice_plans)
def test_a_request_for_advice_keeps_every_promise(cast: Cast, plan: list[Step]) -> None:
    run(lambda: asked(cast), cast, plan)


HAPPY = [
    Step("start_screening", "screener", "", LEVELS[0], "", ""),
    Step("decide", "screener", TEXTS[-1], LEVELS[1], "sign_misread", ""),
    Step("agree", "screener", TEXTS[-1], LEVELS[0], "", ""),
    Step("agree", "manager", TEXTS[-1], LEVELS[0], "", ""),
    Step("answer", "screener", TEXTS[-1], LEVELS[0], "", ""),
    Step("disagree", "teacher", TEXTS[-1], LEVELS[0], "", ""),
    Step("stand", "second_screener", TEXTS[-1], LEVELS[0], "", ""),
    Step("disagree", "teacher", TEXTS[-1], LEVELS[0], "", ""),
    Step("stand", "second_screener", TEXTS[-1], LEVELS[0], "", ""),
    Step("stand", "second_manager", TEXTS[-1], LEVELS[0], "", ""),
    Step("acknowledge", "teacher", "", LEVELS[0], "", ""),
]


def test_the_steps_can_reach_the_far_end(cast: Cast) -> None:
    """Random plans would prove little if they never got far: this one goes the whole way."""
    contact = raised(cast, "D18")
    for step in HAPPY:
        try:
            with transaction.atomic():
                take(cast, contact, step, MONDAY + timedelta(hours=1))
        except (Refused, NotPossibleNow):
            assert step in (HAPPY[2], HAPPY[8])
        contact.refresh_from_db()
    assert contact.state == State.ANSWERED
    assert contact.disagreements.count() == 2
    assert contact.answer is not None and contact.answer.acknowledged
