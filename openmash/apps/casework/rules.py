"""What stands in the way of a move. Pure: the hint on the page, the guard of the action and the tests read it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from openmash.apps.casework.meeting_kinds import CATEGORIES
from openmash.apps.casework.pathway import why_not_go_on
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.table.birth import AFTER_BIRTH, BEFORE_BIRTH
from openmash.apps.casework.table.move import (
    CATEGORY,
    GOES_ON,
    OFFER,
    REASON,
    REVIEW_ON,
    TOLD,
    VIEWS,
    WAY_BACK,
    Move,
)
from openmash.apps.concerns.rules import CAPACITY_WORDS, Reason

WHOSE = {"child": "the child", "parents": "the parents or carers"}
"""Whose views are asked for, each time: what they said, or why nobody could ask them."""


@dataclass(frozen=True)
class Said:
    """What somebody said, or why it was not obtained: one of the two."""

    text: str = ""
    not_obtained_because: str = ""

    @property
    def is_there(self) -> bool:
        return bool(self.text.strip()) != bool(self.not_obtained_because.strip())


@dataclass(frozen=True)
class Written:
    """What a person wrote for a move. Nothing here has a default that decides."""

    reason: str = ""
    goes_on: str = ""
    offer: str = ""
    way_back: str = ""
    told: tuple[str, ...] = ()
    category: str = ""
    review_on: date | None = None
    views: Mapping[str, Said] = field(default_factory=dict)
    lower_because: str = ""
    """Why it is lower than the published threshold says, where it is (rule C19)."""


def why_not(move: Move, written: Written, stages: Collection[str], today: date) -> list[Reason]:
    """Everything that stands in the way of this move while these stages are open; empty if nothing does."""
    if not move.can_begin(stages):
        return [Reason("outcome", not_now(move, stages))]
    lacking = [
        reason for need in move.needs for reason in _LACKING.get(need, _nothing)(move, written, stages)
    ]
    if REVIEW_ON in move.needs and written.review_on is not None and written.review_on <= today:
        lacking.append(Reason("review_on", "The day to look at the plan again must be after today."))
    return [*lacking, *_capacity(move, written)]


def day_needed(written: Written) -> date:
    """The day to look again of what passed `why_not` for a move that needs one."""
    if written.review_on is None:
        raise ValueError("This move needs the day on which the plan is looked at again.")
    return written.review_on


def not_now(move: Move, stages: Collection[str]) -> str:
    """Why a move cannot begin, in a sentence."""
    blocking = sorted(MEANINGS[stage].label for stage in move.not_while & set(stages))
    if blocking:
        return f"This cannot be done while this is open: {', '.join(blocking)}."
    open_now = ", ".join(MEANINGS[Stage(stage)].label for stage in sorted(stages)) or "nothing"
    return f"This cannot be done now. What is open: {open_now}."


def why_not_by_birth(verb: str, unborn: bool) -> str:
    """Why this cannot be done for a child who is, or is not, yet to be born; empty if it can."""
    if unborn and verb in AFTER_BIRTH:
        return "This child is not born yet. Record the birth first."
    if not unborn and verb in BEFORE_BIRTH:
        return "This is for a child who is not born yet; this child’s birth is on record, or came before the work."
    return ""


def _nothing(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    return []


def _reason(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    return [] if written.reason.strip() else [Reason("reason", "Write the reasons.")]


def _goes_on(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    why = why_not_go_on(move, written.goes_on, stages)
    return [Reason("goes_on", why)] if why else []


def _offer(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    return (
        []
        if written.offer.strip()
        else [Reason("offer", "Write what help the family is offered from now on.")]
    )


def _way_back(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    said = "Write how the family, and whoever is worried, can come back."
    return [] if written.way_back.strip() else [Reason("way_back", said)]


def _told(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    return (
        [] if written.told else [Reason("told", "Choose who is told that the work has ended: at least one.")]
    )


def _category(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    return [] if written.category in CATEGORIES else [Reason("category", "Choose the category of the plan.")]


def _review_on(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    said = "Give the day on which the plan is looked at again."
    return [] if written.review_on is not None else [Reason("review_on", said)]


def _views(move: Move, written: Written, stages: Collection[str]) -> list[Reason]:
    said = "Write what {who} said, or why it was not obtained: one of the two."
    return [
        Reason(f"{whose}_text", said.format(who=who))
        for whose, who in WHOSE.items()
        if not written.views.get(whose, Said()).is_there
    ]


_LACKING: dict[str, Callable[[Move, Written, Collection[str]], list[Reason]]] = {
    REASON: _reason,
    GOES_ON: _goes_on,
    OFFER: _offer,
    WAY_BACK: _way_back,
    TOLD: _told,
    CATEGORY: _category,
    REVIEW_ON: _review_on,
    VIEWS: _views,
}
"""The needs that are written on a form. Who leads, where to, and a meeting's own are for their actions."""


def _capacity(move: Move, written: Written) -> list[Reason]:
    """Rule C17: want of staff is never a reason to do less."""
    if not move.lowers:
        return []
    return [
        Reason(
            field,
            "Your reasons mention staffing or capacity. That cannot be a reason to do less for a child. "
            "Give the reasons themselves.",
        )
        for field, text in (("reason", written.reason), ("lower_because", written.lower_because))
        if CAPACITY_WORDS.search(text)
    ]
