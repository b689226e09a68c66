"""Loading the fictitious partnership: all of it or none of it, and only into an empty record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.queries.told_by import children_told_by
from openmash.apps.directory.models import Locality, Person
from openmash.apps.directory.queries import agencies
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries import in_force
from openmash.apps.private_asking.actions.preparing import prepare_answers
from openmash.demo.people.situations import situations
from openmash.demo.persona_notes import write_notes
from openmash.demo.places.county import settle
from openmash.demo.stories.eighteen_months import a_family, a_question, single_contact, told_again_and_again
from openmash.demo.stories.generations.playing import begin_three_generations
from openmash.demo.stories.open_today import ADVICE_SOURCES, begin_open_work
from openmash.demo.stories.timeline import Timeline
from openmash.demo.stories.understanding import begin_understanding
from openmash.demo.stories.vignettes import COURSES, begin_vignettes
from openmash.demo.stories.work import begin_work
from openmash.demo.stories.work.practice import adopt_the_practice
from openmash.demo.tables import rows
from openmash.demo.world import World, invented
from openmash.engines.clocks import LONDON
from openmash.engines.thresholds import Policy

ROOT = Path(__file__).resolve().parents[2]
POLICY_FOLDER = ROOT / "policies" / "draft-2026-11"
IN_FORCE_FROM = datetime(2024, 6, 1, tzinfo=LONDON)
FACTS_TOLD = frozenset({"little_speech", "not_mobile", "disabled", "help_refused"})
FIRE_EVERY = 250
"""Steps after which the database's waiting checks are made, so that they do not pile up to the end."""


@dataclass(frozen=True)
class Size:
    """How much to tell: how many localities, and in each how many families, single contacts and questions."""

    localities: int
    families: int
    singles: int
    questions: int


SIZES = {"full": Size(8, 6, 5, 3), "small": Size(2, 3, 9, 2)}


class NotEmpty(Exception):
    """There is a record already that is not this one."""


class PolicyHasChanged(Exception):
    """The policy no longer has signs that the tables of words speak of; says which."""


def is_loaded() -> bool:
    """Whether the fictitious partnership is there."""
    return events_about("demo", "loaded").exists()


def load(size: Size, *, now: datetime, progress: Callable[[int], None]) -> World | None:
    """Make the partnership and play its last eighteen months up to `now`. `progress` is told of each step.

    Returns the stage as it stands at the end, or None if all of it was there already.

    Raises:
        NotEmpty: people, places or a policy are there that somebody else made.
        PolicyHasChanged: the words no longer fit the policy.
    """
    with transaction.atomic():
        _one_at_a_time()
        if is_loaded():
            return None
        if Person.objects.exists() or Locality.objects.exists() or AdoptedPolicy.objects.exists():
            raise NotEmpty("There are people, places or a policy here already. The demonstration needs none.")
        letters_before = len(connection.run_on_commit)
        world = empty_stage(now)
        check_words(world.policy)
        _begin(world, size)
        steps = _Steps(progress)
        world.timeline.play(steps.taken)
        _prepare_private_answers(now)
        write_notes(now)
        _count_rows()
        # What was answered in the past was heard of in the past: no letter about it goes out today.
        del connection.run_on_commit[letters_before:]
        record(
            by=None,
            verb="load_demo",
            subject_kind="demo",
            subject_id="loaded",
            ground="demonstration",
            now=now,
        )
    return world


def empty_stage(now: datetime) -> World:
    """The county, its staff, and what the partnership agrees on, before any story begins."""
    _adopt_policy(now)
    adopt_the_practice(now)
    return World(now, in_force(now), settle(now.date()), Timeline(now))


def _one_at_a_time() -> None:
    """Two servers may start at the same moment: the second waits, and then finds that it is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('openmash.demo'))")


def _prepare_private_answers(now: datetime) -> None:
    """Every agency that told the front door about children can be asked whether it knows one."""
    for agency in agencies():
        told = list(children_told_by(agency))
        if told:
            prepare_answers(agency=agency, people=told, by=None, now=now)


def _count_rows() -> None:
    """Let the database plan the first pages for tables that are no longer empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _adopt_policy(now: datetime) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(POLICY_FOLDER.iterdir())}
    adopt(
        texts=texts,
        in_force_from=IN_FORCE_FROM,
        decision="Adopted by the fictitious partnership, as a draft for trying out.",
        by=None,
        now=min(now, IN_FORCE_FROM),
    )


class _Steps:
    """Counts steps, and has the database make its checks now and then."""

    def __init__(self, progress: Callable[[int], None]) -> None:
        self.count = 0
        self.progress = progress

    def taken(self) -> None:
        self.count += 1
        self.progress(self.count)
        if self.count % FIRE_EVERY == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def check_words(policy: Policy) -> None:
    """Every sign, grade, fact and example that the words speak of must be in the policy."""
    told = {row["sign"] for row in rows("words/signs_told")} - {""}
    meant = {sign for situation in situations().values() for sign in situation.signs}
    grades = {row["evidence"] for row in rows("words/signs_told")} - {""}
    missing = [
        *sorted((told | meant) - policy.signs_by_id.keys()),
        *sorted(grades - policy.grades_by_id.keys()),
        *sorted(FACTS_TOLD - policy.facts_by_id.keys()),
        *sorted(COURSES.keys() - {example.id for example in policy.examples}),
    ]
    if missing:
        raise PolicyHasChanged(
            f"The policy in {POLICY_FOLDER.name} no longer has: {', '.join(missing)}. "
            "Change the tables in openmash/demo to speak of what it has."
        )


def _begin(world: World, size: Size) -> None:
    """Begin every story: families, single contacts, questions, the vignettes, and what is open today."""
    codes = _localities(size)
    for code in codes:
        for number in range(size.families):
            key = f"{code}/family/{number}"
            family = a_family(world, key, code, invented(f"{key}/made"))
            world.families.append(family)
            world.timeline.begin(told_again_and_again(world, family, invented(key)))
    _begin_single_contacts(world, size, codes)
    begin_vignettes(world)
    begin_three_generations(world)
    begin_work(world)
    begin_understanding(world)
    for number, code in enumerate(codes):
        begin_open_work(world, code, number)


def _localities(size: Size) -> list[str]:
    return [row["code"] for row in rows("places/localities")][: size.localities]


def _begin_single_contacts(world: World, size: Size, codes: list[str]) -> None:
    every_source = list(world.shares.share)
    count = 0
    for number in range(size.singles):
        for code in codes:
            key = f"{code}/single/{number}"
            rng = invented(key)
            drawn = rng.choices(every_source, list(world.shares.share.values()))[0]
            source = every_source[count] if count < len(every_source) else drawn  # first of all, each once
            world.timeline.begin(single_contact(world, key, code, source, world.now, rng))
            count += 1
    for number in range(size.questions):
        for place, code in enumerate(codes):
            key = f"{code}/question/{number}"
            source = ADVICE_SOURCES[(place + number) % len(ADVICE_SOURCES)]
            world.timeline.begin(a_question(world, key, code, source, invented(key)))
