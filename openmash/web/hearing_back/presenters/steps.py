"""The four steps of a disagreement: who answers, by when, and where this one stands."""

from dataclasses import dataclass
from datetime import datetime

from openmash.apps.concerns.queries.heard import HeardBack
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.web.layout.times import Due, due_in_words, short_moment


@dataclass(frozen=True)
class StepShown:
    """One step. `is_now` is the step that is open; `is_next` the one a disagreement would go to."""

    number: int
    with_whom: str
    clock: str
    state: str
    is_now: bool
    is_next: bool


def steps_of(heard: HeardBack, *, now: datetime) -> list[StepShown]:
    """All four, with what has become of each since it was last decided."""
    since = _this_round(heard)
    return [_step(heard, number, since.get(number), now) for number in STEP_NAMES]


def _this_round(heard: HeardBack) -> dict[int, int]:
    """Which disagreement took each step since the last one that began again at the first."""
    taken: dict[int, int] = {}
    for index, each in enumerate(heard.disagreements):
        if each.step == 1:
            taken = {}
        taken[each.step] = index
    over = heard.next_step == 1 and heard.open_disagreement is None
    return {} if over else taken


def _step(heard: HeardBack, number: int, index: int | None, now: datetime) -> StepShown:
    clock = heard.policy.clock(heard.policy.promises[f"disagreement_{number}"]).label
    is_now = index is not None and heard.disagreements[index].is_open
    is_next = heard.open_disagreement is None and heard.next_step == number
    state = ""
    if index is not None:
        each = heard.disagreements[index]
        state = f"Now: to be answered {due_of(each.due_at, now).words}" if each.is_open else ""
        if each.answered_at is not None:
            state = f"Answered {short_moment(each.answered_at, now)}"
    elif is_next:
        state = "Next"
    return StepShown(number, STEP_NAMES[number], clock, state, is_now, is_next)


def due_of(due: datetime, now: datetime) -> Due:
    """When a step is to be answered."""
    return due_in_words(due, now)
