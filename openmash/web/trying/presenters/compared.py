"""What differs between two versions: rows with their reasons, and cases in words, proved for every case."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openmash.engines.thresholds import Gate, Policy
from openmash.engines.thresholds.plain.changes import ChangedFile, by_file
from openmash.engines.thresholds.plain.names import named
from openmash.engines.thresholds.proof.changes import changed_rows, without_reason
from openmash.engines.thresholds.proof.compare import Comparison, Move, Verdict, compare
from openmash.engines.thresholds.proof.errors import ProofError

KINDS = {
    "level": "The level",
    "consider": "The level a manager must consider",
    "within": "The time allowed",
    "duty": "What must be done",
}


@dataclass(frozen=True)
class MoveShown:
    """A case that is answered differently. `before` and `after` are the answers in words."""

    case: str
    before: str
    after: str
    way: str
    rules: tuple[str, ...]
    needs_new: bool


@dataclass(frozen=True)
class KindShown:
    """What of an answer is compared, what is proved of it, and the smallest cases that move."""

    name: str
    verdict: str
    moves: tuple[MoveShown, ...]


@dataclass(frozen=True)
class GateShown:
    """One gate; `lacking` says why nothing could be proved of it, "" when it was."""

    slug: str
    name: str
    question: str
    same: bool
    kinds: tuple[KindShown, ...]
    notes: tuple[str, ...]
    lacking: str


@dataclass(frozen=True)
class Compared:
    files: tuple[ChangedFile, ...]
    rows: int
    unexplained: int
    gates: tuple[GateShown, ...]


def compared(before: Policy, after: Policy) -> Compared:
    """The whole page."""
    changes = changed_rows(before, after)
    return Compared(
        files=by_file(changes),
        rows=len(changes),
        unexplained=len(without_reason(changes)),
        gates=tuple(_gate(gate, before, after) for gate in after.gates),
    )


@lru_cache(maxsize=32)
def _compared_exactly(before: Policy, after: Policy, gate: str) -> Comparison | ProofError:
    """Seconds the first time, nothing after that: neither of the two ever changes."""
    try:
        return compare(before, after, gate)
    except ProofError as stopped:
        return stopped


def _gate(gate: Gate, before: Policy, after: Policy) -> GateShown:
    slug = f"gate-{after.gates.index(gate) + 1}"
    found = _compared_exactly(before, after, gate.id)
    if isinstance(found, ProofError):
        return GateShown(slug, gate.name, gate.question, False, (), (), str(found))
    kinds = [_kind(verdict, found, before, after) for verdict in found.verdicts]
    same = not found.moves and all(v.never_lowers and v.never_raises for v in found.verdicts)
    return GateShown(slug, gate.name, gate.question, same, tuple(kinds), tuple(_notes(found)), "")


def _notes(found: Comparison) -> Iterator[str]:
    if found.added:
        yield f"Only the later version has: {', '.join(found.added)}."
    if found.removed:
        yield f"Only the earlier version has: {', '.join(found.removed)}."
    yield from found.notes


def _kind(verdict: Verdict, found: Comparison, before: Policy, after: Policy) -> KindShown:
    # What follows from a move of the level has been said there.
    moves = [move for move in found.moves_of(verdict.what) if verdict.what == "level" or not move.with_level]
    return KindShown(
        KINDS[verdict.what], _verdict(verdict), tuple(_move(move, before, after) for move in moves)
    )


def _verdict(verdict: Verdict) -> str:
    lowers, raises = verdict.never_lowers, verdict.never_raises
    if lowers and raises:
        return "Proved: the same for every possible case."
    said = {
        (True, False): "Proved: never less for any possible case, and more for some.",
        (False, True): "Proved: never more for any possible case, and less for some.",
        (False, False): "More for some cases, and less for others.",
        (True, None): "Proved: never less for any possible case. Whether it is ever more was not settled.",
        (None, True): "Proved: never more for any possible case. Whether it is ever less was not settled.",
    }
    return said.get((lowers, raises), "It was not settled whether it is ever less, or ever more.")


WAYS = {"raised": "more response", "lowered": "less response", "changed": "another response"}


def _move(move: Move, before: Policy, after: Policy) -> MoveShown:
    return MoveShown(
        case=move.example.words[:1].upper() + move.example.words[1:],
        before=_answer(move.what, move.before, before),
        after=_answer(move.what, move.after, after),
        way=WAYS[move.way],
        rules=tuple(_rule(rule, after if move.way != "lowered" else before) for rule in move.rules),
        needs_new=move.needs_new,
    )


def _rule(rule: str, policy: Policy) -> str:
    return f"{rule} {policy.rules_by_id[rule].name}" if rule in policy.rules_by_id else rule


def _answer(what: str, code: str, policy: Policy) -> str:
    if not code:
        return "none"
    if what == "within":
        return policy.clock(code).label
    if what == "duty":
        return policy.duty(code).label
    return named(policy.level(code), policy)
