"""Clocks are started and stopped by the moves of the pathway, as the practice says; nobody winds one by hand."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time

from django.utils import timezone

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.queries import events_about
from openmash.apps.casework.models import Case, Clock, PracticeAdopted, StageOpen
from openmash.apps.casework.practice import in_force, practice_of
from openmash.apps.casework.unborn import expected_on, is_unborn
from openmash.engines.clocks import LONDON, due, weeks_before
from openmash.engines.clocks import Clock as Limit
from openmash.engines.pathway import AGREED_DATE, ANY_STAGE, WEEKS_BEFORE, ClockDefinition
from openmash.engines.pathway.practice import ENDS, OPENINGS, OPENS, OPENS_AFTER_BIRTH, OPENS_BEFORE_BIRTH

END_OF_DAY = time(23, 59)


@acting
def stop_clocks(
    case: Case,
    events: Collection[str],
    ended: Collection[StageOpen],
    now: datetime,
    about: str = "",
    seen: datetime | None = None,
) -> None:
    """Stop those that one of these events stops, and those of stages that ended if they end with them.

    A clock that is for one thing among several stops for that thing alone (`about`). A visit (`seen`: when the child
    was seen) stops none that began on a later day: it was not for what the clock asks.
    """
    for clock in case.clocks.filter(stopped_at__isnull=True, about=about).select_related("practice"):
        stops = practice_of(clock.practice).clock(clock.definition).stops_when
        happened = next((event for event in events if event in stops), None)
        if seen is not None and today(seen) < today(clock.started_at):
            happened = None
        if happened is None and "ends" in stops and clock.stage_id in {each.pk for each in ended}:
            happened = "ends"
        if happened is not None:
            clock.stopped_at, clock.stopped_by = now, happened
            clock.save(update_fields=["stopped_at", "stopped_by"])


@acting
def stop_every_clock(case: Case, event: str, now: datetime) -> None:
    """Nothing is due for this child any more."""
    for clock in case.clocks.filter(stopped_at__isnull=True):
        clock.stopped_at, clock.stopped_by = now, event
        clock.save(update_fields=["stopped_at", "stopped_by"])


@acting
def run_on(clocks: Iterable[Clock], stage: StageOpen, event: str) -> None:
    """Clocks that should not have been stopped run again, from when they ran and until when they did."""
    for clock in clocks:
        Clock.objects.create(
            case=clock.case,
            stage=stage,
            definition=clock.definition,
            practice=clock.practice,
            about=clock.about,
            started_at=clock.started_at,
            started_by=event,
            counted_from=clock.counted_from,
            due_at=clock.due_at,
        )


@acting
def start_clocks(
    case: Case,
    events: Collection[str],
    begun: Collection[StageOpen],
    still_open: Iterable[StageOpen],
    moments: Mapping[str, datetime],
    now: datetime,
    agreed: date | None = None,
    about: str = "",
) -> None:
    """Start those that begin with a stage just begun, or with one of these events while their stage is open.

    `moments` says from when each may be counted (done, received, meeting); `agreed` is a date people agreed.
    """
    still_open = list(still_open)
    fresh = {each.pk for each in begun}
    opening = (OPENS, OPENS_BEFORE_BIRTH if is_unborn(case) else OPENS_AFTER_BIRTH)
    _start_those_of_no_stage(case, events, still_open, moments, now, agreed, about)
    for stage in still_open:
        # A clock runs under the version its stage was opened under, like everything else of that stage.
        for definition in practice_of(stage.practice).clocks:
            happened = _what_starts(definition, stage, (*opening, *events), stage.pk in fresh)
            if happened:
                _start(case, stage, definition, happened, moments, now, agreed)


def _start_those_of_no_stage(
    case: Case,
    events: Collection[str],
    still_open: list[StageOpen],
    moments: Mapping[str, datetime],
    now: datetime,
    agreed: date | None,
    about: str,
) -> None:
    """Whatever stage a child is at: these run under the practice in force now, and no stage's end stops them."""
    if not still_open:
        return
    adopted = practice_now(now)
    for definition in practice_of(adopted).clocks:
        happened = next((event for event in events if event in definition.starts_when), "")
        if definition.stage == ANY_STAGE and happened:
            _start(case, still_open[-1], definition, happened, moments, now, agreed, about, adopted)


def _what_starts(definition: ClockDefinition, stage: StageOpen, events: Collection[str], fresh: bool) -> str:
    if definition.stage != stage.stage:
        return ""
    wanted = (event for event in definition.starts_when if fresh or event not in OPENINGS)
    return next((event for event in wanted if event in events), "")


def _start(
    case: Case,
    stage: StageOpen,
    definition: ClockDefinition,
    happened: str,
    moments: Mapping[str, datetime],
    now: datetime,
    agreed: date | None,
    about: str = "",
    practice: PracticeAdopted | None = None,
) -> None:
    if definition.kind == AGREED_DATE:
        if agreed is None:
            return
        started, ends = now, datetime.combine(agreed, END_OF_DAY, tzinfo=LONDON)
    elif definition.kind == WEEKS_BEFORE:
        expected = expected_on(case)
        if expected is None or _is_over(case, stage, definition, happened):
            return  # it starts when somebody learns when the child is expected, and not for what is done
        started, ends = now, max(now, weeks_before(expected, definition.number))
    else:
        started = moments.get(definition.counted_from, now)
        ends = due(started, Limit(definition.kind, definition.number))
    Clock.objects.create(
        case=case,
        stage=stage,
        definition=definition.id,
        practice=practice or stage.practice,
        about=about,
        started_at=started,
        started_by=happened if happened not in OPENINGS else f"{stage.verb} opened {stage.stage}",
        counted_from=definition.counted_from,
        due_at=ends,
    )


def _is_over(case: Case, stage: StageOpen, definition: ClockDefinition, happened: str) -> bool:
    """Whether what the clock is for was done at this stage: it ran and was stopped by anything but what is to start
    it again, or it never ran, because nobody knew the date, and was done all the same.
    """
    last = case.clocks.filter(stage=stage, definition=definition.id).order_by("-id").first()
    if last is not None:
        return last.stopped_by != happened
    stops = set(definition.stops_when) - {happened, *definition.starts_when, ENDS}
    since = events_about("case", case.pk).filter(outcome="done", verb__in={s.split(":")[0] for s in stops})
    return any(
        each.verb in stops or f"{each.verb}:{each.detail.get('outcome')}" in stops
        for each in since.filter(at__gte=stage.at)
    )


@acting
def practice_now(now: datetime) -> PracticeAdopted:
    """The version under which a stage that begins now is opened."""
    return in_force(now)


@acting
def today(now: datetime) -> date:
    """The day in England on which a moment falls."""
    return timezone.localtime(now).date()
