"""Writing a new version of the threshold: row by row, with reasons, to a decision of the partners."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.adopting import adopt
from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.errors import DraftChangedMeanwhile, DraftMoveNotPossible
from openmash.apps.policy.models import AdoptedPolicy, Draft, DraftMove, Revision
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted as adopted_version
from openmash.apps.policy.queries.checking import policy_of, release_report
from openmash.apps.policy.queries.drafts import last_revision, move_possible, overtaken_by
from openmash.apps.policy.rules import why_not_a_version
from openmash.engines.thresholds import Policy, parse
from openmash.engines.thresholds.proof.changes import changed_rows
from openmash.engines.thresholds.text.editing import as_new_version, notes_of, with_notes
from openmash.engines.thresholds.text.files import HEADER


@acting
@transaction.atomic
def begin_draft(*, based_on_id: int, version: str, by: Person, now: datetime) -> Draft:
    """Begin a new version from one that was adopted, under a version name of its own.

    Raises:
        Refused: this person may not change drafts.
        DraftMoveNotPossible: the name cannot be used; says why.
        PolicyErrors: the header of the version does not say its version as it must.
    """
    ground = permitted("begin_draft", "policy", based_on_id, by=by, now=now)
    # Locked, so that two people cannot begin two drafts of one name at once.
    base = AdoptedPolicy.objects.select_for_update().get(pk=based_on_id)
    policy = adopted_version(base.pk).policy
    taken = {
        *AdoptedPolicy.objects.values_list("version", flat=True),
        *Draft.objects.values_list("version", flat=True),
    }
    why_not = why_not_a_version(version.strip(), taken)
    if why_not:
        raise DraftMoveNotPossible(why_not, field="version")
    draft = Draft.objects.create(based_on=base, version=version.strip(), begun_by=by, begun_at=now)
    texts = as_new_version(policy.sources, draft.version)
    _keep(draft, 1, texts, f"Begun from version {base.version}.", by, now)
    _write_down(draft, "begin_draft", ground, by, now, {"based_on": base.pk})
    return draft


@acting
@transaction.atomic
def revise_draft(
    *, draft_id: int, texts: Mapping[str, str], reason: str, seen: int, by: Person, now: datetime
) -> Revision:
    """Keep a draft's texts after a change, and why: the reason is noted against every row that changed.

    `seen` is the number of the revision that was changed. A reason that the texts themselves give for a row is
    kept, and reasons for rows that are again as in the version before are dropped.

    Raises:
        Refused: this person may not change drafts.
        PolicyErrors: the texts no longer make a policy; nothing is kept.
        DraftChangedMeanwhile: somebody else was quicker; nothing is kept.
        DraftMoveNotPossible: it is not being written, no reason was given, nothing was changed, or it changes
            its own version.
    """
    draft, ground = _opened("revise_draft", draft_id, by, now)
    if not reason.strip():
        raise DraftMoveNotPossible(
            "Say why this changes. It is printed in the list of changes.", field="reason"
        )
    last = last_revision(draft)
    if last.number != seen:
        raise DraftChangedMeanwhile(last.by.name)
    policy = parse(texts)
    if policy.version != draft.version:
        raise DraftMoveNotPossible(
            f"The header says version {policy.version}, and this draft is version {draft.version}. "
            "Leave the version as it is, or begin another draft."
        )
    before = policy_of(last.digest, last.pk)
    if not _differs(before, policy):
        raise DraftMoveNotPossible("Nothing was changed, so there is nothing to keep.")
    noted = _with_reasons(adopted_version(draft.based_on_id).policy, before, policy, reason)
    try:
        with transaction.atomic():
            kept = _keep(draft, seen + 1, noted, reason.strip(), by, now)
    except IntegrityError:
        raise DraftChangedMeanwhile(last_revision(draft).by.name) from None
    _write_down(draft, "revise_draft", ground, by, now, {"revision": kept.number})
    return kept


@acting
def send_draft(*, draft_id: int, words: str, by: Person, now: datetime, seen: int | None = None) -> DraftMove:
    """Send a draft to the safeguarding partners. `words` tell them what it is for.

    `seen` is the number of the revision that was read, None for whatever is the latest.

    Raises:
        Refused: this person may not do this. So for the two below.
        DraftMoveNotPossible: it does not stand where this can be done, or there are no words.
        DraftChangedMeanwhile: it is not the revision that was read.
    """
    return _move("send_draft", draft_id, words, seen, by, now)


@acting
def return_draft(
    *, draft_id: int, words: str, by: Person, now: datetime, seen: int | None = None
) -> DraftMove:
    """Send a draft back to be written on, with what is wanted."""
    return _move("return_draft", draft_id, words, seen, by, now)


@acting
def set_draft_aside(
    *, draft_id: int, words: str, by: Person, now: datetime, seen: int | None = None
) -> DraftMove:
    """Go no further with a draft. It stays to be read, with the reason."""
    return _move("set_draft_aside", draft_id, words, seen, by, now)


@acting
@transaction.atomic
def adopt_draft(
    *, draft_id: int, in_force_from: datetime, decision: str, seen: int, by: Person, now: datetime
) -> AdoptedPolicy:
    """Adopt the revision that was sent, from a moment to come, in a recorded decision.

    The whole of it is proved first: nothing that could lower a response as concern grows is ever adopted.

    Raises:
        Refused: only a safeguarding partner may adopt.
        DraftMoveNotPossible: the check does not pass, the day is past, no decision was written, another revision
            was sent than the one that was read, a later version would be undone, or this person had a hand in it.
    """
    draft, ground = _opened("adopt_draft", draft_id, by, now)
    last = last_revision(draft)
    if last.number != seen:
        raise DraftChangedMeanwhile(last.by.name)
    if in_force_from < now:
        raise DraftMoveNotPossible(
            "A version cannot apply from a day that is past: decisions were taken under another.",
            field="in_force_from",
        )
    if AdoptedPolicy.objects.filter(in_force_from=in_force_from).exists():
        raise DraftMoveNotPossible("Another version applies from that very moment.", field="in_force_from")
    _needs_words(decision, "decision")
    later = overtaken_by(draft, tuple(draft.moves.all()))
    if later:
        raise DraftMoveNotPossible(
            f"Version {', '.join(later)} was adopted after this draft was begun, and adopting this one would undo "
            "it. Begin a new version from that one and bring the changes over."
        )
    report = release_report(policy_of(last.digest, last.pk), adopted_version(draft.based_on_id).policy)
    if not report.passes:
        raise DraftMoveNotPossible(
            "The check does not pass, so this version cannot be adopted. " + report.why_not
        )
    try:
        with transaction.atomic():
            adopted = adopt(
                texts=last.texts, in_force_from=in_force_from, decision=decision.strip(), by=by, now=now
            )
    except IntegrityError:
        raise DraftMoveNotPossible(
            "Another version was adopted at this moment, from the same day or under the same name. "
            "Look at the list of versions."
        ) from None
    DraftMove.objects.create(
        draft=draft,
        state=DraftState.ADOPTED,
        revision=last.number,
        words=decision.strip(),
        report=report.lines,
        adopted=adopted,
        by=by,
        at=now,
    )
    _write_down(draft, "adopt_draft", ground, by, now, {"policy": adopted.pk, "digest": adopted.digest})
    return adopted


@transaction.atomic
def _move(verb: str, draft_id: int, words: str, seen: int | None, by: Person, now: datetime) -> DraftMove:
    draft, ground = _opened(verb, draft_id, by, now)
    _needs_words(words, "words")
    move = move_possible(verb, draft, by)
    last = last_revision(draft)
    if seen is not None and last.number != seen:
        raise DraftChangedMeanwhile(last.by.name)
    made = DraftMove.objects.create(
        draft=draft,
        state=move.after,
        revision=last.number,
        words=words.strip(),
        by=by,
        at=now,
    )
    _write_down(draft, verb, ground, by, now, {"to": move.after.value})
    return made


def _opened(verb: str, draft_id: int, by: Person, now: datetime) -> tuple[Draft, str]:
    """The draft, locked, if this person may do this to it where it stands."""
    ground = permitted(verb, "draft", draft_id, by=by, now=now)
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    move_possible(verb, draft, by)
    return draft, ground


def _needs_words(words: str, field: str) -> None:
    if not words.strip():
        raise DraftMoveNotPossible("Write what was decided, and why.", field=field)


def _differs(before: Policy, after: Policy) -> bool:
    if changed_rows(before, after) or before.sources[HEADER] != after.sources[HEADER]:
        return True
    return notes_of(before.sources) != notes_of(after.sources)


def _with_reasons(base: Policy, before: Policy, after: Policy, reason: str) -> dict[str, str]:
    """The texts with this reason for every row that has just changed, and with none that no longer applies."""
    earlier, notes = notes_of(before.sources), notes_of(after.sources)
    for change in changed_rows(before, after):
        place = (change.file, change.row)
        # Whoever changed a whole workbook may have written reasons of their own into its list of changes.
        if notes.get(place, "") == earlier.get(place, ""):
            notes[place] = reason
    differ = changed_rows(base, after)
    rows = {(change.file, change.row) for change in differ} | {(change.file, "") for change in differ}
    return with_notes(after.sources, {place: said for place, said in notes.items() if place in rows})


def _keep(
    draft: Draft, number: int, texts: Mapping[str, str], reason: str, by: Person, now: datetime
) -> Revision:
    policy = parse(texts)
    return Revision.objects.create(
        draft=draft, number=number, texts=dict(texts), digest=policy.digest, reason=reason, by=by, at=now
    )


def _write_down(
    draft: Draft, verb: str, ground: str, by: Person, now: datetime, detail: dict[str, object]
) -> None:
    record(by=by, verb=verb, subject_kind="draft", subject_id=draft.pk, ground=ground, now=now, detail=detail)
