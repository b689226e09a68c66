"""Where the people of registers stand, in words, and who may be told: for pages on which people are looked for.

Somebody who screens concerns, or manages the front door, where the agency of a register is may be told. Of rows of
other places they learn only which front door must be asked. Whoever raises a concern learns nothing of registers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import lately_about
from openmash.apps.directory.models import Locality, Person
from openmash.apps.families.models import Description
from openmash.apps.families.queries import same_people_as
from openmash.apps.registers.keeping import day_of
from openmash.apps.registers.models import Pair, Register, RegisterRow, RowSaid
from openmash.apps.registers.permission import ground_on
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.record import from_text

LOOK = "see_standing"
THE_SAME_LOOK = timedelta(minutes=10)
"""A row shown again to the same person within this time, while they go on working, is one look."""

WORDS = {
    Register.Kind.SCHOOL_ROLL: "on the roll of {}",
    Register.Kind.GP_LIST: "on the list of {}",
    Register.Kind.NOTIFICATIONS: "in notifications of {}",
    Register.Kind.OTHER: "in a register of {}",
}


@dataclass(frozen=True)
class Standing:
    """Where a row of a register stands: "on the roll of Millbrook Primary School", and since when that is known."""

    row: UUID
    register: UUID
    words: str
    handed_over: date
    """The day in England on which the agency handed the register over: what it says may have changed since."""
    ground: str
    """On what ground the reader may be told."""


@dataclass(frozen=True)
class Standings:
    """Of some rows, those one reader may be told of; and of the others, where somebody must be asked."""

    told: dict[UUID, Standing]
    ask: dict[UUID, Locality]


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def standings_for(rows: Collection[UUID], *, by: Person, now: datetime) -> Standings:
    """Where these rows stand, as far as `by` may be told. Rows of registers whose day has gone by are in neither.

    A row that is said to be a child on a record they are kept out of is not told: it would say where that child is.
    """
    found = RegisterRow.objects.filter(pk__in=rows, register__keep_until__gte=day_of(now))
    kept_out = _of_records_kept_out(rows, by, now)
    told: dict[UUID, Standing] = {}
    ask: dict[UUID, Locality] = {}
    for row in found.select_related("register__agency__locality"):
        ground = ground_on("see_standing", row.register.agency, by=by, now=now)
        if ground and row.pk not in kept_out:
            told[row.pk] = _standing(row, ground)
        else:
            ask[row.pk] = row.register.agency.locality
    return Standings(told, ask)


def _of_records_kept_out(rows: Collection[UUID], by: Person, now: datetime) -> frozenset[UUID]:
    contacts = viewer_of(by, day_of(now)).kept_out
    if not contacts:
        return frozenset()
    said = list(
        RowSaid.objects.filter(row__in=rows).order_by("id").values_list("row_id", "description_id", "same")
    )
    people = same_people_as({of for _row, of, _same in said})
    latest = {(row, people[of]): same for row, of, same in said}
    told_of = {of for (_row, several), same in latest.items() if same for of in several}
    hidden = Description.objects.filter(pk__in=told_of, contact_id__in=contacts)
    closed = set(hidden.values_list("pk", flat=True))
    return frozenset(row for (row, several), same in latest.items() if same and several & closed)


def _standing(row: RegisterRow, ground: str) -> Standing:
    register = row.register
    words = WORDS[Register.Kind(register.kind)].format(register.agency.name)
    return Standing(row.pk, register.pk, words, day_of(register.at), ground)


def note_standings(standings: Iterable[Standing], *, by: Person, now: datetime) -> None:
    """Write down that these were shown, each once while it is the same look."""
    shown = {str(each.row): each for each in standings}
    since = now - THE_SAME_LOOK
    already = lately_about("register_row", shown, verb=LOOK, by_id=by.pk, since=since) if shown else set()
    for pk, each in shown.items():
        if pk not in already:
            detail = {"register": str(each.register)}
            record(
                by=by,
                verb=LOOK,
                subject_kind="register_row",
                subject_id=each.row,
                ground=each.ground,
                now=now,
                detail=detail,
            )


def rows_of_the_same_person(row: UUID, *, now: datetime) -> frozenset[UUID]:
    """Rows of other registers that people have said are of this row's person, and nobody has said are not.

    Direct words only: what is the same as the same is not taken to be the same. Words that were taken back, and
    those on runs over a register whose day has gone by, count for nothing.
    """
    today = day_of(now)
    kept = Pair.objects.filter(run__one__keep_until__gte=today, run__other__keep_until__gte=today)
    pairs = kept.filter(Q(one_id=row) | Q(other_id=row)).annotate(
        same_said=Count("said", filter=Q(said__verdict="same", said__taken_back__isnull=True)),
        others_said=Count("said", filter=~Q(said__verdict="same") & Q(said__taken_back__isnull=True)),
    )
    told = pairs.filter(same_said__gt=0, others_said=0).values_list("one_id", "other_id")
    return frozenset(each for both in told for each in both if each != row)


@dataclass(frozen=True)
class SaidOnRegister:
    """Somebody of a register of whom a person has said that they are, or are not, the person described."""

    standing: Standing
    person: DescribedPerson
    said: RowSaid


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def said_on_registers(description: UUID, *, by: Person, now: datetime) -> tuple[SaidOnRegister, ...]:
    """The latest word on each row for the person of this description, as far as `by` may be told of the row."""
    said = RowSaid.objects.filter(
        description__in=same_people_as([description])[description], register__keep_until__gte=day_of(now)
    )
    latest = {each.row_id: each for each in said.select_related("row", "by__agency").order_by("id")}
    told = standings_for(latest.keys(), by=by, now=now).told
    return tuple(
        SaidOnRegister(told[row], from_text(each.row.described), each)
        for row, each in latest.items()
        if row in told
    )
