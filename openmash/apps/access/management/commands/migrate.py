"""Django's own command, after which the second wall is put up around whatever tables there are now."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from openmash.apps.access.wall.policies import put_up


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            put_up()
