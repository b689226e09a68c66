"""The draft policy's first twelve agreed examples as concerns of today in one locality, each left at its own state.

What is observed comes from the policy's own table of examples, so that an edited example edits the concern.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
from openmash.demo.words.voice import voice_of
from openmash.demo.world import World, invented
from openmash.engines.thresholds import Example, Sign
from openmash.engines.thresholds.examples import case_of

LOCALITY = "aldermarsh"
QUICK = (0.1, 0.8)
OVERLOOKED = {"v07_third_call_counted"}
"""A second way of telling the seventh; one of the two is enough."""


@dataclass(frozen=True)
class Vignette:
    """One example brought to life. `ages_days` is the child's age; `hours_ago` counts office hours."""

    example: str
    source: str
    age_days: int
    hours_ago: float
    account: str
    course: Course
    seen: str = "yes"
    agency: str = ""
    raiser: str = ""
    examples_like: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    homes: int = 1
    circumstances: dict[str, str] = field(default_factory=dict)


def _years(years: float) -> int:
    return round(years * 365.25) + 20


VIGNETTES = (
    # 1. A bruise on a baby who cannot move: immediate. Being screened.
    Vignette(
        "v01_baby_bruise", "health_visiting", 10, 0.75,
        "I weighed {child} this morning, ten days old. There is a small bruise on the back of the left hand. {Carer} "
        "said “I don’t know, perhaps from the hospital”. There was a drip in the other hand at birth and not in this "
        "one. The baby is well in every other way and feeding. I am still at the home.",
        Course(rest=State.SCREENING, pace=QUICK),
    ),
    # 2. The fourth contact of the year from one school, each small: adds up. Being screened.
    Vignette(
        "v02_fourth_contact", "school", _years(8), 6,
        "This is the fourth time that I am writing this year. {Child} came in hungry, had slept in {his} clothes and "
        "put {his} head on the desk at ten o’clock. Each time it is put right for a while. Each time it has seemed "
        "too small. I have taught {him} for a year and I see {him} getting smaller in {himself}.",
        Course(rest=State.SCREENING, pace=QUICK),
        agency="Marsh Lane Primary School",
        before=(
            "{Child} had no breakfast two days running and told me “Mum was asleep”. {Carer} came in and was sorry.",
            "{Child} was dirty again today and the others moved away from {him}. We found clean things in the office.",
            "{He} was very tired, with nits that have come back. {Carer} says that the washing machine is broken.",
        ),
    ),
    # 3. A grandmother whom the father calls malicious: no discount for the source. Waiting for a second person.
    Vignette(
        "v03_grandmother", "family", _years(6.3), 9,
        "I am {child}’s grandmother on {his} mother’s side. Last Sunday there were bruises on {his} back and the top of "
        "{his} arm, like fingers. I took a photograph. They have faded now. {He} told me in the bath that Daddy gets "
        "cross. His father says I am making trouble because of the divorce. I am not. I just want {him} to be safe.",
        Course(
            rest=State.SECOND_PERSON,
            leaning=Leaning(
                steps=-1,
                discounts="The father says that the grandmother is malicious and that the photograph is of a birthmark.",
            ),
            pace=QUICK,
        ),
        seen="no",
        raiser="Maureen Tattersfield",
    ),
    # 4. An anxious young person who wants somebody to talk to: early help. Answered, and not yet read.
    Vignette(
        "v04_anxious", "gp", _years(14.2), 11,
        "{Child} is 14 and came with {carer}, then saw me alone. {He} worries about exams and friends, sleeps badly and "
        "would like to talk to somebody. No harm, no thoughts of harm, and nothing at home that frightens {him}.",
        Course(unread=True, leaning=Leaning(0), pace=QUICK),
        agency="Marsh Lane Surgery",
    ),
    # 5. A boarder with a new phone and train tickets: two examples of one sign. Decided, answer to be sent.
    Vignette(
        "v05_train_tickets", "independent_school", _years(15.4), 7,
        "{Child} boards with us. In three weeks {he} has missed evening registration twice. Matron found a second phone "
        "and train tickets to a town where {he} knows nobody. {He} says they are a friend’s. {He} is not in trouble with "
        "us and we have told {him} so. We are an independent school and have not written to you before.",
        Course(rest=State.DECIDED, leaning=Leaning(0), pace=QUICK),
        agency="Tallow Hill School",
        examples_like=("phone", "travel"),
    ),
    # 6. An overdose last night: immediate. Answered and read.
    Vignette(
        "v06_overdose", "camhs", _years(16.1), 20,
        "{Child} took an overdose last night and is on the children’s ward. I have seen {him} this morning. {He} is sorry "
        "to have been found. {He} will not yet say what is driving it and asked that one person is not allowed to "
        "visit. Please do not ring the home before you have spoken to me.",
        Course(leaning=Leaning(0), pace=QUICK, quiet=True),
    ),
    # 7. Police, the third call in a year, each at another address. Waiting; the earlier two are there to be linked.
    Vignette(
        "v07_third_call", "police", _years(7.1), 2.5,
        "Called to the address at 23.40 by a neighbour. {Carer} had been pushed and {chis} phone broken. {Other} had left. "
        "{Child} was awake on the stairs. Address new to us. {Carer} says that they have moved about.",
        Course(rest=State.RECEIVED),
        before=(
            "Disturbance reported. {Carer} had a grazed elbow and did not wish to say more. {Child} was in bed.",
            "{Carer} rang 999 and hung up. Officers found {other} in the kitchen and {child} under the table.",
        ),
        homes=3,
    ),
    # 8. Five in one damp room, well cared for: being poor is not neglect. Waiting to be screened.
    Vignette(
        "v08_one_room", "housing", _years(4.3), 5,
        "Family of five in one room above a shop. Damp on two walls and the window does not shut. The children are clean, "
        "well fed and play nicely, and {carer} has a chart for the bed. {Child} coughs at night. Nobody is doing anything "
        "wrong here. I would like a letter in support of a move.",
        Course(rest=State.RECEIVED),
    ),
    # 9. An uncle with convictions moves in on Friday; nobody knows if he will be alone with the child: immediate.
    Vignette(
        "v09_uncle", "early_years", _years(3.2), 0.4,
        "{Carer} told me at the door, as if it were nothing, that {his} uncle comes to live with them on Friday “when he "
        "gets out”. She said that it was about children a long time ago. I do not know if he would be alone with {child}. "
        "I have not asked her more and I have not told her that I am writing.",
        Course(rest=State.RECEIVED),
        agency="Little Herons Nursery",
    ),
    # 10. A neighbour who gives no name: logged, and not closed until somebody has seen the baby. Being screened.
    Vignette(
        "v10_crying", "neighbour", 190, 6.5,
        "The baby next door cries nearly all night, every night, for weeks now. I do not know them. I have not seen anything "
        "else. I do not want to give my name.",
        Course(rest=State.SCREENING, pace=QUICK),
        seen="not_known",
    ),
    # 11. A mother takes back what she said; the baby is five months old: the level is kept. Answered and read.
    Vignette(
        "v11_taken_back", "police", 160, 14,
        "On Thursday {carer} told officers that {other} had grabbed {chim} by the hair while {cshe} held {child}. Today "
        "{cshe} came to the station and said that {cshe} had made it up and wants it dropped. {Other} was waiting outside "
        "in the car. {Child} is five months old.",
        Course(leaning=Leaning(0), pace=QUICK, quiet=True),
    ),
    # 12. As the fourth, with strengths written down: the strengths change nothing. In dispute at the first step.
    Vignette(
        "v12_strengths", "gp", _years(14.4), 10,
        "{Child} worries about exams and friends, sleeps badly and would like to talk to somebody. No harm and no thoughts of "
        "harm. Immunised, does well at school, has an aunt {he} can talk to, and parents who asked for help early.",
        Course(disagree_at=1, leaning=Leaning(0), pace=QUICK),
        agency="Marsh Lane Surgery",
    ),
)


def begin_vignettes(world: World) -> None:
    """Begin all of them."""
    examples = {example.id: example for example in world.policy.examples}
    for vignette in VIGNETTES:
        world.timeline.begin(_played(world, vignette, examples[vignette.example]))


def _played(world: World, vignette: Vignette, example: Example) -> Story:
    rng = invented(vignette.example)
    family = _family(world, vignette, rng)
    by = _by(world, vignette, family, rng)
    last: Told | None = None
    moments = _earlier_moments(world, example)
    for number, (at, text) in enumerate(zip(moments, vignette.before, strict=False)):
        yield at
        last = _tell(world, vignette, example, family, by, at, text, rng, last if vignette.homes == 1 else None)
        quiet = Course(quiet=True, leaning=Leaning(0), links=vignette.homes == 1)
        world.timeline.begin(from_receipt(world, last, invented(f"{vignette.example}#{number}"), quiet))
    at = earlier(world.now, vignette.hours_ago)
    yield at
    told = _tell(world, vignette, example, family, by, at, vignette.account, rng, last if vignette.homes == 1 else None)
    yield from from_receipt(world, told, rng, vignette.course)


def _earlier_moments(world: World, example: Example) -> list[datetime]:
    """When the earlier contacts of the example were, oldest first, in the middle of a working morning."""
    ago = sorted(((date(2026, 1, 15) - past.at).days for past in case_of(example).past), reverse=True)
    return [earlier(world.now - timedelta(days=days), 3) for days in ago]


def _family(world: World, vignette: Vignette, rng: Random) -> Family:
    today = world.now.date()
    family = make_family(
        vignette.example, situation="domestic_abuse", months=(24, 30), locality=LOCALITY, start=today, rng=rng
    )
    child = replace(family.children[0], born_on=today - timedelta(days=vignette.age_days))
    moved = [home_in(LOCALITY, today - timedelta(days=180 - 90 * n), rng) for n in range(vignette.homes - 1)]
    return replace(family, children=(child,), homes=(*family.homes, *moved))


def _by(world: World, vignette: Vignette, family: Family, rng: Random) -> Person | None:
    if vignette.source in ("family", "neighbour"):
        return None
    if vignette.agency:
        return world.county.staff[vignette.agency][0]
    months = family.children[0].months(world.now.date())
    return world.county.who_raises(vignette.source, LOCALITY, months, rng)


def _tell(
    world: World,
    vignette: Vignette,
    example: Example,
    family: Family,
    by: Person | None,
    at: datetime,
    text: str,
    rng: Random,
    last: Told | None,
) -> Told:
    day, child = at.date(), family.children[0]
    voice = voice_of(family, child, vignette.source, day, rng)
    case = case_of(example)
    described = child_described(child, family, vignette.source, day, rng)
    account = Account(
        raiser=Raiser(source=vignette.source, name=vignette.raiser),
        locality_id=world.county.localities[LOCALITY].pk,
        policy_id=world.in_force.pk,
        parts=(PartTold("subject", described),),
        signs=tuple(
            SignTold(
                sign=seen.sign,
                evidence=seen.evidence,
                immediate_answer=seen.immediate_answer.value,
                examples=_examples(world.policy.sign(seen.sign), seen.examples, vignette.examples_like),
            )
            for seen in case.observations
        ),
        facts={fact: answer.value for fact, answer in case.facts.items()},
        seen=vignette.seen,
        spoken_to="not_known" if (child.months(day) or 0) < 36 else vignette.seen,
        parents_know="no",
        parents_know_why_not="I wanted to speak to you first.",
        account=world.wording.say(text, voice.names, rng),
        same_child_as=last.contact_id if last else None,
    )
    contact = raise_concern(account=account, by=by, now=at).contact
    world.shares.told[vignette.source] += 1
    world.told_of[family.key] += 1
    world.children[contact.parts.get().description_id] = child.key
    return Told(contact.pk, family, child, vignette.source, by, at, voice, rank_of(contact))


def _examples(sign: Sign, count: int, like: Sequence[str]) -> tuple[str, ...]:
    """As many of the sign's examples as were seen: those meant by the story first."""
    if count < 2:
        return ()
    meant = [each for each in sign.counted_examples if any(word in each for word in like)]
    return tuple(dict.fromkeys([*meant, *sign.counted_examples]))[:count]
