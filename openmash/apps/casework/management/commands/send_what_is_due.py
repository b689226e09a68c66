from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.actions.due import send_what_is_due


class Command(BaseCommand):
    help = (
        "Brings whatever is new about a child to the work with it, and gives notice of every clock that has run "
        "out, each once, to whoever leads the work and the managers of the team. Run it every few minutes; several "
        "may run at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=50, help="how many at a time (default: 50)")

    def handle(self, *args: Any, **options: Any) -> None:
        brought = len(bring_what_is_new(now=timezone.now()))
        given = 0
        while notices := send_what_is_due(now=timezone.now(), batch=options["batch"]):
            given += len(notices)
        if brought:
            self.stdout.write(f"{brought} new {'thing' if brought == 1 else 'things'} brought to the work.")
        self.stdout.write(f"{given} {'notice' if given == 1 else 'notices'} given.")
