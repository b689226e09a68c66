"""What a move is, who makes them, and what may have to be written: the vocabulary of the pathway table."""

from collections.abc import Collection
from dataclasses import dataclass

from openmash.apps.access.grounds import Ground
from openmash.apps.casework.stages import NONE, Stage

FRONT_DOOR = frozenset(
    {Ground.SCREENS_HERE, Ground.MANAGES_HERE, Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER}
)
MANAGER = frozenset({Ground.MANAGES_TEAM})
WORKER = frozenset({Ground.LEADS_WORK, Ground.COVERS_WORK, Ground.MANAGES_TEAM})
CHAIR = frozenset({Ground.CHAIRS_HERE})
RECEIVES = frozenset({Ground.TAKES_OVER})
AT_THE_TABLE = frozenset({Ground.INVITED})
SECOND_PERSON = MANAGER | CHAIR | {Ground.HEADS_SERVICE_HERE}

REASON, GOES_ON, VIEWS, MEETING = "reason", "goes_on", "views", "meeting"
OFFER, WAY_BACK, TOLD, CATEGORY = "offer", "way_back", "told", "category"
WORKER_NAMED, PLACE, PLAN, REVIEW_ON = "worker", "place", "plan", "review_on"
TAKEN_OVER, NOTICE, CARE = "taken_over", "notice", "care"


@dataclass(frozen=True)
class Move:
    """One thing that can be done. `verb` is the action, the address of the page and the event in the audit log.

    - before: at least one of these stages is open (none named: whatever is open, or no case yet)
    - together_with: all of these are open besides
    - not_while: none of these may be open
    - closes: of these, those that are open end
    - opens: the stage that begins, unless it is open already
    - goes_on: whoever does it names one of these as the help that goes on; an offer not yet open begins
    - who: on which grounds it may be done
    - needs: what must be written; `rules.why_not` says what is lacking
    - puts_back: stages it may put back, until a disagreement is answered (rule C20)
    - two: it takes effect only when a second person has agreed (rules C5, C9)
    - lowers: it asks for less, so want of staff is no reason for it (rule C17)
    - done: how it reads once it has happened, where `words` say what to do
    """

    verb: str
    outcome: str
    words: str
    before: frozenset[Stage]
    closes: frozenset[Stage] = NONE
    opens: Stage | None = None
    goes_on: frozenset[Stage] = NONE
    who: frozenset[Ground] = WORKER
    needs: tuple[str, ...] = (REASON,)
    not_while: frozenset[Stage] = NONE
    puts_back: frozenset[Stage] = NONE
    together_with: frozenset[Stage] = NONE
    two: bool = False
    lowers: bool = False
    done: str = ""

    @property
    def has_happened(self) -> str:
        """What stands in the history."""
        return self.done or self.words

    @property
    def event(self) -> str:
        """The verb with its outcome, as clocks name it."""
        return f"{self.verb}:{self.outcome}" if self.outcome else self.verb

    def can_begin(self, stages: Collection[str]) -> bool:
        """Whether it can be done while these stages are open."""
        fits = not self.before or bool(self.before & set(stages))
        return fits and self.together_with <= set(stages) and not self.not_while & set(stages)
