"""Linking runs: asked for by a person, carried out by one process at a time, proposing pairs and deciding nothing."""

import importlib
import random
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.families.queries import population
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.holding import hold, let_go
from openmash.apps.registers.keeping import day_of, kept_on, must_be_kept
from openmash.apps.registers.models import LinkingRun, Pair, Register, RegisterRow, RunProgress, RunResult
from openmash.apps.registers.permission import permitted
from openmash.engines.matching.batch.linking.people import KeptPeople, NothingToMend
from openmash.engines.matching.weights import current

SHARE_LOOKED_AT_TWICE = 0.1

Clock = Callable[[], datetime]
State = RunProgress.State


@acting
@transaction.atomic
def ask_for_run(*, one: Register, other: Register, purpose: str, by: Person, now: datetime) -> LinkingRun:
    """Ask for two registers to be linked. Asked twice while it waits or runs, it is the same run.

    Raises:
        Refused: `by` does not manage the front door where both agencies are.
        RegisterRefused: no purpose was given, it is one register, or one may not be kept any more.
    """
    ground = permitted(
        "link_registers", one.agency, other.agency, by=by, now=now, subject=("register", one.pk)
    )
    if not purpose.strip():
        raise RegisterRefused("Say what the registers are linked for.", field="purpose")
    if one.pk == other.pk:
        raise RegisterRefused("Choose two different registers.", field="other")
    if min(one.keep_until, other.keep_until) < day_of(now):
        raise RegisterRefused(
            "One of these registers was to be kept until a day that has gone by.", field="other"
        )
    # Locked, so that two who ask at once get one run.
    list(Register.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk"))
    waiting = LinkingRun.objects.filter(
        Q(one=one, other=other) | Q(one=other, other=one), progress__state__in=[State.WAITING, State.RUNNING]
    ).first()
    if waiting:
        return waiting
    run = LinkingRun.objects.create(one=one, other=other, purpose=purpose.strip(), by=by, at=now)
    RunProgress.objects.create(run=run, moved_at=now)
    record(
        by=by,
        verb="ask_for_linking",
        subject_kind="linking_run",
        subject_id=run.pk,
        ground=ground,
        now=now,
        detail={"registers": [str(one.pk), str(other.pk)]},
    )
    return run


@acting
def claim_run(*, now: datetime) -> UUID | None:
    """The run that has waited longest, or was left by a process that is gone, from now on this process's; or None.

    Two processes never get the same: it is held by a lock that goes with the process (`holding`).
    """
    open_to_me = RunProgress.objects.filter(
        state__in=[State.WAITING, State.RUNNING], run__in=kept_on(day_of(now))
    )
    for pk in map(UUID, map(str, open_to_me.order_by("run__at").values_list("pk", flat=True))):
        if not hold(pk):
            continue
        if open_to_me.filter(pk=pk).update(
            state=State.RUNNING, stage="Beginning", done=0, of=0, moved_at=now
        ):
            return pk
        let_go(pk)
    return None


@acting
def carry_out(run_id: UUID, *, clock: Clock) -> None:
    """Link, and keep what is proposed. A fault leaves the run marked as stopped, and nothing half kept."""
    run = LinkingRun.objects.select_related("one", "other").get(pk=run_id)
    try:
        must_be_kept(run, now=clock())
        found = _linked(run, clock)
        _keep(run, found, now=clock())
    except Exception:
        _move(run, state=State.FAILED, now=clock())
        raise
    finally:
        let_go(run_id)


def _linked(run: LinkingRun, clock: Clock) -> Any:
    told = [clock()]

    def progress(stage: str, done: int, of: int) -> None:
        now = clock()
        if (now - told[0]).total_seconds() >= 1 or done == of:
            told[0] = now
            _move(run, now=now, stage=stage, done=done, of=of)

    # Loaded only now: it needs the extra `batch`, which whoever serves pages alone may do without.
    linking = importlib.import_module("openmash.engines.matching.batch.linking.link")
    return linking.link(
        (_people(run.one), _people(run.other)),
        (NothingToMend(), NothingToMend()),
        weights=current(),
        on=day_of(clock()),
        once=Register.Kind.NOTIFICATIONS not in (run.one.kind, run.other.kind),
        population=population(),
        machine=linking.Machine(memory_mb=500),
        progress=progress,
    )


def _people(register: Register) -> KeptPeople:
    rows = RegisterRow.objects.filter(register=register).order_by("line").values_list("line", "described")
    return KeptPeople(str(register), lambda: rows.iterator(chunk_size=2_000))


def _move(run: LinkingRun, *, now: datetime, **changed: object) -> None:
    RunProgress.objects.filter(pk=run.pk).update(moved_at=now, **changed)


@transaction.atomic
def _keep(run: LinkingRun, found: Any, *, now: datetime) -> None:
    if not RunProgress.objects.select_for_update().filter(pk=run.pk, state=State.RUNNING).exists():
        return  # it has been finished already
    must_be_kept(run, now=now)
    lots = random.SystemRandom()
    proposed = [*found.chosen.links, *found.chosen.to_check]
    lines = [
        (each.asking, each.found) if found.asking_is_first else (each.found, each.asking) for each in proposed
    ]
    one = _ids(run.one, (line for line, _ in lines))
    other = _ids(run.other, (line for _, line in lines))
    Pair.objects.bulk_create(
        (
            Pair(
                run=run,
                one_id=one[first],
                other_id=other[second],
                sureness=each.sureness.name,
                same=each.same,
                second_look=lots.random() < SHARE_LOOKED_AT_TWICE,
            )
            for each, (first, second) in zip(proposed, lines, strict=True)
        ),
        batch_size=1_000,
    )
    expected = found.chosen.expected
    RunResult.objects.create(
        run=run,
        weights=current().version,
        very_likely=len(found.chosen.links),
        possible=len(found.chosen.to_check),
        siblings=found.chosen.siblings,
        expected_false=expected.false_links,
        expected_missed=expected.missed_links,
        at=now,
    )
    _move(run, now=now, state=State.DONE, stage="", done=0, of=0)
    record(
        by=None,
        verb="propose_pairs",
        subject_kind="linking_run",
        subject_id=run.pk,
        ground="asked for by a front door manager",
        now=now,
        detail={"very_likely": len(found.chosen.links), "possible": len(found.chosen.to_check)},
    )


def _ids(register: Register, lines: Iterable[int]) -> dict[int, UUID]:
    wanted = set(lines)
    rows = RegisterRow.objects.filter(register=register).values_list("line", "pk")
    return {line: pk for line, pk in rows.iterator() if line in wanted}
