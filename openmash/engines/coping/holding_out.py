"""Whether the simulation would have foreseen months that it has not seen: the only proof that it fits a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmash.engines.coping.inputs import DAYS_IN_WEEK, NotPossible, Scenario, Team
from openmash.engines.coping.learning import Allocation, Learned, learn
from openmash.engines.coping.outcomes import Estimate, simulate


@dataclass(frozen=True)
class Foreseen:
    """A figure of the months held out: what the simulation made of it, and what it was."""

    what: str
    foreseen: Estimate
    was: float

    @property
    def fits(self) -> bool:
        """Whether it lies where four simulated runs in five do. By luck alone one in five does not."""
        return self.foreseen.from_ <= self.was <= self.foreseen.to


def hold_out(
    allocations: Sequence[Allocation],
    team: Team,
    *,
    first: date,
    last: date,
    weeks: int,
    returns: float = 0.0,
    seed: int = 0,
    runs: int = 40,
) -> tuple[Foreseen, ...]:
    """Learn up to `weeks` before `last`, simulate those weeks from how things stood then, and compare.

    Raises:
        NotPossible: too little to learn from, or the team held more than it is said to be able to.
    """
    until = last - timedelta(days=DAYS_IN_WEEK * weeks)
    learned = learn(allocations, first=first, last=until, returns=returns)
    check_held(learned, team)
    start = learned.last + timedelta(days=1)
    scenario = Scenario(
        team,
        learned.demand,
        held=learned.held,
        waiting=learned.waiting,
        first_month=start.month,
        weeks=weeks,
    )
    made = simulate(scenario, seed=seed, runs=runs)
    end = start + timedelta(days=DAYS_IN_WEEK * weeks - 1)
    came = [each for each in allocations if start <= each.accepted <= end]
    waits = [((each.begun or last) - each.accepted).days for each in came]
    return (
        Foreseen("Children who came", made.children, len(came)),
        Foreseen("Average wait in days", made.wait, sum(waits) / len(waits) if waits else 0.0),
        Foreseen("Waiting at the end", made.waiting, _waiting(allocations, end)),
        Foreseen("Held at the end", made.held, _held(allocations, end)),
    )


def check_held(learned: Learned, team: Team) -> None:
    """Whether the team is as large as its own list shows.

    Raises:
        NotPossible: it held more than it is said to be able to.
    """
    if learned.held > team.slots:
        raise NotPossible(
            f"On {learned.last:%-d %B %Y} the team held {learned.held} children, more than the {team.slots} it is "
            "said to be able to. Correct the posts or the caseload."
        )


def _waiting(allocations: Sequence[Allocation], on: date) -> int:
    return sum(each.accepted <= on and (each.begun is None or each.begun > on) for each in allocations)


def _held(allocations: Sequence[Allocation], on: date) -> int:
    begun = [each for each in allocations if each.begun and each.begun <= on]
    return sum(each.ended is None or each.ended > on for each in begun)
