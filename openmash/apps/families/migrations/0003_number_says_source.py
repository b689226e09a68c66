"""Rows of registers get numbers below nought, so that the table of keys by itself tells a source from the other."""

from django.db import migrations, models
from django.db.models import Q

TURN = """
    UPDATE families_matchkey AS kept SET person_id = -kept.person_id
    FROM families_indexedperson AS person WHERE person.id = kept.person_id AND person.source = 'register';
    UPDATE families_indexedperson SET id = -id WHERE source = 'register';
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0002_who_told_of_a_relationship")]

    operations = [
        migrations.RunSQL(TURN, TURN),
        migrations.AddConstraint(
            model_name="indexedperson",
            constraint=models.CheckConstraint(
                condition=Q(source="register", id__lt=0) | Q(source="description", id__gt=0),
                name="number_says_source",
            ),
        ),
    ]
