from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0001_people")]

    operations = [
        migrations.AddField(
            model_name="relationshipsaid",
            name="told_by",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Who told whoever wrote it down; empty if they know it themselves.",
            ),
            preserve_default=False,
        ),
    ]
