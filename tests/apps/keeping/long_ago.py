"""Moves what the tests recorded today back by a hundred years, so that its time is over by any clock."""

from django.db import connection
from django.db.models import Model

from openmash.apps.casework.models import Case, StageOpen
from openmash.apps.concerns.models import Answer, Contact
from openmash.apps.families.models import Description

DAYS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Contact, ("received_at", "due_at")),
    (Answer, ("at", "sent_at")),
    (Description, ("described_at", "born_on")),
    (Case, ("opened_at",)),
    (StageOpen, ("at",)),
)


def a_hundred_years_ago() -> None:
    """Every record of the test, by whoever owns the database: no action could."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # what was made now is whole, as if it had been saved then
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")
        for model, columns in DAYS:
            moved = ", ".join(f"{column} = {column} - interval '100 years'" for column in columns)
            cursor.execute(f"UPDATE {model._meta.db_table} SET {moved}")
        cursor.execute("SET session_replication_role = DEFAULT")


def tables_that_say(words: str) -> dict[str, int]:
    """Every table of ours in which a row holds these words, and in how many."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{words}%"])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found
