"""Whatever is done to the second wall in the database shows, and is mended when it is put up again."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from openmash.apps.access.wall.policies import put_up
from openmash.apps.access.wall.standing import faults_of_the_wall

pytestmark = pytest.mark.django_db


def test_it_stands() -> None:
    assert faults_of_the_wall() == []
    call_command("check_wall")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("ALTER TABLE concerns_part DISABLE ROW LEVEL SECURITY", "The wall is down before concerns_part"),
        ("CREATE POLICY too_much ON concerns_contact TO openmash_web USING (true)", "not as it was put up"),
        ("ALTER POLICY as_the_gate_opens ON concerns_answer USING (true)", "not as it was put up"),
        ("GRANT UPDATE ON concerns_contact TO openmash_web", "not as it was put up"),
        ("ALTER ROLE openmash_web BYPASSRLS", "may do more than it should"),
        (
            "CREATE OR REPLACE FUNCTION wall_kept_out_of() RETURNS uuid[] LANGUAGE sql AS $$ SELECT '{}'::uuid[] $$",
            "not as it was put up",
        ),
    ],
)
def test_whatever_is_done_to_it_shows_and_is_mended(harm: str, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert said in " ".join(faults_of_the_wall())
    with pytest.raises(CommandError, match="does not stand"):
        call_command("check_wall")
    if "ROLE" in harm:
        return  # rights of the role are for whoever runs the database to take back
    put_up()
    assert faults_of_the_wall() == []
