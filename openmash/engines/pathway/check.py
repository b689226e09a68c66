"""Whether a practice fits the record: it must name every stage, and speak of no verb that does not exist."""

from collections.abc import Collection, Iterator

from openmash.dated_texts import Fault, did_you_mean
from openmash.engines.pathway.practice import ANY_STAGE, ENDS, OPENINGS, Practice


def check(
    practice: Practice,
    *,
    stages: Collection[str],
    events: Collection[str],
    meetings: Collection[str],
    agency_kinds: Collection[str] | None = None,
) -> list[Fault]:
    """Everything that does not fit; empty if all does.

    `events` are the verbs of the pathway, alone and with their outcomes (`finish_enquiry:conference`).
    Kinds of agency are looked into when they are given.
    """
    return [
        *_stages(practice, stages),
        *_clocks(practice, stages, events),
        *_quorum(practice, meetings, agency_kinds),
    ]


def _stages(practice: Practice, stages: Collection[str]) -> Iterator[Fault]:
    named = {each.stage for each in practice.stages}
    for stage in sorted(set(stages) - named):
        yield Fault(
            "stages.csv",
            None,
            f"The stage “{stage}” has no row.",
            "Add one: every stage needs a name and a lead.",
        )
    for stage in sorted(named - set(stages)):
        yield Fault("stages.csv", None, f"There is no stage “{stage}”.", did_you_mean(stage, stages))


def _clocks(practice: Practice, stages: Collection[str], events: Collection[str]) -> Iterator[Fault]:
    for clock in practice.clocks:
        if clock.stage == ANY_STAGE and {*OPENINGS, ENDS} & {*clock.starts_when, *clock.stops_when}:
            said = f"The clock “{clock.id}” is of no one stage, so no stage opens or ends it."
            yield Fault("clocks.csv", None, said, "Name the events that start and stop it.")
        if clock.stage not in stages and clock.stage != ANY_STAGE:
            said = f"The clock “{clock.id}” speaks of a stage “{clock.stage}” that there is not."
            yield Fault("clocks.csv", None, said, did_you_mean(clock.stage, [*stages, ANY_STAGE]))
        if clock.pause_when:
            said = f"The clock “{clock.id}” would pause, and no law or guidance that has been read lets it."
            yield Fault(
                "clocks.csv", None, said, "Leave pause_when empty: the clock runs on, with its reason."
            )
        for event in clock.starts_when:
            if event not in events and event not in OPENINGS:
                said = f"The clock “{clock.id}” starts when “{event}”, which never happens."
                yield Fault("clocks.csv", None, said, did_you_mean(event, [*events, *OPENINGS]))
        for event in clock.stops_when:
            if event not in events and event != ENDS:
                said = f"The clock “{clock.id}” stops when “{event}”, which never happens."
                yield Fault("clocks.csv", None, said, did_you_mean(event, [*events, ENDS]))


def _quorum(
    practice: Practice, meetings: Collection[str], agency_kinds: Collection[str] | None
) -> Iterator[Fault]:
    for meeting in sorted(set(meetings) - {need.meeting for need in practice.quorum}):
        said = f"Nobody is said to be needed at “{meeting}”."
        yield Fault("quorum.csv", None, said, "Add a row for it: no meeting decides with nobody there.")
    for need in practice.quorum:
        if need.meeting not in meetings:
            said = f"There is no meeting “{need.meeting}”."
            yield Fault("quorum.csv", None, said, did_you_mean(need.meeting, meetings))
        for kind in sorted(need.agency_kinds - set(agency_kinds or need.agency_kinds)):
            said = f"There is no kind of agency “{kind}”."
            yield Fault("quorum.csv", None, said, did_you_mean(kind, agency_kinds or ()))
