"""An agency does not agree, and takes it up: four steps with clocks, and the child stays at the higher level until
there is an answer (rule C20).

The step is the outcome of the verb, so that the practice can give each its clock. The stage that a decision ended is
put back when somebody takes that decision up; where nothing was ended, whatever lowers waits for the answer.
"""

from openmash.apps.access.grounds import Ground
from openmash.apps.casework.stages import ENDED, HELD, OVER, Stage
from openmash.apps.casework.table.move import CHAIR, GOES_ON, MANAGER, REASON, WORKER, Move
from openmash.apps.concerns.steps import STEP_NAMES

STEPS = {1: "practitioner", 2: "managers", 3: "heads_of_service", 4: "partnership"}
"""The outcome that each step of a disagreement is."""

WHO_ANSWERS: dict[int, frozenset[Ground]] = {
    1: WORKER | CHAIR,
    2: MANAGER,
    3: frozenset({Ground.HEADS_SERVICE_HERE}),
    4: frozenset({Ground.SAFEGUARDING_PARTNER}),
}
TOOK_PART = frozenset({Ground.TOOK_PART})
EVERYBODY_WHO_ANSWERS = frozenset().union(*WHO_ANSWERS.values())


def _steps() -> tuple[Move, ...]:
    moves: list[Move] = []
    for step, outcome in STEPS.items():
        words = f"Disagree, and ask {STEP_NAMES[step]} to answer"
        done = f"An agency disagrees, and asks {STEP_NAMES[step]} to answer"
        moves += [
            Move(
                "escalate",
                outcome,
                words,
                frozenset(Stage) - OVER,
                puts_back=HELD,
                who=TOOK_PART,
                not_while=OVER,
                done=done,
            ),
            # Work that has ended is opened again with what the decision ended, until there is an answer.
            Move(
                "escalate",
                outcome,
                words,
                ENDED,
                closes=ENDED,
                goes_on=HELD,
                puts_back=HELD,
                who=TOOK_PART,
                needs=(REASON, GOES_ON),
                done=done,
            ),
        ]
    return tuple(moves)


ESCALATION: tuple[Move, ...] = (
    *_steps(),
    Move(
        "answer_escalation",
        "stands",
        "The decision stands; what was put back for the disagreement ends",
        frozenset(Stage) - OVER,
        who=EVERYBODY_WHO_ANSWERS,
        lowers=True,
        done="A disagreement was answered: the decision stands",
    ),
    Move(
        "answer_escalation",
        "decide_again",
        "It is decided again; what was put back stays open until it has been",
        frozenset(Stage) - OVER,
        who=EVERYBODY_WHO_ANSWERS,
        done="A disagreement was answered: it is decided again",
    ),
)
