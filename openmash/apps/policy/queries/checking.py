"""What the check says of a revision, kept so that it is worked out once: proving takes seconds.

For a page, what was proved is shared by every process through the cache. An adoption never rests on that:
`release_report` proves in the process that adopts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.cache import cache

from openmash.apps.policy.models import Revision
from openmash.engines.thresholds import Policy, check_examples
from openmash.engines.thresholds.policy.errors import PolicyWarning
from openmash.engines.thresholds.policy.wording import wording_warnings
from openmash.engines.thresholds.proof.changes import ExampleChange, examples_not_kept
from openmash.engines.thresholds.proof.check import check, load
from openmash.engines.thresholds.proof.errors import ProofError
from openmash.engines.thresholds.proof.report import FAULT, UNSETTLED, Remark, Report

KEPT_FOR = 7 * 24 * 60 * 60
"""Seconds for which a proof is shown without proving again."""


@dataclass(frozen=True)
class Found:
    """One remark: its weight, its row, and the smallest case that shows it (two, where it is about a step)."""

    weight: str
    file: str
    row: int | None
    key: str
    message: str
    hint: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class AtGate:
    """What was shown at one gate: each statement with whether it holds, and the least case of each level."""

    name: str
    claims: tuple[tuple[str, bool], ...]
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Checked:
    """What a check found. `exact`: for every possible case. `stopped` says why a proof could not be ended."""

    exact: bool
    sound: bool
    gates: tuple[AtGate, ...] = ()
    remarks: tuple[Found, ...] = ()
    stopped: str = ""


@dataclass(frozen=True)
class Release:
    """Whether a version may be adopted: `lines` is the whole check, `why_not` what stands in the way.

    `not_kept` are the agreed examples of the version before that it does not hold as they were.
    """

    passes: bool
    why_not: str
    lines: list[str]
    not_kept: tuple[ExampleChange, ...] = ()


@lru_cache(maxsize=32)
def policy_of(digest: str, revision_id: int) -> Policy:
    """What a revision means. Revisions never change, so what was parsed once stays right."""
    return load(Revision.objects.get(pk=revision_id, digest=digest).texts)


@lru_cache(maxsize=32)
def checked_by_form(digest: str, revision_id: int) -> Checked:
    """The quick check of a revision."""
    return _in_short(check(policy_of(digest, revision_id), exact=False))


@lru_cache(maxsize=32)
def examples_that_differ(digest: str, revision_id: int) -> tuple[str, ...]:
    """Agreed examples that no longer come out as agreed, a sentence for each difference."""
    return tuple(check_examples(policy_of(digest, revision_id)))


@lru_cache(maxsize=32)
def wording_of(digest: str, revision_id: int) -> tuple[PolicyWarning, ...]:
    """Wording that may be misread."""
    return tuple(wording_warnings(policy_of(digest, revision_id)))


def proved(digest: str) -> Checked | None:
    """What was proved of texts with this digest, None when nobody has asked for it lately."""
    kept = cache.get(_key(digest))
    return kept if isinstance(kept, Checked) else None


def prove(digest: str, revision_id: int) -> Checked:
    """Prove a revision for every possible case, or give back what was proved of it before."""
    found = proved(digest)
    if found is None:
        report = _exact(policy_of(digest, revision_id))
        found = _in_short(report) if isinstance(report, Report) else Checked(True, False, stopped=report)
        cache.set(_key(digest), found, KEPT_FOR)
    return found


def release_report(policy: Policy, before: Policy | None) -> Release:
    """Whether a version may be adopted: proved, and its agreed examples all come out as agreed.

    `before` is the version it follows, None for the first of all.
    """
    report = _exact(policy)
    differ = check_examples(policy)
    not_kept = examples_not_kept(before, policy) if before else ()
    said = _about_examples(not_kept, before)
    if isinstance(report, str):
        return Release(False, report, [report, *differ, *said], not_kept)
    faults = [str(remark) for remark in report.remarks if remark.weight in (FAULT, UNSETTLED)]
    return Release(
        passes=report.exact and report.sound and not differ,
        why_not=" ".join([*faults, *differ]),
        lines=[*report.lines(), *differ, *said],
        not_kept=not_kept,
    )


def _about_examples(not_kept: Sequence[ExampleChange], before: Policy | None) -> Iterator[str]:
    if before is None:
        return
    if not not_kept:
        yield f"Every agreed example of version {before.version} is there as it was."
        return
    yield f"Agreed examples of version {before.version} that are not there as they were:"
    yield from (f"  {each}" for each in not_kept)


@lru_cache(maxsize=32)
def _exact(policy: Policy) -> Report | str:
    """The exact check: seconds the first time, nothing after that. A text says why it was stopped."""
    try:
        return check(policy, exact=True)
    except ProofError as stopped:
        return str(stopped)


def _key(digest: str) -> str:
    return f"policy-proof-{digest}"


def _in_short(report: Report) -> Checked:
    gates = tuple(
        AtGate(
            name=gate.name,
            claims=tuple((claim.statement, claim.proved) for claim in gate.claims),
            levels=tuple((code, witness.words) for code, witness in gate.levels),
        )
        for gate in report.gates
    )
    return Checked(report.exact, report.sound, gates, tuple(map(_found, report.remarks)))


def _found(remark: Remark) -> Found:
    return Found(
        weight=remark.weight,
        file=remark.file,
        row=remark.row,
        key=remark.key,
        message=remark.message,
        hint=remark.hint,
        shown_by=tuple(_cases(remark)),
    )


def _cases(remark: Remark) -> Iterator[str]:
    if remark.pair:
        yield from (remark.pair.less.words, remark.pair.more.words)
    elif remark.example:
        yield remark.example.words
