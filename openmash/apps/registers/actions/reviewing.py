"""Clerical review: pair by pair, a person's word with a reason, that can be taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.keeping import must_be_kept
from openmash.apps.registers.looking import looks_wanted, note_look
from openmash.apps.registers.models import LinkingRun, Pair, PairHeld, PairSaid, PairSaidTakenBack
from openmash.apps.registers.permission import permitted

HELD_FOR = timedelta(minutes=20)


@acting
@transaction.atomic
def take_next(*, run: LinkingRun, by: Person, now: datetime) -> Pair | None:
    """The next pair for this person to look at, theirs alone for a while; None when nothing is left for them.

    Whoever comes back gets the pair they had. Nobody is given a pair of which they have said something.

    Raises:
        Refused: `by` may not look at pairs of these registers.
        RegisterRefused: one of them may not be kept any more.
    """
    _permitted(run, by, now)
    # One at a time for each run: it takes a moment, and two people never get the same pair.
    LinkingRun.objects.select_for_update().get(pk=run.pk)
    own = PairSaid.objects.filter(pair=OuterRef("pk"), by=by, taken_back__isnull=True)
    held = PairHeld.objects.filter(pair=OuterRef("pk"), until__gte=now).exclude(by=by)
    open_to_me = looks_wanted(run).filter(~Exists(own), ~Exists(held))
    mine = PairHeld.objects.filter(pair=OuterRef("pk"), by=by, until__gte=now)
    pair = open_to_me.annotate(mine=Exists(mine)).order_by("-mine", "-same", "pk").first()
    if pair is None:
        return None
    note_look(run, "see_pair", {"pair": pair.pk}, by=by, now=now)
    PairHeld.objects.update_or_create(pair=pair, defaults={"by": by, "until": now + HELD_FOR})
    return Pair.objects.select_related("one__register__agency", "other__register__agency").get(pk=pair.pk)


@acting
@transaction.atomic
def say(
    *,
    pair: Pair,
    verdict: str,
    reason: str,
    shown: Mapping[str, Any],
    by: Person,
    now: datetime,
) -> PairSaid:
    """Say what a pair is. Sent twice by the same person, it is said once.

    Raises:
        Refused: `by` may not look at pairs of these registers.
        RegisterRefused: no verdict or reason; somebody else has the pair, or it needs no further word.
    """
    ground = _permitted(pair.run, by, now)
    if verdict not in PairSaid.Verdict.values:
        raise RegisterRefused("Choose one of the three answers.", field="verdict")
    if not reason.strip():
        raise RegisterRefused("Say what your answer rests on.", field="reason")
    LinkingRun.objects.select_for_update().get(pk=pair.run_id)
    before = PairSaid.objects.filter(pair=pair, by=by, taken_back__isnull=True).first()
    if before:
        return before
    if PairHeld.objects.filter(pair=pair, until__gte=now).exclude(by=by).exists():
        raise RegisterRefused("Somebody else has this pair in front of them now. Go on with the next.")
    if not looks_wanted(pair.run).filter(pk=pair.pk).exists():
        raise RegisterRefused("Somebody else has said what this pair is meanwhile. Go on with the next.")
    said = PairSaid.objects.create(
        pair=pair,
        run_id=pair.run_id,
        verdict=verdict,
        reason=reason.strip(),
        shown=dict(shown),
        by=by,
        at=now,
    )
    PairHeld.objects.filter(pair=pair).update(until=now - timedelta(seconds=1))
    record(
        by=by,
        verb="say_of_pair",
        subject_kind="linking_run",
        subject_id=pair.run_id,
        ground=ground,
        now=now,
        detail={"pair": pair.pk, "verdict": verdict, "rows": [str(pair.one_id), str(pair.other_id)]},
    )
    return said


@acting
@transaction.atomic
def take_back(*, said: PairSaid, reason: str, by: Person, now: datetime) -> None:
    """Say that a word on a pair was wrong: the pair is to be looked at again. One's own, or as a manager anybody's.

    Raises:
        Refused: it is somebody else's, and `by` manages no front door here.
        RegisterRefused: no reason, or it has been taken back already.
    """
    must_be_kept(said.run, now=now)
    verb = "review_pairs" if said.by_id == by.pk else "link_registers"
    ground = permitted(
        verb, said.run.one.agency, said.run.other.agency, by=by, now=now, subject=("linking_run", said.run_id)
    )
    if not reason.strip():
        raise RegisterRefused("Say why this was wrong.", field="reason")
    LinkingRun.objects.select_for_update().get(pk=said.run_id)
    if PairSaidTakenBack.objects.filter(said=said).exists():
        raise RegisterRefused("This has been taken back already.")
    PairSaidTakenBack.objects.create(said=said, run_id=said.run_id, reason=reason.strip(), by=by, at=now)
    record(
        by=by,
        verb="take_back_of_pair",
        subject_kind="linking_run",
        subject_id=said.run_id,
        ground=ground,
        now=now,
        detail={"pair": said.pair_id, "said": said.pk},
    )


def _permitted(run: LinkingRun, by: Person, now: datetime) -> str:
    must_be_kept(run, now=now)
    return permitted(
        "review_pairs", run.one.agency, run.other.agency, by=by, now=now, subject=("linking_run", run.pk)
    )
