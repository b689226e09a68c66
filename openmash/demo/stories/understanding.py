"""Who has read the threshold, and who reads it how: acknowledgements, and two rounds of calibration."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.acknowledging import acknowledge
from openmash.apps.policy.actions.calibrating import VignetteTold, begin_round, judge
from openmash.apps.policy.blind import places
from openmash.apps.policy.models import Round
from openmash.apps.policy.queries import in_force
from openmash.apps.policy.queries.calibration import finding_of
from openmash.demo.stories.timeline import Story
from openmash.demo.world import World, invented
from openmash.engines.clocks import LONDON
from openmash.engines.thresholds import Level, Policy

HAVE_READ = {"independent_school": 0.3, "gp": 0.25, "court": 0.5, "early_years": 0.7}
MOST_HAVE_READ = 0.9
HAS_YET_TO = frozenset({"Grace Adeyinka", "Dr Sanjay Wickramanayake"})
"""Left for a visitor to try: to acknowledge, to judge in the open round, and to be seen as waiting."""

CLOSED = {
    # Each agreed example, how many of a hundred read it otherwise, and of those how many too high.
    "v01_baby_bruise": (20, 0),
    "v02_fourth_contact": (52, 10),
    "v03_grandmother": (34, 5),
    "v04_anxious": (14, 60),
    "v09_uncle": (28, 0),
    "four_smaller": (46, 10),
    "toddler_unwatched": (44, 15),
    "e_bruise_explained": (18, 100),
    "e_one_voice": (38, 100),
}
OPEN = {
    "v05_train_tickets": (30, 5),
    "v06_overdose": (6, 0),
    "v07_third_call": (35, 10),
    "v10_crying": (20, 100),
    "three_that_last": (40, 5),
    "help_refused_serious": (30, 20),
}
OWN = VignetteTold(
    story="A school nurse writes about a girl of eleven who looks after her two small brothers before and after "
    "school. Her mother is ill. The girl is tired and behind in class, and says that she likes helping.",
    gate="services",
    age="11 years",
    signs="A06 said; A15 reported",
    raised_by="health_visiting",
)
READS_OTHERWISE = {"childrens_social_care": 0.6, "police": 1.1, "school": 1.0, "gp": 1.3}
SURE = ("sure", "fairly", "fairly", "not", "")
REASONS = (
    "",
    "",
    "",
    "One thing by itself would not worry me.",
    "It has happened before.",
    "I would want to talk to the family first.",
    "I was not sure whether earlier contacts count.",
)


def begin_understanding(world: World) -> None:
    """Begin the stories of acknowledging, of a round that has closed, and of one that is open."""
    people = [person for staff in world.county.staff.values() for person in staff]
    for person in people:
        world.timeline.begin(_acknowledging(world, person))
    leads = world.county.everywhere.get("policy_lead") or world.county.everywhere["safeguarding_partner"]
    closed, still_open = _since(world, 43), _since(world, 4)
    takes_part = [person for person in people if person not in leads and person.name not in HAS_YET_TO]
    many = [
        person
        for person in takes_part
        if _keen(person) or invented(f"{person.name}/takes part").random() < 0.42
    ]
    few = [person for person in takes_part if invented(f"{person.name}/is quick").random() < 0.16]
    world.timeline.begin(
        _round(world, "Autumn round: small signs that add up", CLOSED, (), closed, leads, many)
    )
    world.timeline.begin(
        _round(world, "Winter round: when to ring first", OPEN, (OWN,), still_open, leads, few)
    )


def _keen(person: Person) -> bool:
    """Enough of them to be shown as a group of their own."""
    return person.agency.kind == "police" or person.job_title == "Designated safeguarding lead"


def _since(world: World, days: int) -> datetime:
    """So many days ago at nine, but under the version of today."""
    then = max(world.now - timedelta(days=days), world.in_force.in_force_from + timedelta(days=1))
    return then.astimezone(LONDON).replace(hour=9, minute=0, second=0, microsecond=0)


def _acknowledging(world: World, person: Person) -> Story:
    rng = invented(f"{person.name}/acknowledges")
    if person.name in HAS_YET_TO or rng.random() > HAVE_READ.get(person.agency.kind, MOST_HAVE_READ):
        return
    earliest = max(world.in_force.in_force_from, world.now - timedelta(days=200))
    at = earliest + (world.now - earliest) * rng.random() ** 2  # most soon after it came, some much later
    yield at
    acknowledge(policy_id=in_force(at).pk, by=person, now=at)


def _round(
    world: World,
    title: str,
    examples: dict[str, tuple[int, int]],
    own: Sequence[VignetteTold],
    opens_at: datetime,
    leads: Sequence[Person],
    people: Sequence[Person],
) -> Story:
    yield opens_at
    policy = in_force(opens_at).policy
    vignettes = [*(VignetteTold.of_example(each) for each in policy.examples if each.id in examples), *own]
    made = begin_round(
        title=title,
        opens_at=opens_at,
        closes_at=(opens_at + timedelta(days=14)).replace(hour=23, minute=59),
        vignettes=vignettes,
        by=leads[-1],
        now=opens_at,
    )
    readings = [examples.get(told.example, (30, 10)) for told in vignettes]
    for person in people:
        world.timeline.begin(_judging(made, policy, vignettes, readings, person))


def _judging(
    made: Round,
    policy: Policy,
    vignettes: Sequence[VignetteTold],
    readings: Sequence[tuple[int, int]],
    person: Person,
) -> Story:
    rng = invented(f"{person.name}/{made.title}")
    at = made.opens_at + timedelta(hours=rng.uniform(0.2, 70))
    stops_after = len(vignettes) // 2 if rng.random() < 0.08 else 99
    chosen: dict[int, Level] = {}
    for place in places(made.pk, person.pk, len(vignettes))[:stops_after]:
        level = chosen.get(place.vignette)
        if level is None or rng.random() < 0.15:
            level = _reads(policy, vignettes[place.vignette - 1], readings[place.vignette - 1], person, rng)
        chosen[place.vignette] = level
        at += timedelta(seconds=rng.randint(20, 110))
        yield at
        judge(
            round_id=made.pk,
            position=place.position,
            level=level.code,
            sureness=rng.choice(SURE),
            reason=rng.choice(REASONS),
            by=person,
            now=at,
        )


def _reads(
    policy: Policy, told: VignetteTold, reading: tuple[int, int], person: Person, rng: Random
) -> Level:
    """The level this person would choose: the policy's, or now and then one beside it."""
    says = finding_of(told, policy).level
    otherwise, too_high = reading
    if rng.random() * 100 >= otherwise * READS_OTHERWISE.get(person.agency.kind, 1.0):
        return says
    step = 1 if rng.random() * 100 < too_high else -1
    ranks = {level.rank: level for level in policy.gate(told.gate).levels}
    far = 2 * step if rng.random() < 0.15 else step
    return ranks.get(says.rank + far) or ranks.get(says.rank + step) or ranks.get(says.rank - step) or says
