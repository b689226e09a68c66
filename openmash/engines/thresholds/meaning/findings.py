"""What a policy says of a case: the shapes that `evaluate` returns."""

from dataclasses import dataclass

from openmash.engines.thresholds.policy.model import Clock, Duty, Level, Route, Rule


@dataclass(frozen=True)
class Fired:
    """A rule that fired. `because` has a plain sentence for each condition; `signs` are those that satisfied
    it.

    `respond` is the shorter of the rule's own clock and its level's, None for a rule that only sets duties.
    """

    rule: Rule
    level: Level | None
    consider: Level | None
    respond: Clock | None
    because: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Unknown:
    """Something not known that matters: what the level would be if the answer were yes, and if it were no.

    `kind` is fact, condition (a sign's own question, `id` the sign), age (`id` "age" or "unborn"; yes means
    as young as could be), duration (how long the signs have gone on; yes means long enough for every rule) or
    agency (who made the contacts; yes means a different agency each time, of the kind a rule asks about).
    """

    kind: str
    id: str
    question: str
    if_yes: Level
    if_no: Level
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What the policy says. Guidance: a person decides.

    `consider` is a higher level a manager must consider, None if there is none. `respond` is the shortest
    time of every rule that fired. `lowest` and `highest` bound the level over every answer to what is not
    known. `routes` say where it goes, and never touch level or time. `chosen` holds the id and the words
    of every sign chosen, strengths last.
    """

    policy_id: str
    policy_version: str
    digest: str
    gate: str
    level: Level
    consider: Level | None
    respond: Clock
    fired: tuple[Fired, ...]
    duties: tuple[tuple[Duty, tuple[str, ...]], ...]
    unknowns: tuple[Unknown, ...]
    lowest: Level
    highest: Level
    routes: tuple[Route, ...]
    strengths: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Change:
    """Something further that would change the answer, in words for the person who raised the concern.

    `kind` is answer (a question anyone may answer), sign (what a chosen sign's note says), combination (one
    more sign, example or contact) or screener (a question only a screener answers). `level` is what it would
    then be.
    """

    kind: str
    text: str
    level: Level
