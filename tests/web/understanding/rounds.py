"""Rounds of calibration to look at: open, answered by many, and closed."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from random import Random
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.calibrating import VignetteTold, begin_round, close_round, judge
from openmash.apps.policy.blind import places
from openmash.apps.policy.models import Round
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.queries.calibration import finding_of
from tests.cast import Cast

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
SignedIn = Callable[[Person], Client]
DAY = timedelta(days=1)
FIRST = (
    "v01_baby_bruise",
    "v02_fourth_contact",
    "v03_grandmother",
    "v04_anxious",
    "v08_one_room",
    "v09_uncle",
)


def open_round(cast: Cast, *examples: str, title: str = "Autumn round") -> Round:
    """A round that opened two days ago."""
    now = timezone.now()
    policy = adopted(cast.policy.pk).policy
    chosen = [each for each in policy.examples if each.id in (examples or FIRST)]
    return begin_round(
        title=title,
        opens_at=now - 2 * DAY,
        closes_at=now + 7 * DAY,
        vignettes=[VignetteTold.of_example(each) for each in chosen],
        by=cast.manager,
        now=now - 2 * DAY,
    )


def answered_by(made: Round, person: Person, *, often_right: float = 1.0) -> None:
    """This person answers everything."""
    chance = Random(person.pk)
    policy = adopted(made.policy_id).policy
    vignettes = {each.number: each for each in made.vignettes.all()}
    for place in places(made.pk, person.pk, len(vignettes)):
        vignette = vignettes[place.vignette]
        level = finding_of(vignette, policy).level
        lower = [each for each in policy.gate(vignette.gate).levels if each.rank == level.rank - 1]
        chosen = level if chance.random() < often_right or not lower else lower[0]
        judge(
            round_id=made.pk,
            position=place.position,
            level=chosen.code,
            by=person,
            now=max(made.opens_at, timezone.now() - DAY),
        )


def many(cast: Cast, count: int, *, like: str, job: str) -> list[Person]:
    agency = cast.people[like].agency
    return [
        Person.objects.create_user(
            email=f"{like}.{number}@example.org", name=f"{job} {number}", job_title=job, agency=agency
        )
        for number in range(count)
    ]


def closed_round(cast: Cast) -> Round:
    """Eighteen people answered; teachers and constables are enough to be shown, GPs are not."""
    made = open_round(cast, *FIRST, "four_smaller", "e_bruise_explained", "e_one_voice")
    for person in many(cast, 7, like="teacher", job="Class teacher"):
        answered_by(made, person, often_right=0.6)
    for person in many(cast, 6, like="police_officer", job="Constable"):
        answered_by(made, person, often_right=0.85)
    for person in many(cast, 2, like="gp", job="GP") + many(cast, 3, like="camhs", job="Nurse"):
        answered_by(made, person, often_right=0.7)
    close_round(round_id=made.pk, by=cast.head, now=timezone.now())
    return made


def address(name: str, *args: Any) -> str:
    return reverse(f"understanding:{name}", args=args)


def words(response: Any) -> str:
    """The words on the page, spaces and line ends evened out."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(strip_tags(text)).split())
