"""The stages of the work with a child: how each is shown, who answers for it, and which belong together."""

from dataclasses import dataclass
from enum import StrEnum

from openmash.apps.access.grounds import Ground


class Stage(StrEnum):
    EARLY_HELP = "early_help"
    FAMILY_HELP = "family_help"
    ASSESSMENT = "assessment"
    STRATEGY_DISCUSSION = "strategy_discussion"
    SECTION_47_ENQUIRY = "section_47_enquiry"
    INITIAL_CONFERENCE = "initial_conference"
    TRANSFER_IN = "transfer_in"
    PROTECTION_PLAN = "protection_plan"
    CHILD_IN_NEED_PLAN = "child_in_need_plan"
    TRANSFER = "transfer"
    PREGNANCY_ENDED = "pregnancy_ended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Meaning:
    """How a stage is shown where no practice is at hand, the colour of its tag, and who answers for it."""

    label: str
    colour: str
    owner: Ground


MEANINGS: dict[Stage, Meaning] = {
    Stage.EARLY_HELP: Meaning("Early help", "teal", Ground.LEADS_WORK),
    Stage.FAMILY_HELP: Meaning("Family Help", "teal", Ground.LEADS_WORK),
    Stage.ASSESSMENT: Meaning("Child and family assessment", "blue", Ground.LEADS_WORK),
    Stage.STRATEGY_DISCUSSION: Meaning("Strategy discussion", "purple", Ground.MANAGES_TEAM),
    Stage.SECTION_47_ENQUIRY: Meaning("Section 47 enquiry", "purple", Ground.LEADS_WORK),
    Stage.INITIAL_CONFERENCE: Meaning("Initial conference", "magenta", Ground.CHAIRS_HERE),
    Stage.TRANSFER_IN: Meaning("Held under the plan of another area", "magenta", Ground.MANAGES_TEAM),
    Stage.PROTECTION_PLAN: Meaning("Child protection plan", "magenta", Ground.LEADS_WORK),
    Stage.CHILD_IN_NEED_PLAN: Meaning("Child in need plan", "blue", Ground.LEADS_WORK),
    Stage.TRANSFER: Meaning("Transfer to another area", "yellow", Ground.TAKES_OVER),
    Stage.PREGNANCY_ENDED: Meaning("The pregnancy has ended", "grey", Ground.MANAGES_TEAM),
    Stage.CLOSED: Meaning("Closed", "grey", Ground.MANAGES_TEAM),
}

OFFERS = frozenset({Stage.EARLY_HELP, Stage.FAMILY_HELP, Stage.ASSESSMENT, Stage.CHILD_IN_NEED_PLAN})
"""Help that may be opened by naming it as what goes on. A protection plan is opened by a conference alone."""

HELP = OFFERS | {Stage.PROTECTION_PLAN}
PROTECTING = frozenset(
    {
        Stage.STRATEGY_DISCUSSION,
        Stage.SECTION_47_ENQUIRY,
        Stage.INITIAL_CONFERENCE,
        Stage.TRANSFER_IN,
        Stage.PROTECTION_PLAN,
    }
)
PLANNED = frozenset({Stage.EARLY_HELP, Stage.FAMILY_HELP, Stage.CHILD_IN_NEED_PLAN, Stage.PROTECTION_PLAN})
WORK = frozenset(Stage) - {Stage.CLOSED, Stage.PREGNANCY_ENDED, Stage.TRANSFER}
HELD = WORK
"""What a disagreement may put back. More serious stages come later in `SERIOUS_LAST`."""

SERIOUS_LAST = (
    Stage.EARLY_HELP,
    Stage.FAMILY_HELP,
    Stage.CHILD_IN_NEED_PLAN,
    Stage.ASSESSMENT,
    Stage.STRATEGY_DISCUSSION,
    Stage.SECTION_47_ENQUIRY,
    Stage.INITIAL_CONFERENCE,
    Stage.TRANSFER_IN,
    Stage.PROTECTION_PLAN,
)
CONFERENCE = frozenset({Stage.INITIAL_CONFERENCE, Stage.TRANSFER_IN, Stage.PROTECTION_PLAN})
"""Stages at which a conference decides, and a chair has a part in the work."""

MEETING_STAGES = CONFERENCE | {Stage.STRATEGY_DISCUSSION}
NONE: frozenset[Stage] = frozenset()
ENDED = frozenset({Stage.CLOSED})
"""What is open of work that has ended."""

LOST = frozenset({Stage.PREGNANCY_ENDED})
"""A pregnancy that ended without a birth: nothing is asked for the child any more, by anybody. It is no closure."""

OVER = ENDED | LOST
