"""PostgreSQL's own way to find names that are alike: trigrams (pg_trgm), for comparison on the same people."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from benchmarks.invented_people.population import Question
from openmash.engines.matching.record import from_text

MOST = 100
FIND = """
    select id, described from (
        select person.id, person.described, alike.words <-> %(words)s as distance
        from names_alike alike join families_indexedperson person using (id)
        where alike.words %% %(words)s order by distance, person.id limit %(most)s
    ) found
"""


@dataclass(frozen=True)
class Trigrams:
    """Milliseconds of each statement, and whether the right child was among the candidates."""

    milliseconds: list[float]
    found: list[bool]


def prepare(connection: psycopg.Connection) -> None:
    """A table of names beside the index, with pg_trgm's index over it."""
    connection.execute("create extension if not exists pg_trgm")
    connection.execute("create unlogged table names_alike (id bigint primary key, words text not null)")
    people = connection.execute("select id, described from families_indexedperson").fetchall()
    with connection.cursor().copy("copy names_alike (id, words) from stdin") as copy:
        for number, text in people:
            copy.write_row((number, words_of(from_text(text))))
    connection.execute("create index on names_alike using gin (words gin_trgm_ops)")
    connection.execute("vacuum analyze names_alike")


def words_of(person: object) -> str:
    """The first name, lower case, with the postcode: what a search box would be given."""
    names, addresses = person.names, person.addresses  # type: ignore[attr-defined]
    said = [names[0].given, names[0].family] if names else []
    return " ".join([*said, *(address.postcode for address in addresses[:1])]).lower()


def ask(connection: psycopg.Connection, questions: Sequence[Question]) -> Trigrams:
    """Ask each question once to warm up and once for the figures."""
    asked = Trigrams([], [])
    for timed in (False, True):
        for question in questions:
            began = time.perf_counter()
            rows = connection.execute(FIND, {"words": words_of(question.person), "most": MOST}).fetchall()
            if timed:
                asked.milliseconds.append((time.perf_counter() - began) * 1e3)
                asked.found.append(question.about in {row[0] for row in rows})
    return asked
