"""So many children in an index, and what is asked of it: by the towns they live in, each made apart.

Of the children asked for, as many are drawn from each group of origins, so that small groups are measured
as well as large ones. Whoever sums up weighs the groups by their share of all children again.
"""

import random
from dataclasses import dataclass

from benchmarks.invented_people.children import Child, registered
from benchmarks.invented_people.describing import CONCERN, PROFILES, describe
from benchmarks.invented_people.origins import groups
from benchmarks.invented_people.towns import CHILDREN_IN_A_TOWN, Town, household
from openmash.engines.matching.described import DescribedPerson

NUMBERS_IN_A_TOWN = 1 << 16
FORCED_FROM = 1 << 24  # households beyond this number are made for questions and not by chance


@dataclass(frozen=True)
class Plan:
    """people: children in the index. in_each_group: children asked for, for each profile and group."""

    people: int
    seed: int
    in_each_group: int = 0
    strangers: int = 0
    siblings: int = 0
    twins: int = 0

    @property
    def towns(self) -> int:
        return -(-self.people // CHILDREN_IN_A_TOWN)

    def people_in(self, town: int) -> int:
        return min(CHILDREN_IN_A_TOWN, self.people - town * CHILDREN_IN_A_TOWN)

    def share(self, number: int, town: int) -> int:
        """How many of `number` fall to a town, so that they add up over all towns."""
        return number * (town + 1) // self.towns - number * town // self.towns


@dataclass(frozen=True)
class Question:
    """One description to look up. `about` is the child's number, or None when nothing in the index is theirs."""

    kind: str  # routine, concern, hard, unborn; stranger, sibling, twin
    person: DescribedPerson
    about: int | None
    group: str
    errors: tuple[str, ...]


@dataclass
class Peopled:
    """A town's children as they are in the index, by number, and what will be asked."""

    indexed: dict[int, DescribedPerson]
    children: dict[int, Child]
    questions: list[Question]


def people_of(plan: Plan, number: int) -> Peopled:
    """Make one town: its indexed children and its questions."""
    town = Town(plan.seed, number)
    luck = random.Random(f"{plan.seed} register {number}")  # noqa: S311
    made = _Making(plan, town, luck)
    made.unindexed("twin", plan.share(plan.twins, number))
    made.unindexed("sibling", plan.share(plan.siblings, number))
    made.fill()
    made.strangers(plan.share(plan.strangers, number))
    made.ask()
    indexed = {n: registered(child, luck) for n, child in made.children.items()}
    return Peopled(indexed, made.children, made.questions)


class _Making:
    def __init__(self, plan: Plan, town: Town, luck: random.Random) -> None:
        self.plan, self.town, self.luck = plan, town, luck
        self.children: dict[int, Child] = {}
        self.questions: list[Question] = []
        self.forced = FORCED_FROM

    def fill(self) -> None:
        """Household after household, until the town has as many children as it should."""
        wanted, number = self.plan.people_in(self.town.number), 0
        while len(self.children) < wanted:
            for child in household(self.town, number)[: wanted - len(self.children)]:
                self._index(child)
            number += 1

    def unindexed(self, kind: str, number: int) -> None:
        """Households of two children or more, of which one is asked for who is not in the index."""
        for _ in range(number):
            children = household(
                self.town, self._next(), births=1 if kind == "twin" else 2, twins=kind == "twin"
            )
            alone = [child for child in children if child.is_twin == (kind == "twin")] or children
            asked = self.luck.choice(alone)
            for child in children:
                if child is not asked:
                    self._index(child)
            self._question(kind, self._numbered(asked), None)

    def strangers(self, number: int) -> None:
        """Children of households of the same town, of whom nobody is in the index."""
        for _ in range(number):
            self._question("stranger", self._numbered(household(self.town, self._next(), births=1)[0]), None)

    def ask(self) -> None:
        """As many from each group as the plan says, as far as the town has them."""
        in_group: dict[str, list[Child]] = {group: [] for group in groups()}
        for child in self.children.values():
            if not child.is_unborn:
                in_group[child.group].append(child)
        # One more than a town's share: towns without children of a group are made up for by others.
        wanted = self.plan.in_each_group and self.plan.in_each_group // self.plan.towns + 1
        for children in in_group.values():
            for profile in PROFILES:
                for child in self.luck.sample(children, min(wanted, len(children))):
                    self._question(profile.name, child, child.number)
        unborn = [child for child in self.children.values() if child.is_unborn]
        for child in self.luck.sample(unborn, min(wanted, len(unborn))):
            self._question("unborn", child, child.number)

    def _next(self) -> int:
        self.forced += 1
        return self.forced

    def _numbered(self, child: Child) -> Child:
        """Somebody who is not indexed has numbers of their own too, which nobody else has."""
        place = NUMBERS_IN_A_TOWN // 2 + self.forced - FORCED_FROM
        child.number = self.town.number * NUMBERS_IN_A_TOWN + place
        return child

    def _index(self, child: Child) -> None:
        number = self.town.number * NUMBERS_IN_A_TOWN + len(self.children) + 1
        child.number = number
        self.children[number] = child

    def _question(self, kind: str, child: Child, about: int | None) -> None:
        profile = next((profile for profile in PROFILES if profile.name == kind), CONCERN)
        said = describe(child, profile, self.town, self.luck)
        self.questions.append(Question(kind, said.person, about, child.group, tuple(said.errors)))
