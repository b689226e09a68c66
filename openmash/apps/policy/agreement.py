"""What a round shows: agreement with the policy and among practitioners, by group, and where it is misread.

Pure: answers in, figures out. Every figure is about at least `FEWEST_PEOPLE` people.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from openmash.apps.policy.rules import FEWEST_PEOPLE, MISREAD_BELOW, groups_to_show, not_told_apart
from openmash.engines.statistics import Alpha, NotEnough, Share, alpha, clustered_share, share


@dataclass(frozen=True)
class Told:
    """One answer. `rank` is the place of the level chosen among those of its gate, `policy` that of the
    policy's own.
    """

    person: int
    vignette: int
    showing: int
    gate: str
    rank: int
    policy: int
    agency_kind: str
    job: str


@dataclass(frozen=True)
class Agreement:
    """Figures about one group. `with_policy` and `among` may say that there is not enough to say.

    `lower` and `higher` are how many of the answers were lower and higher than the policy's.
    """

    group: str
    people: int
    answers: int
    with_policy: Share | NotEnough
    among: Alpha | NotEnough
    lower: int
    higher: int


@dataclass(frozen=True)
class Groups:
    """Groups in alphabetical order, and how many had too few people to be shown."""

    shown: tuple[Agreement, ...]
    left_out: int


@dataclass(frozen=True)
class Spread:
    """The answers to one vignette: how many chose each rank, None where too few people answered."""

    vignette: int
    people: int
    by_rank: Mapping[int, int] | None
    with_policy: Share | NotEnough
    lower: int
    higher: int
    is_misread: bool


@dataclass(frozen=True)
class AtGate:
    """Everything about the vignettes of one gate: levels of different gates cannot be set against each
    other, so nothing is worked out across gates but the share that agrees with the policy.
    """

    gate: str
    overall: Agreement
    by_agency_kind: Groups
    by_job: Groups
    by_level: tuple[tuple[int, Agreement], ...]


@dataclass(frozen=True)
class Results:
    """A whole round; None for `overall` when fewer than five people answered at all."""

    people: int
    overall: Share | NotEnough | None
    gates: tuple[AtGate, ...]
    spreads: tuple[Spread, ...]
    self_agreement: Share | NotEnough | None
    repeated_by: int


def results_of(told: Iterable[Told], gates: Sequence[str]) -> Results:
    """The figures of a round, gates in the order given."""
    everything = list(told)
    answered = _by_vignette(each for each in everything if each.showing == 1)
    people = len({each.person for those in answered.values() for each in those})
    # A vignette that few have answered is left out of every figure: what they said of it could be worked out.
    first = [each for those in answered.values() if _enough(those) for each in those]
    if not first:
        return Results(people, None, (), (), None, 0)
    at_gates = {gate: [each for each in first if each.gate == gate] for gate in gates}
    repeated_by, self_agreement = _self_agreement(everything)
    return Results(
        people=people,
        overall=_with_policy(first),
        gates=tuple(_at_gate(gate, those) for gate, those in at_gates.items() if those),
        spreads=tuple(_spread(number, those) for number, those in answered.items()),
        self_agreement=self_agreement,
        repeated_by=repeated_by,
    )


def _enough(told: Iterable[Told]) -> bool:
    return len({each.person for each in told}) >= FEWEST_PEOPLE


def _by_vignette(told: Iterable[Told]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    for each in sorted(told, key=lambda each: each.vignette):
        found.setdefault(each.vignette, []).append(each)
    return found


def _with_policy(told: Iterable[Told]) -> Share | NotEnough:
    """Answers to one vignette resemble one another, so each vignette is a cluster."""
    clusters = _by_vignette(told).values()
    return clustered_share(
        (sum(each.rank == each.policy for each in those), len(those)) for those in clusters
    )


def _table(told: Iterable[Told]) -> dict[int, dict[int, int]]:
    return {
        number: {each.person: each.rank for each in those} for number, those in _by_vignette(told).items()
    }


def _agreement(group: str, told: Sequence[Told], whole: Sequence[Told] | None = None) -> Agreement:
    return Agreement(
        group=group,
        people=len({each.person for each in told}),
        answers=len(told),
        with_policy=_with_policy(told),
        among=alpha(_table(told), "ordinal", whole=_table(whole) if whole is not None else None),
        lower=sum(each.rank < each.policy for each in told),
        higher=sum(each.rank > each.policy for each in told),
    )


def _at_gate(gate: str, told: Sequence[Told]) -> AtGate:
    levels = sorted({each.policy for each in told}, reverse=True)
    by_level = {level: [each for each in told if each.policy == level] for level in levels}
    kinds, jobs = _people(told, lambda each: each.agency_kind), _people(told, lambda each: each.job)
    kinds_shown = groups_to_show(kinds)
    jobs_shown = not_told_apart(
        {name: jobs[name] for name in groups_to_show(jobs)}, {name: kinds[name] for name in kinds_shown}
    )
    return AtGate(
        gate=gate,
        overall=_agreement("", told),
        by_agency_kind=_groups(told, lambda each: each.agency_kind, kinds_shown),
        by_job=_groups(told, lambda each: each.job, jobs_shown),
        # Vignettes of one level vary little among themselves: they are measured against the whole gate.
        by_level=tuple((level, _agreement("", those, whole=told)) for level, those in by_level.items()),
    )


def _people(told: Iterable[Told], group_of: Callable[[Told], str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for each in told:
        found.setdefault(group_of(each), set()).add(each.person)
    return found


def _groups(told: Sequence[Told], group_of: Callable[[Told], str], shown: frozenset[str]) -> Groups:
    members: dict[str, list[Told]] = {}
    for each in told:
        members.setdefault(group_of(each), []).append(each)
    return Groups(
        shown=tuple(_agreement(name, members[name]) for name in sorted(shown)),
        left_out=len(members) - len(shown),
    )


def _spread(number: int, told: Sequence[Told]) -> Spread:
    enough = _enough(told)
    agrees = share(sum(each.rank == each.policy for each in told), len(told)) if enough else NotEnough.NOTHING
    return Spread(
        vignette=number,
        people=len(told),
        by_rank=Counter(each.rank for each in told) if enough else None,
        with_policy=agrees,
        lower=sum(each.rank < each.policy for each in told) if enough else 0,
        higher=sum(each.rank > each.policy for each in told) if enough else 0,
        is_misread=isinstance(agrees, Share) and agrees.value < MISREAD_BELOW,
    )


def _self_agreement(told: Iterable[Told]) -> tuple[int, Share | NotEnough | None]:
    """How many people met a vignette again, and how often the second answer was the first."""
    answers: dict[tuple[int, int], dict[int, int]] = {}
    for each in told:
        answers.setdefault((each.person, each.vignette), {})[each.showing] = each.rank
    both = {key: ranks for key, ranks in answers.items() if {1, 2} <= ranks.keys()}
    people = len({person for person, _vignette in both})
    if people < FEWEST_PEOPLE:
        return people, None
    return people, share(sum(ranks[1] == ranks[2] for ranks in both.values()), len(both))
