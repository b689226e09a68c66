"""A plan is looked at again, or refused: it goes on, or steps up by rule."""

from openmash.apps.casework.stages import Stage
from openmash.apps.casework.table.move import MANAGER, REASON, REVIEW_ON, VIEWS, WAY_BACK, Move


def _ladder(verb: str, outcome: str, words: str, needs: tuple[str, ...]) -> tuple[Move, ...]:
    """Up by rule (C5, C9): from whichever plan is the most serious that is open, to what stands above it."""
    return (
        Move(
            verb,
            outcome,
            words,
            frozenset({Stage.CHILD_IN_NEED_PLAN}),
            opens=Stage.STRATEGY_DISCUSSION,
            needs=needs,
        ),
        Move(
            verb,
            outcome,
            words,
            frozenset({Stage.FAMILY_HELP, Stage.EARLY_HELP}),
            opens=Stage.ASSESSMENT,
            needs=needs,
            not_while=frozenset({Stage.CHILD_IN_NEED_PLAN}),
        ),
    )


LOOKED_AT = frozenset({Stage.EARLY_HELP, Stage.FAMILY_HELP, Stage.CHILD_IN_NEED_PLAN})
REVIEWING: tuple[Move, ...] = (
    Move(
        "review_plan",
        "goes_on",
        "The plan is working, and goes on",
        LOOKED_AT,
        needs=(REASON, VIEWS, REVIEW_ON),
    ),
    *_ladder(
        "review_plan",
        "not_working",
        "The plan is not working: step up (rule C5)",
        (REASON, VIEWS, REVIEW_ON),
    ),
    Move(
        "review_plan",
        "not_stepped_up",
        "The plan is not working, and a manager says why it is not stepped up",
        LOOKED_AT,
        who=MANAGER,
        needs=(REASON, VIEWS, REVIEW_ON, WAY_BACK),
        two=True,
        lowers=True,
    ),
    *_ladder(
        "offer_refused",
        "stepped_up",
        "The family says no, and the risk is unchanged: step up (rule C9)",
        (REASON, VIEWS),
    ),
    Move(
        "offer_refused",
        "not_stepped_up",
        "The family says no, and a manager says why it is not stepped up",
        LOOKED_AT,
        who=MANAGER,
        needs=(REASON, VIEWS, WAY_BACK),
        two=True,
        lowers=True,
    ),
)
