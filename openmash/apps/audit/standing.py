"""Whether every guard stands in the database as the code defines it: there, on, and doing what it should.

A guard can be made harmless without switching it off: its function can be replaced by one that does nothing, it can be
put on again with a condition that is never true, or the function that every guard asks whether to stand aside can be
made to say yes. So each is compared word by word with what this version of the code would create. The trigger's own
definition is compared on a passing copy of the table's columns, so that no table is locked.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

BODY = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)
COPY = "guard_compared"
ASKED_BY_ALL = "_pgtrigger_should_ignore"


def faults_of_guards() -> list[str]:
    """What is wrong with any guard; empty when all stand. Needs the right to make temporary tables."""
    return [*_whole_database(), *_each_guard()]


def _whole_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        if cursor.fetchone()[0] == "replica":
            yield "Triggers are off for this connection (session_replication_role)."
        cursor.execute(
            "SELECT coalesce(r.rolname, 'everybody') FROM pg_db_role_setting s"
            " LEFT JOIN pg_roles r ON r.oid = s.setrole"
            " WHERE EXISTS (SELECT 1 FROM unnest(s.setconfig) c"
            " WHERE c LIKE 'pgtrigger.ignore=%' OR c LIKE 'session\\_replication\\_role=%')"
        )
        for (name,) in cursor.fetchall():
            yield f"A setting of the database switches guards off for {name}."


def _each_guard() -> Iterator[str]:
    asked = ""
    for model in apps.get_models():
        triggers = getattr(model._meta, "triggers", ())
        for trigger in triggers:
            compiled = trigger.compile(model)
            asked, body = BODY.findall(str(compiled.install_sql))
            wrong = _wrong_with(model, trigger.get_pgid(model), body, str(compiled.install_sql))
            if wrong:
                yield f"The guard “{trigger.name}” of {model._meta.db_table} {wrong}."
    if asked and _source(ASKED_BY_ALL) != asked:
        yield "The function that every guard asks whether to stand aside was replaced."


def _wrong_with(model: type[models.Model], name: str, body: str, install: str) -> str:
    """What is wrong with one guard, in words that follow its name; empty when nothing is."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgenabled, p.proname, p.prosrc, p.prosecdef OR p.proconfig IS NOT NULL"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND t.tgname = %s",
            [table, name],
        )
        row = cursor.fetchone()
    if row is None:
        return "is missing"
    enabled, function, source, has_settings = row
    if enabled not in ("O", "A"):
        return "is switched off"
    if (function, source) != (name, body) or has_settings:
        return "has another function than the code defines"
    if _definition(table, name) != _definition_by_the_code(table, name, install):
        return "is put on otherwise than the code defines"
    return ""


def _source(function: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = to_regproc(%s)", [f"public.{function}"])
        row = cursor.fetchone()
    return row[0] if row else ""


def _definition(table: str, name: str) -> str:
    """The trigger as the server writes it, without the name of the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [table, name],
        )
        text = str(cursor.fetchone()[0])
    return re.sub(r" ON \S+ ", " ON it ", text, count=1)


def _definition_by_the_code(table: str, name: str, install: str) -> str:
    """The same of a trigger that the code's own statement puts on a passing table with the same columns."""
    create = re.search(rf"CREATE\s+(?:CONSTRAINT\s+)?TRIGGER {name}\b.*?;", install, re.DOTALL)
    if create is None:
        raise ValueError(f"The statement that creates {name} has another form than is known here.")
    statement = create[0].replace(f'"{table}"', f'"{COPY}"', 1)
    with transaction.atomic(), connection.cursor() as cursor:
        quoted = connection.ops.quote_name(table)
        cursor.execute(f"CREATE TEMPORARY TABLE {COPY} (LIKE {quoted})")
        cursor.execute(statement)
        found = _definition(f"pg_temp.{COPY}", name)
        transaction.set_rollback(True)
    return found
