"""The one table of the work with a child: its stages, and every move between them.

Several stages of a case may be open at once: help goes on while an enquiry runs. A move says which stages it
closes and which it opens. Actions, pages, the audit log, the clocks, `docs/pathway.md` and the tests read this.
"""

from collections.abc import Collection

from openmash.apps.access.grounds import Ground
from openmash.apps.casework.stages import (
    HELP,
    MEANINGS,
    MEETING_STAGES,
    NONE,
    OFFERS,
    PLANNED,
    PROTECTING,
    WORK,
    Stage,
)
from openmash.apps.casework.table.awaited import AWAITED
from openmash.apps.casework.table.birth import BIRTH
from openmash.apps.casework.table.escalation import ESCALATION, EVERYBODY_WHO_ANSWERS, TOOK_PART
from openmash.apps.casework.table.information import INFORMATION
from openmash.apps.casework.table.move import (
    AT_THE_TABLE,
    CATEGORY,
    CHAIR,
    FRONT_DOOR,
    GOES_ON,
    MANAGER,
    MEETING,
    OFFER,
    PLAN,
    REASON,
    RECEIVES,
    REVIEW_ON,
    SECOND_PERSON,
    TOLD,
    VIEWS,
    WAY_BACK,
    WORKER,
    WORKER_NAMED,
    Move,
)
from openmash.apps.casework.table.second_person import SECOND_PERSON_MOVES
from openmash.apps.casework.table.transfer import TRANSFER_IN, TRANSFER_OUT


def _s(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


S = Stage
OPENING: tuple[Move, ...] = tuple(
    Move("open_case", stage.value, words, NONE, closes=_s(S.CLOSED), opens=stage, who=FRONT_DOOR, needs=())
    for stage, words in (
        (S.EARLY_HELP, "Early help begins"),
        (S.FAMILY_HELP, "Family Help begins"),
        (S.ASSESSMENT, "A child and family assessment begins"),
        (S.STRATEGY_DISCUSSION, "A strategy discussion is to be held"),
    )
)
HELPING: tuple[Move, ...] = (
    Move(
        "allocate",
        "",
        "Name who leads the work",
        WORK,
        who=MANAGER,
        needs=(WORKER_NAMED,),
        done="Somebody was named to lead the work",
    ),
    Move("record_child_seen", "", "Record that the child was seen", WORK, done="The child was seen"),
    Move(
        "write_plan",
        "",
        "Write the plan",
        PLANNED,
        needs=(PLAN, REVIEW_ON, VIEWS),
        done="The plan was written",
    ),
    Move(
        "finish_action",
        "",
        "Record an action as done",
        WORK,
        who=WORKER | AT_THE_TABLE,
        done="An action was done",
    ),
    Move(
        "step_up",
        "family_help",
        "Step up to Family Help",
        _s(S.EARLY_HELP),
        closes=_s(S.EARLY_HELP),
        opens=S.FAMILY_HELP,
        done="Stepped up to Family Help",
    ),
    Move(
        "step_up",
        "assessment",
        "Step up to an assessment",
        HELP - _s(S.ASSESSMENT),
        opens=S.ASSESSMENT,
        done="Stepped up to an assessment",
    ),
    Move(
        "step_down",
        "family_help",
        "Step down to Family Help",
        _s(S.CHILD_IN_NEED_PLAN),
        closes=_s(S.CHILD_IN_NEED_PLAN),
        opens=S.FAMILY_HELP,
        who=MANAGER,
        needs=(REASON, VIEWS, WAY_BACK),
        lowers=True,
        done="Stepped down to Family Help",
    ),
    Move(
        "step_down",
        "early_help",
        "Step down to early help",
        _s(S.CHILD_IN_NEED_PLAN, S.FAMILY_HELP),
        closes=_s(S.CHILD_IN_NEED_PLAN, S.FAMILY_HELP),
        opens=S.EARLY_HELP,
        who=MANAGER,
        needs=(REASON, VIEWS, WAY_BACK),
        lowers=True,
        done="Stepped down to early help",
    ),
    Move(
        "finish_assessment",
        "child_in_need_plan",
        "A child in need plan follows",
        _s(S.ASSESSMENT),
        closes=_s(S.ASSESSMENT),
        opens=S.CHILD_IN_NEED_PLAN,
        needs=(REASON, VIEWS),
    ),
    Move(
        "finish_assessment",
        "help_goes_on",
        "Other help, an enquiry or a plan goes on",
        _s(S.ASSESSMENT),
        closes=_s(S.ASSESSMENT),
        goes_on=_s(
            S.EARLY_HELP,
            S.FAMILY_HELP,
            S.SECTION_47_ENQUIRY,
            S.INITIAL_CONFERENCE,
            S.TRANSFER_IN,
            S.PROTECTION_PLAN,
            S.CHILD_IN_NEED_PLAN,
        ),
        needs=(REASON, VIEWS, GOES_ON),
        lowers=True,
    ),
)


def _ladder(verb: str, outcome: str, words: str, needs: tuple[str, ...]) -> tuple[Move, ...]:
    """Up by rule (C5, C9): from whichever plan is the most serious that is open, to what stands above it."""
    return (
        Move(verb, outcome, words, _s(S.CHILD_IN_NEED_PLAN), opens=S.STRATEGY_DISCUSSION, needs=needs),
        Move(
            verb,
            outcome,
            words,
            _s(S.FAMILY_HELP, S.EARLY_HELP),
            opens=S.ASSESSMENT,
            needs=needs,
            not_while=_s(S.CHILD_IN_NEED_PLAN),
        ),
    )


LOOKED_AT = _s(S.EARLY_HELP, S.FAMILY_HELP, S.CHILD_IN_NEED_PLAN)
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
PROTECTION: tuple[Move, ...] = (
    Move(
        "call_strategy_discussion",
        "",
        "Call a strategy discussion",
        HELP | _s(S.STRATEGY_DISCUSSION, S.SECTION_47_ENQUIRY, S.TRANSFER_IN),
        opens=S.STRATEGY_DISCUSSION,
        needs=(REASON, MEETING),
        done="A strategy discussion was called",
    ),
    Move(
        "hold_strategy_discussion",
        "",
        "Hold the strategy discussion",
        _s(S.STRATEGY_DISCUSSION),
        who=MANAGER,
        needs=(MEETING,),
        done="The strategy discussion was held",
    ),
    Move(
        "decide_on_enquiry",
        "enquiry",
        "A section 47 enquiry begins",
        _s(S.STRATEGY_DISCUSSION),
        closes=_s(S.STRATEGY_DISCUSSION),
        opens=S.SECTION_47_ENQUIRY,
        who=MANAGER,
        needs=(REASON, VIEWS, MEETING),
    ),
    Move(
        "decide_on_enquiry",
        "no_enquiry",
        "No enquiry: help goes on",
        _s(S.STRATEGY_DISCUSSION),
        closes=_s(S.STRATEGY_DISCUSSION),
        goes_on=HELP | _s(S.SECTION_47_ENQUIRY, S.TRANSFER_IN),
        who=MANAGER,
        needs=(REASON, VIEWS, MEETING, GOES_ON),
        lowers=True,
    ),
    Move(
        "finish_enquiry",
        "conference",
        "A child protection conference is needed",
        _s(S.SECTION_47_ENQUIRY),
        closes=_s(S.SECTION_47_ENQUIRY),
        opens=S.INITIAL_CONFERENCE,
        who=MANAGER,
        needs=(REASON, VIEWS),
    ),
    Move(
        "finish_enquiry",
        "no_conference",
        "No conference: help goes on",
        _s(S.SECTION_47_ENQUIRY),
        closes=_s(S.SECTION_47_ENQUIRY),
        goes_on=HELP | _s(S.TRANSFER_IN),
        who=MANAGER,
        needs=(REASON, VIEWS, GOES_ON),
        lowers=True,
    ),
    Move(
        "call_conference",
        "",
        "Call the initial conference",
        _s(S.INITIAL_CONFERENCE),
        who=WORKER | CHAIR,
        needs=(REASON, MEETING),
        done="The initial conference was called",
    ),
    Move(
        "hold_conference",
        "",
        "Hold the initial conference",
        _s(S.INITIAL_CONFERENCE),
        who=CHAIR,
        needs=(MEETING,),
        done="The initial conference was held",
    ),
    Move(
        "decide_on_plan",
        "plan",
        "A child protection plan begins",
        _s(S.INITIAL_CONFERENCE),
        closes=_s(S.INITIAL_CONFERENCE, S.TRANSFER_IN, S.EARLY_HELP, S.FAMILY_HELP, S.CHILD_IN_NEED_PLAN),
        opens=S.PROTECTION_PLAN,
        who=CHAIR,
        needs=(REASON, CATEGORY, VIEWS, MEETING),
    ),
    Move(
        "decide_on_plan",
        "no_plan",
        "No child protection plan: help goes on",
        _s(S.INITIAL_CONFERENCE),
        closes=_s(S.INITIAL_CONFERENCE),
        goes_on=HELP | _s(S.TRANSFER_IN),
        who=CHAIR,
        needs=(REASON, VIEWS, MEETING, GOES_ON),
        lowers=True,
    ),
    Move(
        "call_core_group",
        "",
        "Call the core group",
        _s(S.PROTECTION_PLAN),
        needs=(REASON, MEETING),
        done="The core group was called",
    ),
    Move(
        "hold_core_group",
        "",
        "Hold the core group",
        _s(S.PROTECTION_PLAN),
        needs=(MEETING,),
        done="The core group was held",
    ),
    Move(
        "decide_in_core_group",
        "goes_on",
        "The plan is working, and goes on",
        _s(S.PROTECTION_PLAN),
        needs=(REASON, VIEWS, MEETING),
    ),
    Move(
        "decide_in_core_group",
        "not_working",
        "The plan is not working: a strategy discussion is to be held (rule C5)",
        _s(S.PROTECTION_PLAN),
        opens=S.STRATEGY_DISCUSSION,
        needs=(REASON, VIEWS, MEETING),
    ),
    Move(
        "call_review_conference",
        "",
        "Call a review conference",
        _s(S.PROTECTION_PLAN),
        who=WORKER | CHAIR,
        needs=(REASON, MEETING),
        done="A review conference was called",
    ),
    Move(
        "hold_review_conference",
        "",
        "Hold the review conference",
        _s(S.PROTECTION_PLAN),
        who=CHAIR,
        needs=(MEETING,),
        done="The review conference was held",
    ),
    Move(
        "decide_on_review",
        "plan_goes_on",
        "The child protection plan goes on",
        _s(S.PROTECTION_PLAN),
        who=CHAIR,
        needs=(REASON, CATEGORY, VIEWS, MEETING),
    ),
    Move(
        "decide_on_review",
        "plan_ends",
        "The child protection plan ends, and help goes on",
        _s(S.PROTECTION_PLAN),
        closes=_s(S.PROTECTION_PLAN),
        goes_on=OFFERS,
        who=CHAIR,
        needs=(REASON, VIEWS, MEETING, GOES_ON),
        lowers=True,
    ),
)
TABLE: tuple[Move, ...] = (
    Move(
        "make_entry",
        "",
        "Write what one’s agency knows",
        MEETING_STAGES,
        who=AT_THE_TABLE,
        done="An agency wrote what it knows",
    ),
    Move(
        "dissent",
        "",
        "Record that one’s agency disagrees",
        WORK,
        who=AT_THE_TABLE,
        done="An agency disagreed",
    ),
    Move(
        "agree_decision",
        "",
        "Agree to a decision of a meeting that lacked somebody",
        MEETING_STAGES,
        who=SECOND_PERSON,
        done="A second person agreed to a decision of a meeting that lacked somebody",
    ),
    Move(
        "return_decision",
        "",
        "Not agree to it, so that it is decided again",
        MEETING_STAGES,
        who=SECOND_PERSON,
        done="A second person did not agree, so that it is decided again",
    ),
    Move(
        "end_meeting",
        "",
        "End the meeting",
        WORK,
        who=WORKER | CHAIR,
        needs=(MEETING,),
        done="The meeting ended",
    ),
)
LEAVING: tuple[Move, ...] = (
    Move(
        "close",
        "",
        "End the work with this child",
        OFFERS,
        closes=OFFERS,
        opens=S.CLOSED,
        who=MANAGER,
        needs=(REASON, VIEWS, OFFER, WAY_BACK, TOLD),
        not_while=PROTECTING | _s(S.TRANSFER),
        lowers=True,
        done="The work with this child ended",
    ),
    Move(
        "reopen",
        "",
        "Open the work again",
        _s(S.CLOSED),
        closes=_s(S.CLOSED),
        goes_on=OFFERS,
        who=MANAGER,
        needs=(REASON, GOES_ON),
        done="The work was opened again",
    ),
)
MOVES: tuple[Move, ...] = (
    *OPENING,
    *HELPING,
    *REVIEWING,
    *PROTECTION,
    *TABLE,
    *BIRTH,
    *AWAITED,
    *INFORMATION,
    *ESCALATION,
    *SECOND_PERSON_MOVES,
    *TRANSFER_IN,
    *TRANSFER_OUT,
    *LEAVING,
)
VERBS: tuple[str, ...] = tuple(dict.fromkeys(move.verb for move in MOVES))
RECEIVED = "receive_information"
"""Something new reached the work: the service itself does it, so it is no move of anybody's."""

EVENTS: frozenset[str] = frozenset({RECEIVED, *VERBS, *(move.event for move in MOVES)})

LOOKS: dict[str, frozenset[Ground]] = {
    "see_case": WORKER | CHAIR | RECEIVES | {Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER},
    "see_meeting": WORKER | CHAIR | AT_THE_TABLE | {Ground.HEADS_SERVICE_HERE},
    "see_escalation": EVERYBODY_WHO_ANSWERS | TOOK_PART,
}
"""Who may look. An agency that was invited sees the meeting and its own entries, and its own disagreements with the
answers to them; never the case."""


def move_for(verb: str, outcome: str, stages: Collection[str]) -> Move | None:
    """The move of this name that can be made while these stages are open, or None."""
    for move in MOVES:
        if (move.verb, move.outcome) == (verb, outcome) and move.can_begin(stages):
            return move
    return None


def moves_from(verb: str, stages: Collection[str]) -> tuple[Move, ...]:
    """The ways in which `verb` can be done while these stages are open, one for each outcome."""
    found: dict[str, Move] = {}
    for move in MOVES:
        if move.verb == verb and move.can_begin(stages):
            found.setdefault(move.outcome, move)
    return tuple(found.values())


def grounds_for(verb: str) -> frozenset[Ground]:
    """On which grounds something may be done or seen, whatever its outcome; none for what nobody declared."""
    if verb in LOOKS:
        return LOOKS[verb]
    return frozenset(ground for move in MOVES if move.verb == verb for ground in move.who)


def why_not_go_on(move: Move, goes_on: str, stages: Collection[str]) -> str:
    """Why this cannot be what goes on, in a sentence; empty if it can."""
    if goes_on not in move.goes_on:
        return "Choose what help goes on."
    if goes_on not in stages and goes_on not in OFFERS | move.puts_back:
        return (
            f"“{MEANINGS[Stage(goes_on)].label}” is not open, so it cannot go on. Choose what help goes on."
        )
    return ""


def after(move: Move, stages: Collection[str], goes_on: str = "") -> frozenset[Stage]:
    """The stages that are open after a move."""
    left = {Stage(each) for each in stages} - move.closes
    begins = {move.opens} if move.opens is not None else set()
    named = {Stage(goes_on)} if goes_on else set()
    return frozenset(left | begins | named)
