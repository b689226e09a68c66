"""Two invented registers linked, and how many links are right: `python -m benchmarks.linking_registers`.

The larger holds `--people` children. The smaller is about a fifth of it: seven tenths are children of the larger
as another register would hold them, a tenth as somebody rang about them, and a fifth stand in no register,
among them brothers, sisters and twins of children who do. The seed is the benchmark's own: nothing was tuned on it.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from benchmarks.invented_people.describing import CONCERN, ROUTINE, describe
from benchmarks.invented_people.population import Plan, people_of
from benchmarks.invented_people.towns import Town
from openmash.engines.matching.batch.linking.choosing import choose
from openmash.engines.matching.batch.linking.link import Machine, link
from openmash.engines.matching.batch.linking.people import KeptPeople, NothingToMend
from openmash.engines.matching.judging import Sureness
from openmash.engines.matching.record import as_text
from openmash.engines.matching.weights import current

ON = date(2026, 11, 25)
SEED = 11_2026


@dataclass
class Invented:
    """Two registers, and for each of the smaller who it is in the larger (absent: nobody)."""

    larger: list[tuple[int, str]]
    smaller: list[tuple[int, str]]
    truth: dict[int, int]
    kinds: dict[int, str]


def invent(people: int) -> Invented:
    """Everything follows from the number of people."""
    some = people // 75
    plan = Plan(people, SEED, strangers=some, siblings=some, twins=some)
    made = Invented([], [], {}, {})
    numbers: dict[tuple[int, int], int] = {}
    for place in range(plan.towns):
        town = people_of(plan, place)
        for number, person in town.indexed.items():
            numbers[place, number] = len(made.larger)
            made.larger.append((len(made.larger), as_text(person)))
        luck = random.Random(f"{SEED} linking {place}")  # noqa: S311
        for number, kind in _chosen(sorted(town.indexed), luck):
            profile = ROUTINE if kind == "routine" else CONCERN
            person = describe(town.children[number], profile, Town(SEED, place), luck).person
            _add(made, as_text(person), kind, numbers[place, number])
        for question in town.questions:
            if question.about is None:
                _add(made, as_text(question.person), question.kind, None)
    return made


def _chosen(numbers: list[int], luck: random.Random) -> Iterator[tuple[int, str]]:
    for number in luck.sample(numbers, len(numbers) * 4 // 25):
        yield number, "routine" if luck.random() < 0.875 else "concern"


def _add(made: Invented, text: str, kind: str, about: int | None) -> None:
    line = len(made.smaller)
    made.smaller.append((line, text))
    made.kinds[line] = kind
    if about is not None:
        made.truth[line] = about


def measure(people: int, processes: int) -> dict[str, object]:
    """Link, and count what is right."""
    made = invent(people)
    stages: dict[str, float] = {}
    began = last = time.monotonic()

    def progress(stage: str, done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        stages[stage] = stages.get(stage, 0.0) + now - last
        last = now

    found = link(
        (KeptPeople("larger", lambda: made.larger), KeptPeople("smaller", lambda: made.smaller)),
        (NothingToMend(), NothingToMend()),
        weights=current(),
        on=ON,
        machine=Machine(processes, memory_mb=4_000),
        progress=progress,
    )
    seconds = time.monotonic() - began
    looser = choose(
        [*found.chosen.links, *found.chosen.to_check],
        at_least=frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE}),
        once=True,
    )
    links = {each.asking: each.found for each in found.chosen.links}
    to_check = {(each.asking, each.found) for each in found.chosen.to_check}
    wrong = [made.kinds[asking] for asking, other in links.items() if made.truth.get(asking) != other]
    missed = [(asking, other) for asking, other in made.truth.items() if links.get(asking) != other]
    loosely = {each.asking: each.found for each in looser.links}
    expected = found.chosen.expected
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "people": people,
        "asking": len(made.smaller),
        "seconds": round(seconds),
        "stages": {stage: round(took) for stage, took in stages.items()},
        "peak_mb_of_the_main_process": memory,
        "proposed": found.proposed,
        "links": len(links),
        "very_likely": _f1(made, links),
        "possible_too": _f1(made, loosely),
        "wrong_by_kind": {kind: wrong.count(kind) for kind in sorted(set(wrong))},
        "missed": {kind: sum(made.kinds[a] == kind for a, _ in missed) for kind in ("routine", "concern")},
        "missed_but_to_check": sum(pair in to_check for pair in missed),
        "to_check": len(to_check),
        "expected_false": round(expected.false_links, 1),
        "actual_false": len(wrong),
        "expected_missed": round(expected.missed_links, 1),
        "actual_missed": len(missed),
    }


def _f1(made: Invented, links: dict[int, int]) -> dict[str, float]:
    """Precision, recall and F1 of these links."""
    right = sum(made.truth.get(asking) == other for asking, other in links.items())
    precision, recall = right / max(1, len(links)), right / max(1, len(made.truth))
    f1 = 2 * right / max(1, len(links) + len(made.truth))
    return {"precision": round(precision, 5), "recall": round(recall, 5), "f1": round(f1, 5)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    print(json.dumps(measure(given.people, given.processes), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
