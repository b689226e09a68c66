"""Puts the wall up in the database: the role, what it may do, and a policy for each table behind the wall.

The functions restate the gate (`access.grounds`, `access.queries`) in SQL; a test compares the two for every person and
record. They run as their owner, so that whoever is kept out need not be able to read why. The wall is not forced upon
the owner of the tables: commands, actions and migrations are its doors.
"""

from hashlib import sha256

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from psycopg import sql

from openmash.apps.access.grounds import ROLE_GROUNDS
from openmash.apps.access.wall.passing import ROLE
from openmash.apps.access.wall.tables import CONTACT, OF_A_CONTACT, WALLED

NEEDED = 180000
"""From this version guards that wait for the end of a transaction run as whoever wrote the row."""

POLICY = "as_the_gate_opens"
ADVISES = "adviser"
LEADS_AN_AGENCY = "safeguarding_lead"
AT_THE_HUB = tuple(role for role in ROLE_GROUNDS if role != ADVISES)

WHO = """
CREATE OR REPLACE FUNCTION wall_viewer() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('openmash.viewer', true), '')::bigint
$$;
CREATE OR REPLACE FUNCTION wall_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('openmash.today', true), '')::date
$$;
CREATE OR REPLACE FUNCTION wall_codes() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_to_array(nullif(current_setting('openmash.codes', true), ''), ','), '{}')::uuid[]
$$;
CREATE OR REPLACE FUNCTION wall_roles(wanted text[]) RETURNS SETOF directory_roleheld
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT held.* FROM directory_roleheld held
    WHERE held.person_id = wall_viewer() AND held.role = ANY (wanted)
        AND held.starts <= wall_today() AND (held.ends IS NULL OR held.ends >= wall_today())
$$;
CREATE OR REPLACE FUNCTION wall_places(wanted text[]) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT place.id), '{}') FROM directory_locality place
    JOIN wall_roles(wanted) held ON held.locality_id IS NULL OR held.locality_id = place.id
$$;
CREATE OR REPLACE FUNCTION wall_agency_led(wanted text[]) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT agency_id FROM directory_person WHERE id = wall_viewer() AND EXISTS (SELECT FROM wall_roles(wanted))
$$;
CREATE OR REPLACE FUNCTION wall_kept_out_of() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(closed.contact_id), '{}') FROM (
        SELECT r.contact_id FROM access_restriction r
        WHERE r.ends_on >= wall_today() AND r.owner_id IS DISTINCT FROM wall_viewer()
            AND NOT EXISTS (SELECT FROM access_restrictionlifted l WHERE l.restriction_id = r.id)
            AND NOT EXISTS (
                SELECT FROM access_restrictionnames n WHERE n.restriction_id = r.id AND n.person_id = wall_viewer()
            )
            AND NOT EXISTS (
                SELECT FROM access_emergencyaccess e WHERE e.contact_id = r.contact_id AND e.person_id = wall_viewer()
                    AND e.last_day >= wall_today() AND e.at >= r.at
            )
        UNION ALL
        SELECT c.contact_id FROM access_conflictdeclared c
        WHERE c.person_id = wall_viewer() AND NOT EXISTS (SELECT FROM access_conflictended x WHERE x.conflict_id = c.id)
    ) closed
$$
"""

AS_THE_SERVER_HAS_IT = """
SELECT c.relname, c.relrowsecurity, has_table_privilege(to_regrole('openmash_web'), c.oid, 'SELECT'),
    has_table_privilege(to_regrole('openmash_web'), c.oid, 'INSERT, UPDATE, DELETE'),
    p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[]::text, pg_get_expr(p.polqual, c.oid)
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
UNION ALL
SELECT proname, prosecdef, NULL, NULL, NULL, provolatile, NULL, proconfig::text, prosrc FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'wall\\_%'
ORDER BY 1, 5
"""

# Each part that does not look at the row is asked once a statement, not once a row.
OPENS_A_CONTACT = """
    raised_by_id = (SELECT wall_viewer())
    OR id = ANY ((SELECT wall_codes())::uuid[])
    OR (
        (
            locality_id = ANY ((SELECT wall_places({hub}::text[]))::bigint[])
            OR (kind = 'advice' AND locality_id = ANY ((SELECT wall_places({advisers}::text[]))::bigint[]))
            OR raised_agency_id = (SELECT wall_agency_led({leads}::text[]))
        )
        AND id <> ALL ((SELECT wall_kept_out_of())::uuid[])
    )
"""
OPENS_WITH_ITS_CONTACT = "EXISTS (SELECT FROM concerns_contact whole WHERE whole.id = contact_id)"


@transaction.atomic
def put_up() -> None:
    """Put the wall up around the tables there are. Does nothing when it stands as this code would build it.

    Raises:
        ImproperlyConfigured: PostgreSQL is too old.
        ProgrammingError: whoever signed in to the database may neither make the role nor take it (docs/security.md).
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not tables >= WALLED:
            return  # a migration of a single app: the rest of the tables are to come
        if mark_left() == mark_now():
            return
        if is_too_old():
            raise ImproperlyConfigured(
                "OpenMASH needs PostgreSQL 18 or later: older guards would see too little."
            )
        cursor.execute(sql.SQL(";\n").join(_statements()))
        cursor.execute(sql.SQL("COMMENT ON FUNCTION wall_viewer() IS {}").format(sql.Literal(mark_now())))


def is_too_old() -> bool:
    """Whether the server is older than the wall needs."""
    with connection.cursor() as cursor:
        return bool(cursor.connection.info.server_version < NEEDED)


def mark_left() -> str:
    """What `mark_now` was when the wall was put up last; empty when nobody has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(obj_description(to_regprocedure('wall_viewer()'), 'pg_proc'), '')")
        return str(cursor.fetchone()[0])


def mark_now() -> str:
    """One digest of this code's statements, and of the tables, policies and functions as the server has them now."""
    with connection.cursor() as cursor:
        cursor.execute(AS_THE_SERVER_HAS_IT)
        there = repr(cursor.fetchall())
        wanted = sql.SQL(";\n").join(_statements()).as_string(cursor.connection)
    return sha256(f"{wanted}\n{there}".encode()).hexdigest()


def expressions() -> dict[str, sql.Composable]:
    """For each table behind the wall, what opens a row."""
    contact = sql.SQL(OPENS_A_CONTACT).format(
        hub=sql.Literal(list(AT_THE_HUB)),
        advisers=sql.Literal([ADVISES]),
        leads=sql.Literal([LEADS_AN_AGENCY]),
    )
    return {CONTACT: contact} | dict.fromkeys(sorted(OF_A_CONTACT), sql.SQL(OPENS_WITH_ITS_CONTACT))


def _statements() -> list[sql.Composable]:
    role = sql.Identifier(ROLE)
    statements: list[sql.Composable] = [
        sql.SQL(
            "DO $$ BEGIN IF to_regrole({name}) IS NULL THEN CREATE ROLE {role} NOLOGIN; END IF;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ).format(name=sql.Literal(ROLE), role=role),
        sql.SQL(
            "DO $$ BEGIN IF NOT pg_has_role({name}, 'SET') THEN GRANT {role} TO CURRENT_USER; END IF; END $$"
        ).format(name=sql.Literal(ROLE), role=role),
        sql.SQL(WHO),
        # A policy that is not ours would open what ours keep shut: any one of a table is enough.
        sql.SQL(
            "DO $$ DECLARE it record; BEGIN FOR it IN SELECT polname, polrelid::regclass AS tab FROM pg_policy LOOP"
            " EXECUTE format('DROP POLICY %I ON %s', it.polname, it.tab); END LOOP; END $$"
        ),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
    ]
    for table, opens in expressions().items():
        names = {
            "table": sql.Identifier(table),
            "role": role,
            "policy": sql.Identifier(POLICY),
            "opens": opens,
        }
        statements += [
            sql.SQL(text).format(**names)
            for text in (
                "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}",
                "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY {policy} ON {table} FOR SELECT TO {role} USING ({opens})",
            )
        ]
    return statements
