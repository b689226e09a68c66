"""Proves that the second wall stands: row-level security in PostgreSQL, as the code defines it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openmash.apps.access.wall.standing import faults_of_the_wall
from openmash.apps.access.wall.tables import WALLED


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        faults = faults_of_the_wall()
        for fault in faults:
            self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError("The second wall does not stand.", returncode=1)
        self.stdout.write(f"The second wall stands before {len(WALLED)} tables.")
