"""The four steps of a disagreement: who answers, by when, and where this one stands."""

from dataclasses import dataclass
from datetime import datetime

from openmash.apps.concerns.queries.heard import Disagreed, HeardBack
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.web.layout.times import due_in_words, short_moment


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


def _this_round(heard: HeardBack) -> dict[int, Disagreed]:
    """What took each step, since the last time it began again at the first."""
    if heard.next_step == 1 and heard.open_disagreement is None:
        return {}
    taken: dict[int, Disagreed] = {}
    for each in heard.disagreements:
        taken = {} if each.step == 1 else taken
        taken[each.step] = each
    return taken


def _step(heard: HeardBack, number: int, taken: Disagreed | None, now: datetime) -> StepShown:
    is_next = heard.open_disagreement is None and heard.next_step == number
    return StepShown(
        number=number,
        with_whom=STEP_NAMES[number],
        clock=heard.policy.clock(heard.policy.promises[f"disagreement_{number}"]).label,
        state="Yours goes here now" if is_next else _state(taken, now) if taken else "",
        is_now=taken is not None and taken.is_open,
        is_next=is_next,
    )


def _state(taken: Disagreed, now: datetime) -> str:
    if taken.answered_at is not None:
        return f"Answered {short_moment(taken.answered_at, now)}"
    due = due_in_words(taken.due_at, now)
    return f"Now: {due.words}" if due.is_late else f"Now: to be answered {due.words}"
