"""The shape of a practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LEADS = ("front_door", "lead_practitioner", "social_worker", "team_manager", "conference_chair")
KINDS = (
    "at_once",
    "hours",
    "same_day",
    "working_days",
    "calendar_days",
    "calendar_weeks",
    "calendar_months",
)
AGREED_DATE = "agreed_date"
"""The kind of a clock whose end people agree each time, such as the date on which a plan is looked at again."""

WEEKS_BEFORE = "weeks_before"
"""The kind of a clock that leads up to a birth: so many weeks before the child is expected."""

COUNTED_FROM = ("done", "received", "meeting", "agreed", "expected", "born")
"""From when a clock counts: the act that starts it, the concern behind the act, the meeting that was held, or
(only for an agreed date) the date itself; the day on which a child is expected (only for weeks before it), or the
birth."""

OPENS, ENDS = "opens", "ends"
"""That the stage of a clock is opened, and that it ends."""

OPENS_BEFORE_BIRTH, OPENS_AFTER_BIRTH = "opens_before_birth", "opens_after_birth"
"""That its stage is opened for a child who is not yet born, and for one who is."""

OPENINGS = (OPENS, OPENS_BEFORE_BIRTH, OPENS_AFTER_BIRTH)

ANY_STAGE = "any"
"""Instead of a stage: the clock runs whatever stage the child is at, and no stage's end stops it."""

ALWAYS, WHERE_IT_APPLIES = "always", "where_it_applies"


@dataclass(frozen=True)
class StageNamed:
    """What an area calls a stage, who leads it, what the family is told, and the ground in law.

    `pathways` are the pathways of the threshold policy by which a decision of the front door opens it.
    """

    stage: str
    name: str
    lead: str
    told: str
    ground: str
    pathways: frozenset[str]
    to_be_confirmed: bool


@dataclass(frozen=True)
class ClockDefinition:
    """What must be done by when. `starts_when` and `stops_when` are events: `opens`, `ends`, a verb of the
    pathway, or a verb with its outcome (`finish_enquiry:no_conference`).

    `number` is 0 for kinds that take none. An empty `pause_when` means that nothing stops it meanwhile.
    """

    id: str
    stage: str
    must: str
    starts_when: tuple[str, ...]
    counted_from: str
    stops_when: tuple[str, ...]
    kind: str
    number: int
    pause_when: str
    source: str
    to_be_confirmed: bool


@dataclass(frozen=True)
class Need:
    """Somebody who must be at a meeting for it to decide: one of these kinds of agency."""

    meeting: str
    needed: str
    agency_kinds: frozenset[str]
    always: bool
    source: str


@dataclass(frozen=True)
class Practice:
    """One version. `texts` are the very files, by name, and `digest` their SHA-256."""

    id: str
    version: str
    title: str
    in_force_from: date
    sign_off: str
    stages: tuple[StageNamed, ...]
    clocks: tuple[ClockDefinition, ...]
    quorum: tuple[Need, ...]
    texts: Mapping[str, str]
    digest: str

    def stage(self, stage: str) -> StageNamed:
        """What this version calls a stage.

        Raises:
            KeyError: it has no such stage.
        """
        found = next((each for each in self.stages if each.stage == stage), None)
        if found is None:
            raise KeyError(stage)
        return found

    def has(self, stage: str) -> bool:
        """Whether it names this stage."""
        return any(each.stage == stage for each in self.stages)

    def stage_for(self, pathway: str) -> str | None:
        """The stage that a pathway of the threshold policy opens; None if it opens none."""
        return next((each.stage for each in self.stages if pathway in each.pathways), None)

    def clock(self, clock: str) -> ClockDefinition:
        """One clock by its id.

        Raises:
            KeyError: there is none.
        """
        found = next((each for each in self.clocks if each.id == clock), None)
        if found is None:
            raise KeyError(clock)
        return found

    def needs(self, meeting: str) -> tuple[Need, ...]:
        """Who must be at a kind of meeting, in the order of the file."""
        return tuple(each for each in self.quorum if each.meeting == meeting)
