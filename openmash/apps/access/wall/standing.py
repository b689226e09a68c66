"""Whether the wall stands in the database as the code defines it."""

from django.db import connection

from openmash.apps.access.wall.passing import ROLE
from openmash.apps.access.wall.policies import is_too_old, mark_left, mark_now
from openmash.apps.access.wall.tables import WALLED


def faults_of_the_wall() -> list[str]:
    """What is wrong with the second wall, in words; empty when it stands."""
    with connection.cursor() as cursor:
        faults = ["PostgreSQL is older than 18."] if is_too_old() else []
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcanlogin, pg_has_role(oid, 'SET') FROM pg_roles WHERE rolname = %s",
            [ROLE],
        )
        role = cursor.fetchone()
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname = ANY (%s) AND NOT relrowsecurity",
            [sorted(WALLED)],
        )
        faults += [f"The wall is down before {name}." for (name,) in cursor.fetchall()]
    if role is None:
        return [*faults, f"There is no role {ROLE}: nobody has put the wall up."]
    if role[0]:
        faults.append(f"The role {ROLE} may do more than it should: sign in, or see past the wall.")
    if not role[1]:
        faults.append(f"Whoever signs in to the database may not take the role {ROLE}.")
    if not faults and mark_left() != mark_now():
        faults.append("A policy, a function or a right of the wall is not as it was put up. Migrate again.")
    return faults
