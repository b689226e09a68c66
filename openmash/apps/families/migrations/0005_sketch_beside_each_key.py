"""A sketch of the person beside each key, in the primary key's index, so that a lookup reads nothing else.

What was kept is worked out again: `manage.py index_people` does it, and it is asked for by its check.
"""

from django.db import migrations, models

READ_FROM_THE_INDEX = """
    ALTER TABLE families_matchkey DROP CONSTRAINT families_matchkey_pkey;
    ALTER TABLE families_matchkey ADD CONSTRAINT families_matchkey_pkey PRIMARY KEY (key, person_id) INCLUDE (sketch);
"""
AS_IT_WAS = """
    ALTER TABLE families_matchkey DROP CONSTRAINT families_matchkey_pkey;
    ALTER TABLE families_matchkey ADD CONSTRAINT families_matchkey_pkey PRIMARY KEY (key, person_id);
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0004_kept_with_the_record")]

    operations = [
        migrations.AddField(
            model_name="matchkey",
            name="sketch",
            field=models.BigIntegerField(
                default=0, help_text="Roughly who is found by it; part of the primary key's index."
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(READ_FROM_THE_INDEX, AS_IT_WAS),
    ]
