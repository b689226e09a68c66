"""Drafts of the threshold: for those who lead on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.directory.models import Person
from openmash.apps.policy.draft_states import DraftMoveAllowed, DraftState, move_for
from openmash.apps.policy.errors import DraftMoveNotPossible
from openmash.apps.policy.models import AdoptedPolicy, Draft, DraftMove, Revision
from openmash.apps.policy.permission import may, permitted
from openmash.apps.policy.queries.checking import policy_of
from openmash.apps.policy.queries.versions import PolicyInForce, adopted
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.proof.changes import RowChange, changed_rows
from openmash.engines.thresholds.text.editing import CHANGES

VERBS = ("revise_draft", "send_draft", "return_draft", "adopt_draft", "set_draft_aside")


@dataclass(frozen=True)
class OpenedDraft:
    """A draft with its latest revision, and what may be done with it by whoever opened it.

    `overtaken_by` names versions, adopted since the draft was begun, whose changes it does not hold.
    """

    draft: Draft
    state: DraftState
    revision: Revision
    policy: Policy
    revisions: tuple[Revision, ...]
    moves: tuple[DraftMove, ...]
    may: frozenset[str]
    base: PolicyInForce
    overtaken_by: tuple[str, ...]

    def changes(self) -> tuple[RowChange, ...]:
        """Every row that differs from the version it was begun from, with the reason."""
        return changed_rows(self.base.policy, self.policy)


@dataclass(frozen=True)
class Adoption:
    """An adopted version and the decision it rests on. `by` is "" where it was agreed elsewhere."""

    pk: int
    version: str
    title: str
    digest: str
    in_force_from: datetime
    adopted_at: datetime
    by: str
    decision: str
    draft_id: int | None


def drafts_visible_to(by: Person, now: datetime) -> list[tuple[Draft, DraftState]]:
    """Every draft with where it stands, the latest first.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    permitted("see_drafts", "draft", "", by=by, now=now)
    return [(draft, state_of(draft)) for draft in Draft.objects.select_related("based_on", "begun_by")]


def adoptions_visible_to(by: Person, now: datetime) -> list[Adoption]:
    """Every adopted version with the words of its decision, the latest to apply first.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    permitted("see_drafts", "draft", "", by=by, now=now)
    rows = list(AdoptedPolicy.objects.select_related("move").defer("texts").order_by("-in_force_from"))
    names = dict(Person.objects.filter(pk__in={row.adopted_by_id for row in rows}).values_list("pk", "name"))
    return [
        Adoption(
            pk=row.pk,
            version=row.version,
            title=row.title,
            digest=row.digest,
            in_force_from=row.in_force_from,
            adopted_at=row.adopted_at,
            by=names.get(row.adopted_by_id or 0, ""),
            decision=row.decision,
            draft_id=row.move.draft_id if hasattr(row, "move") else None,
        )
        for row in rows
    ]


def open_draft(draft_id: int, *, by: Person, now: datetime, to: str = "see_drafts") -> OpenedDraft:
    """One draft, as it stands. `to` is the verb the page is for.

    Raises:
        Refused: this person does not lead on the threshold, or may not do what the page is for.
    """
    permitted(to, "draft", draft_id, by=by, now=now)
    draft = Draft.objects.select_related("based_on", "begun_by").get(pk=draft_id)
    revision = last_revision(draft)
    moves = tuple(draft.moves.select_related("by"))
    return OpenedDraft(
        draft=draft,
        state=state_of(draft),
        revision=revision,
        policy=policy_of(revision.digest, revision.pk),
        revisions=tuple(draft.revisions.select_related("by").defer("texts").order_by("-number")),
        moves=moves,
        may=frozenset(verb for verb in VERBS if may(verb, by, now) and not _why_not_move(verb, draft, by)),
        base=adopted(draft.based_on_id),
        overtaken_by=overtaken_by(draft, moves),
    )


def overtaken_by(draft: Draft, moves: Sequence[DraftMove]) -> tuple[str, ...]:
    """The versions that apply from a later day than a draft's base: adopting it would undo them."""
    own = [move.adopted_id for move in moves if move.adopted_id]
    later = AdoptedPolicy.objects.filter(in_force_from__gt=draft.based_on.in_force_from).exclude(pk__in=own)
    until = max((move.at for move in moves if move.adopted_id), default=None)
    if until is not None:  # what came after this one was adopted is no matter for it any more
        later = later.filter(adopted_at__lt=until)
    return tuple(later.order_by("in_force_from").values_list("version", flat=True))


def revision_of(draft_id: int, number: int, *, by: Person, now: datetime) -> tuple[Revision, Policy] | None:
    """One revision of a draft and what it means, None when there is none of this number.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    permitted("see_drafts", "draft", draft_id, by=by, now=now)
    found = Revision.objects.select_related("by").filter(draft_id=draft_id, number=number).first()
    return (found, policy_of(found.digest, found.pk)) if found else None


def draft_named(version: str, based_on_id: int, *, by: Person, now: datetime) -> int | None:
    """The draft of this version that this person has begun from that one already: the button was pressed twice.

    Raises:
        Refused: this person may not begin drafts.
    """
    permitted("begin_draft", "policy", based_on_id, by=by, now=now)
    found = Draft.objects.filter(version=version.strip(), based_on_id=based_on_id, begun_by=by).first()
    return found.pk if found else None


def revised_so(draft_id: int, texts: Mapping[str, str], *, seen: int, reason: str, by: Person) -> bool:
    """Whether this person has already made this very change to that revision."""
    made = Revision.objects.filter(draft_id=draft_id, number=seen + 1, by=by, reason=reason.strip()).first()
    return made is not None and without_notes(made.texts) == without_notes(texts)


def moved_so(draft_id: int, state: DraftState, *, words: str, by: Person) -> DraftMove | None:
    """The last move, if it is this person's and this very one."""
    last = DraftMove.objects.filter(draft_id=draft_id).order_by("-id").first()
    same = last is not None and (last.state, last.words, last.by_id) == (state, words.strip(), by.pk)
    return last if same else None


def without_notes(texts: Mapping[str, str]) -> dict[str, Any]:
    """The texts but for the reasons, which are filled in as they are kept."""
    return {name: text for name, text in texts.items() if name != CHANGES}


def state_of(draft: Draft) -> DraftState:
    """Where a draft stands now."""
    last = draft.moves.order_by("-id").first()
    return DraftState(last.state) if last else DraftState.WRITTEN


def last_revision(draft: Draft) -> Revision:
    """The latest revision of a draft."""
    return draft.revisions.select_related("by").latest("number")


def move_possible(verb: str, draft: Draft, by: Person) -> DraftMoveAllowed:
    """The move a verb makes from where the draft stands.

    Raises:
        DraftMoveNotPossible: it makes none, or it takes another person than this one.
    """
    why_not = _why_not_move(verb, draft, by)
    move = move_for(verb, state_of(draft))
    if why_not or move is None:
        raise DraftMoveNotPossible(why_not)
    return move


def _why_not_move(verb: str, draft: Draft, by: Person) -> str:
    state = state_of(draft)
    move = move_for(verb, state)
    if move is None:
        return f"This draft is {_AS_SAID[state]}, so this cannot be done."
    if move.another_person and by.pk in _had_a_hand_in(draft):
        return "A version is adopted by another person than those who began it, wrote in it or sent it."
    return ""


def _had_a_hand_in(draft: Draft) -> set[int]:
    """Everybody who began a draft, wrote any revision of it, or ever sent it."""
    return {
        draft.begun_by_id,
        *draft.revisions.values_list("by_id", flat=True),
        *draft.moves.filter(state=DraftState.SENT).values_list("by_id", flat=True),
    }


_AS_SAID = {
    DraftState.WRITTEN: "still being written",
    DraftState.SENT: "with the safeguarding partners for adoption",
    DraftState.ADOPTED: "already adopted",
    DraftState.SET_ASIDE: "set aside",
}
