"""The draft policy's twelve vignettes as concerns of today in one locality, each left at its own state.

What is observed comes from the policy's own table of examples, so that an edited example edits the concern.
The words are in the table of vignettes. The child's name and family are invented afresh.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from openmash.apps.concerns.account import Account, PartTold, Raiser, SignTold
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.states import State
from openmash.apps.directory.models import Person
from openmash.demo.people.described import child_described
from openmash.demo.people.families import Family, home_in, make_family
from openmash.demo.stories.deciding import Leaning
from openmash.demo.stories.moments import earlier
from openmash.demo.stories.screening import Course, from_receipt
from openmash.demo.stories.telling import Told, rank_of
from openmash.demo.stories.timeline import Story
from openmash.demo.tables import rows
from openmash.demo.words.voice import voice_of
from openmash.demo.world import World, invented
from openmash.engines.thresholds import Example, Sign
from openmash.engines.thresholds.meaning.examples import AS_OF, case_of

LOCALITY = "aldermarsh"
QUICK = (0.1, 0.8)
AS_PUBLISHED = Leaning(steps=0)
DOUBTED = "The father says that the grandmother is malicious and that the photograph is of a birthmark."

COURSES = {
    # 1. A bruise on a baby who cannot move: immediate. Being screened.
    "v01_baby_bruise": Course(rest=State.SCREENING, pace=QUICK),
    # 2. The fourth contact of the year from one school, each of them small. Being screened.
    "v02_fourth_contact": Course(rest=State.SCREENING, pace=QUICK),
    # 3. A grandmother whom the father calls malicious, to be discounted. Waiting for a second person.
    "v03_grandmother": Course(
        rest=State.SECOND_PERSON, leaning=Leaning(-1, "information_checked", DOUBTED), pace=QUICK
    ),
    # 4. An anxious young person who wants somebody to talk to. Answered, and the answer not yet read.
    "v04_anxious": Course(unread=True, leaning=AS_PUBLISHED, pace=QUICK),
    # 5. A boarder with a new phone and train tickets: two examples of one sign. Decided, answer to send.
    "v05_train_tickets": Course(rest=State.DECIDED, leaning=AS_PUBLISHED, pace=QUICK),
    # 6. An overdose last night: immediate. Answered and read.
    "v06_overdose": Course(leaning=AS_PUBLISHED, pace=QUICK, quiet=True),
    # 7. Police, third call in a year, each at another address. Received; the earlier two wait to be linked.
    "v07_third_call": Course(rest=State.RECEIVED),
    # 8. Five in one damp room, well cared for: being poor is not neglect. Received.
    "v08_one_room": Course(rest=State.RECEIVED),
    # 9. An uncle with convictions moves in on Friday; not known if he will be alone with the child. Received.
    "v09_uncle": Course(rest=State.RECEIVED),
    # 10. A neighbour who gives no name. Being screened: not closed until somebody has seen the baby.
    "v10_crying": Course(rest=State.SCREENING, pace=QUICK),
    # 11. A mother takes back what she said; the baby is five months old. The level was kept. Answered, read.
    "v11_taken_back": Course(leaning=AS_PUBLISHED, pace=QUICK, quiet=True),
    # 12. As the fourth, with strengths written down, which change nothing. In dispute at the first step.
    "v12_strengths": Course(disagree_at=1, leaning=AS_PUBLISHED, pace=QUICK),
}


@dataclass(frozen=True)
class Vignette:
    """One example brought to life. `age_days` is the child's age; `hours_ago` counts office hours."""

    example: Example
    source: str
    age_days: int
    hours_ago: float
    seen: str
    homes: int
    agency: str
    raiser: str
    examples_like: tuple[str, ...]
    account: str
    before: tuple[str, ...]

    @property
    def has_one_home(self) -> bool:
        return self.homes == 1


def vignettes(world: World) -> list[Vignette]:
    """All of them, each with its example in the policy.

    Raises:
        KeyError: the policy no longer has one of the examples.
    """
    examples = {example.id: example for example in world.policy.examples}
    return [
        Vignette(
            example=examples[row["example"]],
            source=row["source"],
            age_days=int(row["age_days"]),
            hours_ago=float(row["hours_ago"]),
            seen=row["seen"],
            homes=int(row["homes"]),
            agency=row["agency"],
            raiser=row["raiser"],
            examples_like=tuple(row["examples_like"].split()),
            account=row["account"],
            before=tuple(text for n in (1, 2, 3) if (text := row[f"before_{n}"])),
        )
        for row in rows("words/vignettes")
    ]


def begin_vignettes(world: World) -> None:
    """Begin all of them."""
    for vignette in vignettes(world):
        world.timeline.begin(_played(world, vignette))


def _played(world: World, vignette: Vignette) -> Story:
    name = vignette.example.id
    rng = invented(name)
    family = _family(world, vignette, rng)
    last: Told | None = None
    for number, (at, text) in enumerate(zip(_earlier_moments(world, vignette), vignette.before, strict=True)):
        yield at
        last = _tell(world, vignette, family, at, text, rng, last)
        quiet = Course(quiet=True, leaning=AS_PUBLISHED, links=vignette.has_one_home)
        world.timeline.begin(from_receipt(world, last, invented(f"{name}#{number}"), quiet))
    at = earlier(world.now, vignette.hours_ago)
    yield at
    told = _tell(world, vignette, family, at, vignette.account, rng, last)
    world.vignettes[name] = told.contact_id
    yield from from_receipt(world, told, rng, COURSES[name])


def _earlier_moments(world: World, vignette: Vignette) -> list[datetime]:
    """When the earlier contacts of the example were, oldest first, in working hours."""
    if not vignette.before:
        return []
    days = sorted(((AS_OF - past.at).days for past in case_of(vignette.example).past), reverse=True)
    return [earlier(world.now - timedelta(days=ago), 3) for ago in days]


def _family(world: World, vignette: Vignette, rng: Random) -> Family:
    today = world.now.date()
    family = make_family(
        vignette.example.id,
        situation="domestic_abuse",
        months=(24, 30),
        locality=LOCALITY,
        start=today,
        rng=rng,
    )
    child = replace(family.children[0], born_on=today - timedelta(days=vignette.age_days))
    moved = [home_in(LOCALITY, today - timedelta(days=180 - 90 * n), rng) for n in range(vignette.homes - 1)]
    return replace(family, children=(child,), homes=(*family.homes, *moved))


def _by(world: World, vignette: Vignette, family: Family, day: date, rng: Random) -> Person | None:
    if vignette.source in ("family", "neighbour"):
        return None
    if vignette.agency:
        return world.county.staff[vignette.agency][0]
    return world.county.who_raises(vignette.source, LOCALITY, family.children[0].months(day), rng)


def _tell(
    world: World,
    vignette: Vignette,
    family: Family,
    at: datetime,
    text: str,
    rng: Random,
    last: Told | None,
) -> Told:
    day, child = at.date(), family.children[0]
    by = last.by if last else _by(world, vignette, family, day, rng)
    described = child_described(child, family, vignette.source, day, rng)
    if vignette.source == "neighbour":
        described = replace(described, name="", other_names="", cared_for_by="")
    voice = voice_of(family, child, described, vignette.source, day, rng)
    # Who moves about is told of as if for the first time: the screener may see that they are the same.
    same_as = last.contact_id if last and vignette.has_one_home else None
    account = replace(
        _observed(world, vignette),
        parts=(PartTold("subject", described),),
        spoken_to="not_known" if (child.months(day) or 0) < 36 else vignette.seen,
        account=world.wording.say(text, voice.names, rng),
        same_child_as=same_as,
    )
    contact = raise_concern(account=account, by=by, now=at).contact
    world.shares.told[vignette.source] += 1
    world.told_of[family.key] += 1
    world.children[contact.parts.get().description_id] = child.key
    return Told(contact.pk, family, child, vignette.source, by, at, voice, rank_of(contact))


def _observed(world: World, vignette: Vignette) -> Account:
    """The signs and facts of the example, as an account without its words."""
    case = case_of(vignette.example)
    signs = [
        SignTold(
            sign=seen.sign,
            evidence=seen.evidence,
            immediate_answer=seen.immediate_answer.value,
            examples=_examples(world.policy.sign(seen.sign), seen.examples, vignette.examples_like),
        )
        for seen in case.observations
    ]
    return Account(
        raiser=Raiser(source=vignette.source, name=vignette.raiser),
        locality_id=world.county.localities[LOCALITY].pk,
        policy_id=world.in_force.pk,
        signs=tuple(signs),
        facts={fact: answer.value for fact, answer in case.facts.items()},
        seen=vignette.seen,
        parents_know="no",
        parents_know_why_not="I wanted to speak to you first.",
    )


def _examples(sign: Sign, count: int, like: Sequence[str]) -> tuple[str, ...]:
    """As many of the sign's examples as were seen: those meant by the story first."""
    if count < 2:
        return ()
    meant = [each for each in sign.counted_examples if any(word in each for word in like)]
    return tuple(dict.fromkeys([*meant, *sign.counted_examples]))[:count]
