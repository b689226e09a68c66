from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import openmash.apps.audit.models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain_over_the_log")]

    operations = [
        # Not valid: events written before stay as they were sealed; every one from now on is held to it.
        AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=openmash.apps.audit.models.NoFreeWords("detail"), name="event_has_no_free_words"
            ),
        ),
    ]
