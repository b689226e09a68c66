"""What waits at every front door this morning: something in each state, on each clock."""

from datetime import datetime, time, timedelta
from random import Random

from openmash.apps.concerns.states import State
from openmash.demo.people.families import Family
from openmash.demo.stories.asking import Asking, ask
from openmash.demo.stories.deciding import Leaning
from openmash.demo.stories.eighteen_months import a_family
from openmash.demo.stories.moments import earlier, who_is_up
from openmash.demo.stories.screening import Course, from_receipt
from openmash.demo.stories.seeing import Circumstances, Wanted, anybody_sees, what_is_seen
from openmash.demo.stories.telling import tell
from openmash.demo.stories.timeline import Story
from openmash.demo.world import World, invented
from openmash.engines.clocks import LONDON
from openmash.engines.thresholds import Sign

DISCOUNT = "The caller rang twice in one week and the school put three points of fact right."
DOUBTED_SOURCES = frozenset({"family", "neighbour"})
QUICK = (0.2, 1.4)
ADVICE_SOURCES = (
    "gp",
    "independent_school",
    "camhs",
    "school",
    "early_years",
    "housing",
    "hospital",
    "police",
    "health_visiting",
    "family",
    "probation",
    "school",
    "court",
    "gp",
    "neighbour",
    "prison",
    "child",
)


def _everyday(sign: Sign) -> bool:
    return sign.level in ("2", "3")


def _serious(sign: Sign) -> bool:
    return sign.level == "4" and sign.immediate != "always"


def _danger(sign: Sign) -> bool:
    return sign.level == "4" and sign.immediate == "always"


def begin_open_work(world: World, locality: str, number: int) -> None:
    """Begin the open concerns and requests of one locality. `number` varies which step is in dispute."""
    now = world.now
    waiting = [
        # key, received, which signs, what is left open
        ("overdue", earlier(now, 16), _everyday, Course(rest=State.RECEIVED)),
        ("overdue-longer", earlier(now, 24), _everyday, Course(rest=State.SCREENING, pace=QUICK)),
        ("due-today", due_in(now, hours=2), _everyday, Course(rest=State.RECEIVED)),
        ("today-serious", today(now, minutes=95), _serious, Course(rest=State.RECEIVED)),
        ("immediate", today(now, minutes=12), _danger, Course(rest=State.RECEIVED)),
        ("second-person", earlier(now, 2.5), _serious, _second(number)),
        ("decided", earlier(now, 5), _everyday, Course(rest=State.DECIDED, leaning=Leaning(0), pace=QUICK)),
        ("disagreed", earlier(now, 9 + 30 * (number % 4)), _everyday, _dispute(number)),
    ]
    if number % 2 == 0:
        unread = Course(unread=True, leaning=Leaning(0), pace=QUICK)
        waiting.append(("unread", earlier(now, 12), _everyday, unread))
        waiting.append(("just-in", today(now, minutes=3), _everyday, Course(rest=State.RECEIVED)))
    else:
        sent_back = Course(sent_back=True, quiet=True, leaning=Leaning(steps=-1), pace=QUICK)
        waiting.append(("sent-back", earlier(now, 20), _serious, sent_back))
    for key, at, wanted, course in waiting:
        world.timeline.begin(_open_concern(world, f"{locality}/today/{key}", locality, at, wanted, course))
    begin_open_advice(world, locality, number)


def begin_open_advice(world: World, locality: str, number: int) -> None:
    """Two requests that wait for an adviser, one of them overdue, and in some places one in dispute."""
    for key, hours, course in (
        ("advice-new", 2, Asking(rest=State.ASKED)),
        ("advice-overdue", 13, Asking(rest=State.ASKED)),
        ("advice-disputed", 11, Asking(disagree_at=1, becomes=False)),
    ):
        if key == "advice-disputed" and number % 3:
            continue
        rng = invented(f"{locality}/today/{key}")
        family = a_family(world, f"{locality}/today/{key}", locality, rng, may_move=False)
        source = ADVICE_SOURCES[(number + hours) % len(ADVICE_SOURCES)]
        world.timeline.begin(ask(world, family, source, earlier(world.now, hours), rng, course))


def _second(number: int) -> Course:
    """Waiting for a second person: a lower level in one place, a doubted source in the next."""
    leaning = Leaning(steps=-1) if number % 3 else Leaning(-1, "information_checked", DISCOUNT)
    return Course(rest=State.SECOND_PERSON, leaning=leaning, pace=QUICK)


def _dispute(number: int) -> Course:
    return Course(disagree_at=1 + number % 4, leaning=Leaning(0), pace=QUICK)


def today(now: datetime, minutes: int) -> datetime:
    """So many minutes ago, but not before this day began."""
    midnight = datetime.combine(now.astimezone(LONDON).date(), time(), tzinfo=LONDON)
    return max(now - timedelta(minutes=minutes), min(now, midnight + timedelta(minutes=1)))


def due_in(now: datetime, hours: int) -> datetime:
    """Received on the working day before, so many hours later in the day than it is now: due later today."""
    local = now.astimezone(LONDON)
    late = min(
        (local + timedelta(hours=hours)).replace(tzinfo=None), datetime.combine(local.date(), time(23, 50))
    )
    day_before = earlier(datetime.combine(local.date(), time(8, 30), tzinfo=LONDON), 0.1).date()
    return datetime.combine(day_before, late.time(), tzinfo=LONDON)


def _open_concern(
    world: World, key: str, locality: str, at: datetime, wanted: Wanted, course: Course
) -> Story:
    rng = invented(key)
    yield at
    answer = "no" if wanted is _serious else ""
    is_doubted = course.leaning is not None and course.leaning.discounts
    sources = DOUBTED_SOURCES if is_doubted else who_is_up(at)
    how = Circumstances(sources=sources, wanted=wanted, immediate_answer=answer)
    family = _family_for(world, key, locality, at, how, rng)
    sight = what_is_seen(world, family, at.date(), how, rng)
    if sight is None:
        raise RuntimeError(f"Nobody could say anything for {key}.")
    told = tell(world, family, sight, at, how, rng)
    yield from from_receipt(world, told, rng, course)


def _family_for(
    world: World, key: str, locality: str, at: datetime, how: Circumstances, rng: Random
) -> Family:
    """A family already known here if one fits, so that there is a record to read; otherwise a new one."""
    known = [family for family in world.families if family.home(at.date()).locality == locality]
    rng.shuffle(known)
    for family in known:
        if family.key not in world.open_today and anybody_sees(world, family, at.date(), how):
            world.open_today.add(family.key)
            return family
    for attempt in range(40):
        family = a_family(world, f"{key}/{attempt}", locality, rng, may_move=False)
        if anybody_sees(world, family, at.date(), how):
            return family
    raise RuntimeError(f"No family fits {key}.")
