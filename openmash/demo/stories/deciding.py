"""Making up a screener's mind: the level, the pathway, and everything the rules ask to be written with it."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.models import Contact, Decision
from openmash.apps.concerns.queries.findings import work_out
from openmash.apps.concerns.queries.standing import standing_of
from openmash.apps.concerns.rules import Choice, Standing, why_not_decide
from openmash.apps.directory.models import Person
from openmash.demo.stories.moments import AT_ANY_HOUR, AT_HOME
from openmash.demo.stories.telling import Told
from openmash.demo.words.front_door import named, rationale, say
from openmash.demo.world import World
from openmash.engines.thresholds import Level

LOWER_REASONS = ("information_checked", "sign_misread", "already_helped")
HIGHER_REASONS = ("more_serious", "history")
CHILD_OUTCOMES = ("same_decision", "same_decision", "not_affected", "own_concern")


@dataclass(frozen=True)
class Leaning:
    """What is not left to chance: how many levels from the policy's, the kind of reason, a discount."""

    steps: int | None = None
    why: str = ""
    discounts: str = ""


def take_decision(
    world: World, told: Told, by: Person, at: datetime, rng: Random, leaning: Leaning | None = None
) -> Decision:
    """Decide as this person might: mostly at the policy's level, now and then at another, with reasons."""
    contact = Contact.objects.get(pk=told.contact_id)
    finding = work_out(contact, policy=world.policy, now=at)
    standing = standing_of(contact, world.policy, finding, decider_is_manager=_leads(world, told, by, at))
    choice = _choose(world, told, standing, rng, leaning or Leaning())
    reasons = why_not_decide(choice, standing)
    if reasons:
        raise RuntimeError(f"{contact.reference} cannot be decided: {'; '.join(r.text for r in reasons)}")
    return decide(contact_id=contact.pk, seen_version=contact.version, choice=choice, by=by, now=at)


def _leads(world: World, told: Told, by: Person, at: datetime) -> bool:
    locality = told.family.home(told.at.date()).locality
    return any(by in world.county.holding(role, locality) for role in ("manager", "head_of_service"))


def _choose(world: World, told: Told, standing: Standing, rng: Random, leaning: Leaning) -> Choice:
    policy, finding = world.policy, standing.finding
    level, why = _level(world, standing, rng, leaning)
    offered = policy.pathways_for(level)
    # Nobody of the public, and no officer who was called out, has a plan of their own to carry on with.
    has_no_plan = told.source in AT_HOME | AT_ANY_HOUR and offered[0].closes
    pathway = offered[0] if has_no_plan else rng.choice(offered)
    names = named(world, told.voice, told.source)
    earlier = tuple(world.shares.words[source] for source in world.linked.get(told.contact_id, ()))
    guarded = policy.level(policy.second_person_from).rank
    children = {}
    if max(level.rank, standing.policy_rank) >= guarded:
        for part in standing.other_children:
            outcome = rng.choice(CHILD_OUTCOMES)
            children[part] = (outcome, say(world, outcome, "all", names, rng))
    unseen = pathway.closes and not standing.child_seen
    return Choice(
        level=level.code,
        pathway=pathway.id,
        rationale=rationale(
            world,
            finding,
            level,
            names,
            rng,
            is_public=told.source in AT_HOME,
            earlier_from=earlier,
            why_not_policy=why,
        ),
        why_not_policy=why,
        response_not_available=say(world, "capacity", "all", names, rng)
        if level.rank in (2, 3) and rng.random() < 0.07
        else "",
        not_seen_because=say(world, "not_seen", "all", names, rng) if unseen else "",
        discounted_because=leaning.discounts,
        children=children,
    )


def _level(world: World, standing: Standing, rng: Random, leaning: Leaning) -> tuple[Level, str]:
    """A level, and the kind of reason if it is not the policy's."""
    steps = leaning.steps if leaning.steps is not None else _steps(standing, rng)
    highest = world.policy.levels[-1].rank
    rank = min(max(standing.policy_rank + steps, 1), highest)
    if standing.has_duty("hold_level"):
        rank = max(rank, standing.policy_rank)
    level = next(each for each in world.policy.levels if each.rank == rank)
    if rank == standing.policy_rank:
        return level, ""
    if rank > standing.policy_rank:
        return level, leaning.why or rng.choice(HIGHER_REASONS)
    guarded = world.policy.level(world.policy.second_person_from).rank
    offered = LOWER_REASONS if standing.policy_rank < guarded else (*LOWER_REASONS, "child_now_safe")
    return level, leaning.why or rng.choice(offered)


def _steps(standing: Standing, rng: Random) -> int:
    """How many levels from the policy's: nought four times in five."""
    chance = rng.random()
    if standing.finding.consider is not None and chance < 0.5:
        return 1
    if standing.policy_rank == standing.policy.levels[-1].rank:
        return -1 if chance < 0.3 else 0  # by the time it is decided the first danger has often passed
    if chance < 0.07:
        return 1
    return -1 if chance > 0.89 and standing.policy_rank > 1 else 0
