"""Letters about a birth, and about a move from or to another area: what the record says for each.

Where a child lives may be what somebody must not learn. Texts for parents name no area and no address, and whoever
writes to one is told beforehand what the reader learns.
"""

from collections.abc import Iterator

from openmash.apps.casework.models import Case, Plan, TransferIn, TransferOut
from openmash.apps.casework.practice import practice_of
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.standing import leaving, open_stages
from openmash.apps.casework.unborn import birth_of
from openmash.apps.papers.contents import day
from openmash.apps.papers.occasion import LABELS, Occasion, Values

MOVED = (
    "Whoever reads this learns that the child has moved. Write it only to a parent who knows where the child lives, "
    "and from whom nobody is kept safe."
)
BORN = (
    "Whoever reads this learns that the child was born, and when. Ask first whether this parent may know, and how the "
    "mother and the baby are."
)


def births_and_moves(case: Case) -> Iterator[Occasion]:
    """What there is to tell of a birth, of a notice given to another area, and of one that came from there."""
    birth = birth_of(case)
    if birth is not None:
        values: Values = {"born_on": day(birth.born_at), "where": birth.where, "next": _next(case)}
        yield Occasion("birth", f"birth:{birth.pk}", LABELS["birth"], values, careful=BORN)
    notice = leaving(case)
    if notice is not None:
        yield _leaves(case, notice)
    if Stage.TRANSFER_IN in {each.stage for each in open_stages(case)}:
        arrived = TransferIn.objects.filter(case=case).order_by("-id").first()
        if arrived is not None:
            yield _held(case, arrived)


def _leaves(case: Case, notice: TransferOut) -> Occasion:
    plan = Plan.objects.filter(case=case).order_by("-id").first()
    answer = case.clocks.filter(stopped_at__isnull=True, stage__stage=Stage.TRANSFER).first()
    stages = [each for each in open_stages(case) if each.stage != Stage.TRANSFER]
    return Occasion(
        "transfer_out",
        f"transfer_out:{notice.pk}",
        f"{LABELS['transfer_out']}: {notice.area}",
        {
            "to_area": notice.area,
            "given_on": day(notice.at),
            "open_now": [
                f"{practice_of(each.practice).stage(each.stage).name}, since {day(each.at)}"
                for each in stages
            ],
            "plan": plan.outline if plan is not None else "",
            "next": _next(case),
            "answer_by": day(answer.due_at) if answer is not None else "",
        },
        area=notice.area,
        careful=MOVED,
    )


def _held(case: Case, arrived: TransferIn) -> Occasion:
    conference = case.clocks.filter(stopped_at__isnull=True, definition="transfer_in_conference").first()
    return Occasion(
        "transfer_in",
        f"transfer_in:{arrived.pk}",
        f"{LABELS['transfer_in']}: {arrived.from_area}",
        {
            "from_area": arrived.from_area,
            "notice_on": day(arrived.notice_at),
            "held_here": MEANINGS[Stage.TRANSFER_IN].label,
            "conference_by": day(conference.due_at) if conference is not None else "",
            "records": [each.what for each in arrived.records.filter(ended__isnull=True)],
        },
        area=arrived.from_area,
        careful=MOVED,
    )


def _next(case: Case) -> list[str]:
    """What is due for the child, the soonest first."""
    clocks = case.clocks.filter(stopped_at__isnull=True, about="").select_related("practice", "stage")
    return [
        f"{practice_of(each.practice).clock(each.definition).must.removesuffix('.')}: by {day(each.due_at)}"
        for each in clocks.exclude(stage__stage=Stage.TRANSFER)
    ]
