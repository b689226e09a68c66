"""One draft: what the check says, what changed, what lies in it, and who did what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.queries.checking import (
    Checked,
    checked_by_form,
    examples_that_differ,
    proved,
    wording_of,
)
from openmash.apps.policy.queries.drafts import OpenedDraft
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.proof.changes import ExampleChange, examples_not_kept
from openmash.engines.thresholds.text.editing import table_of
from openmash.web.drafting.presenters.checks import (
    ExampleShown,
    Remarks,
    RemarkShown,
    examples_shown,
    remarks_shown,
    wording_shown,
)
from openmash.web.drafting.tables import TABLES, TableShown


@dataclass(frozen=True)
class CheckShown:
    """The check of one revision. `proof` is None when it was not proved yet.

    `not_kept` are agreed examples of the version before that were taken out or changed.
    """

    form: Checked
    proof: Checked | None
    remarks: list[Remarks]
    examples: list[ExampleShown]
    wording: list[RemarkShown]
    not_kept: tuple[ExampleChange, ...]

    @property
    def may_be_adopted(self) -> bool | None:
        """None where it is not known yet, for want of a proof."""
        if self.examples or not self.form.sound:
            return False
        return self.proof.sound if self.proof else None


def check_shown(opened: OpenedDraft, proof: Checked | None = None) -> CheckShown:
    """The check of the latest revision, with its proof where there is one."""
    digest, pk = opened.revision.digest, opened.revision.pk
    proof = proof or proved(digest)
    form = checked_by_form(digest, pk)
    return CheckShown(
        form=form,
        proof=proof,
        remarks=remarks_shown(proof if proof and not proof.stopped else form),
        examples=examples_shown(examples_that_differ(digest, pk), opened.policy),
        wording=wording_shown(wording_of(digest, pk), opened.policy),
        not_kept=examples_not_kept(opened.base.policy, opened.policy),
    )


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did with a draft, with their words."""

    at: datetime
    who: str
    what: str
    words: str


_MOVED = {
    DraftState.WRITTEN: "sent it back to be written on",
    DraftState.SENT: "sent it for adoption",
    DraftState.ADOPTED: "adopted it",
    DraftState.SET_ASIDE: "set it aside",
}


def deeds(opened: OpenedDraft) -> list[Deed]:
    """Who did what, the latest first."""
    return sorted(_deeds(opened), key=lambda deed: deed.at, reverse=True)


def _deeds(opened: OpenedDraft) -> Iterator[Deed]:
    for move in reversed(opened.moves):
        yield Deed(move.at, move.by.name, _MOVED[DraftState(move.state)], move.words)
    for revision in opened.revisions:
        what = f"changed it (revision {revision.number})" if revision.number > 1 else "began it"
        yield Deed(revision.at, revision.by.name, what, revision.reason)


def tables_in(policy: Policy) -> list[tuple[TableShown, int]]:
    """The tables with how many rows each has."""
    return [(table, len(table_of(policy.sources, table.file).rows)) for table in TABLES]


@dataclass(frozen=True)
class Printed:
    """What the header says of the version itself, for whoever reads the public document."""

    status: str
    sign_off: str
    in_force_from: date | None
    review_by: date | None


def printed(policy: Policy) -> Printed:
    return Printed(policy.status, policy.sign_off, policy.in_force_from, policy.review_by)


def sent_words(opened: OpenedDraft) -> Any:
    """The move by which it was sent last, None before that."""
    return next((move for move in reversed(opened.moves) if move.state == DraftState.SENT), None)
