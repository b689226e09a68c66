"""The page of one thing raised: where it stands, what happens next, and everything said so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from openmash.apps.concerns.queries.heard import AnswerGiven, Disagreed, HeardBack, Who
from openmash.apps.concerns.states import Kind, State
from openmash.engines.thresholds import Level, Pathway
from openmash.web.hearing_back.presenters.steps import StepShown, steps_of
from openmash.web.hearing_back.presenters.told import ToldShown, children, told_shown
from openmash.web.layout.times import Due, due_in_words, short_moment

NEXT = {
    State.RECEIVED: "A practitioner will read this, decide, and tell you the decision and its reasons.",
    State.SCREENING: "A practitioner is reading this, and will tell you the decision and its reasons.",
    State.SECOND_PERSON: "Some decisions take two people. A second person is looking at this one.",
    State.DECIDED: "A person has decided. Your answer is being written, and will be on this page.",
    State.ANSWERED: "Read the answer below. Then tell us that you have read it, or that you disagree.",
    State.DISAGREED: "It is looked at again because you disagree. The answer will be on this page.",
    State.ASKED: "An adviser will read your question and answer it in their own name.",
    State.ADVISED: "Read the advice below. Then tell us that you have read it, or that you disagree.",
    State.BECAME_CONCERN: "You made this a concern. What comes of it is on the page of that concern.",
}
READ = "The answer below has been read."
AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class AnswerShown:
    """An answer, ready to read. `heading` says what it answers."""

    id: int
    heading: str
    by: str
    when: str
    text: str
    level: Level | None
    pathway: Pathway | None
    read: str


@dataclass(frozen=True)
class Happening:
    """One thing that happened before the answer in force: `words` are somebody's own."""

    at: datetime
    when: str
    what: str
    who: str
    words: str
    level: Level | None = None
    pathway: Pathway | None = None


@dataclass(frozen=True)
class Page:
    """Everything the page shows beside the telephone numbers."""

    about: str
    raised: str
    raised_by: str
    next: str
    due: Due | None
    due_at_once: bool
    answer: AnswerShown | None
    open_one: Disagreed | None
    steps: list[StepShown]
    next_whom: str
    story: list[Happening]
    told: ToldShown | None


def page_of(heard: HeardBack, *, now: datetime, viewer: Any) -> Page:
    """`viewer` is whoever reads it: their own name is shown to them as "you"."""
    steps = steps_of(heard, now=now)
    next_whom = next((step.with_whom for step in steps if step.is_next), "")
    is_read = heard.answer is not None and heard.answer.read_at is not None
    return Page(
        about=children(heard.told) if heard.told else "",
        raised=short_moment(heard.received_at, now),
        raised_by="" if heard.raised_by.name in ("", getattr(viewer, "name", "")) else named(heard.raised_by),
        next=READ if is_read else NEXT[heard.state],
        due=due_in_words(heard.due_at, now) if heard.due_at else None,
        due_at_once=heard.due_at is not None and heard.due_at - heard.received_at < AT_ONCE,
        answer=_answer(heard, heard.answer, now) if heard.answer else None,
        open_one=heard.open_disagreement,
        steps=steps,
        next_whom=next_whom,
        story=sorted(_story(heard, now), key=lambda each: each.at),
        told=told_shown(heard.told, now) if heard.told else None,
    )


def named(who: Who) -> str:
    """`Amina Khan, Manager, Northfield Children's Services`; whoever has no account is "you"."""
    return ", ".join(part for part in (who.name, who.job_title, who.agency) if part) or "You"


def _answer(heard: HeardBack, answer: AnswerGiven, now: datetime) -> AnswerShown:
    return AnswerShown(
        id=answer.id,
        heading=_heading(heard, answer),
        by=named(answer.by),
        when=short_moment(answer.at, now),
        text=answer.text,
        level=answer.level,
        pathway=answer.pathway,
        read=_read(answer.read_at, now),
    )


def _read(read_at: datetime | None, now: datetime) -> str:
    return f"Recorded as read {short_moment(read_at, now)}." if read_at else ""


def _heading(heard: HeardBack, answer: AnswerGiven) -> str:
    if answer.to_step:
        return f"Answer to your disagreement (step {answer.to_step} of 4): the decision stands"
    return "Our advice" if heard.kind == Kind.ADVICE else "Our answer"


def _story(heard: HeardBack, now: datetime) -> Iterator[Happening]:
    for answer in heard.answers:
        if answer is not heard.answer:
            what = _heading(heard, answer) if answer.text else "Decided. No answer was sent in writing then"
            who = named(answer.by) if answer.text else ""
            when = short_moment(answer.at, now)
            yield Happening(answer.at, when, what, who, answer.text, answer.level, answer.pathway)
    for each in heard.disagreements:
        yield Happening(each.at, short_moment(each.at, now), _disagreed(each), named(each.by), each.reason)
        if each.taken_again and each.answered_at is not None and each.answered_by is not None:
            what = f"Answer to your disagreement (step {each.step} of 4): it is decided again"
            when = short_moment(each.answered_at, now)
            yield Happening(each.answered_at, when, what, named(each.answered_by), each.taken_again)


def _disagreed(each: Disagreed) -> str:
    level = each.level_asked
    asked = f", asking for level {level.code} ({level.name})" if level else ""
    return f"Disagreement (step {each.step} of 4, with {each.with_whom}){asked}"
