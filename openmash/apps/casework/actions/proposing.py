"""Decisions that take two people: proposed by one, and made when another has agreed.

Two people are needed to refuse to step up (rules C5 and C9), to decide lower than the published threshold says of a
conference (rule C19), and to change nothing after something new that the threshold puts at protection (rule C18).
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Taken, check_move, keep_why, locked, note, touch
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    Case,
    NewInformation,
    Proposal,
    ProposalWord,
    StageEnded,
    StageOpen,
    ThresholdAsked,
)
from openmash.apps.casework.rules import Said, Written
from openmash.apps.casework.standing import permitted
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person

STEP_UP_REFUSED = "It refuses to step up, which takes two people (rules C5 and C9)."
Effect = Callable[[Taken, Proposal], None]
EFFECTS: dict[str, Effect] = {}
"""What each verb does once a second person has agreed. Each action that may propose adds its own."""


@acting
def waiting(case: Case, verb: str = "") -> list[Proposal]:
    """Proposals that wait for a second person's word; of one verb, if it is named."""
    found = Proposal.objects.filter(case=case, second_word__isnull=True).select_related("by__agency")
    return list(found.filter(verb=verb) if verb else found)


@acting
def propose(
    taken: Taken,
    because: Sequence[str],
    *,
    asked: ThresholdAsked | None = None,
    information: NewInformation | None = None,
) -> Proposal:
    """Keep a decision that waits for a second person. Nothing has changed for the child yet."""
    case, move = taken.case, taken.move
    for each in waiting(case, move.verb):
        if each.information_id == (information.pk if information else None):
            raise NotPossibleNow("This waits for a second person already. Wait for their word, or ask them.")
    proposal = Proposal.objects.create(
        case=case,
        verb=move.verb,
        outcome=move.outcome,
        reason=taken.written.reason,
        written=_kept(taken.written),
        because=list(because),
        asked=asked,
        information=information,
        by=taken.by,
        at=taken.now,
    )
    detail = {
        "outcome": move.outcome,
        "waits": True,
        "proposal": proposal.pk,
        **keep_why(case, move.verb, taken.written.reason, by=taken.by, now=taken.now),
    }
    touch(case, move.verb, by=taken.by, ground=taken.ground, now=taken.now, detail=detail)
    return proposal


def _kept(written: Written) -> dict[str, Any]:
    kept = asdict(written)
    kept["review_on"] = written.review_on.isoformat() if written.review_on else None
    return kept


def _written(kept: dict[str, Any]) -> Written:
    return Written(
        **{
            **kept,
            "told": tuple(kept["told"]),
            "review_on": date.fromisoformat(kept["review_on"]) if kept["review_on"] else None,
            "views": {whose: Said(**said) for whose, said in kept["views"].items()},
        }
    )


@acting
@transaction.atomic
def say_word(
    *, case_id: UUID, proposal_id: int, agrees: bool, reason: str, by: Person, now: datetime
) -> ProposalWord:
    """A second person agrees, and it takes effect at once; or does not, and it is decided again.

    Raises:
        Refused: this person may not be the second.
        NotPossibleNow: it does not wait, it is this person's own, or what is open has changed since.
        Incomplete: no reason.
    """
    case = locked(case_id)
    verb = "agree_proposal" if agrees else "return_proposal"
    ground = permitted(verb, case, by, now)
    proposal = Proposal.objects.get(pk=proposal_id, case=case)
    if ProposalWord.objects.filter(proposal=proposal).exists():
        raise NotPossibleNow("This does not wait for a second person.")
    if proposal.by_id == by.pk:
        raise NotPossibleNow("You decided this, so somebody else must be the second person.")
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why you agree, or why you do not.")])
    word = ProposalWord.objects.create(
        case=case, proposal=proposal, first=proposal.by, agrees=agrees, reason=reason, by=by, at=now
    )
    why = keep_why(case, verb, reason, by=by, now=now)
    note(case, verb, by=by, ground=ground, now=now, detail={"proposal": proposal.pk, **why})
    if agrees:
        _refuse_what_is_out_of_date(case, proposal)
        # Whoever proposed it must still be the one who may do it, and it must still be possible.
        written = _written(proposal.written)
        try:
            taken = check_move(case, proposal.verb, proposal.outcome, written, by=proposal.by, now=now)
        except (Refused, Incomplete) as lacking:
            # It is about whoever proposed it and what they wrote: the second person cannot mend it on this page.
            raise NotPossibleNow(
                "This cannot take effect any more as it was decided. Return it, to be decided again."
            ) from lacking
        EFFECTS[proposal.verb](taken, proposal)
    return word


def _refuse_what_is_out_of_date(case: Case, proposal: Proposal) -> None:
    """Reasons of an earlier day do not end a stage that began since, nor outweigh what has been heard since."""
    since = (
        StageOpen.objects.filter(case=case, at__gt=proposal.at),
        StageEnded.objects.filter(case=case, at__gt=proposal.at),
        NewInformation.objects.filter(case=case, at__gt=proposal.at),
    )
    if any(each.exists() for each in since):
        raise NotPossibleNow("Something has changed since this was decided. Return it, to be decided again.")
