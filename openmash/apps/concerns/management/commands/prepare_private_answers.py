from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmash.apps.concerns.queries.told_by import children_told_by
from openmash.apps.directory.queries import agencies
from openmash.apps.private_asking.actions.preparing import prepare_answers
from openmash.engines.matching.private.errors import NotInstalled


class Command(BaseCommand):
    help = (
        "Makes ready what agencies answer when others ask privately whether they know a child: for each agency "
        "named, or for all that have told the front door about children, under a new key each time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agencies", nargs="*", help="names of agencies; without any, all of them")
        parser.add_argument("--workers", type=int, default=2, help="threads to work with (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(agencies())
        wanted = set(options["agencies"])
        unknown = wanted - {agency.name for agency in found}
        if unknown:
            raise CommandError(f"There is no agency of this name: {', '.join(sorted(unknown))}.")
        for agency in found:
            if wanted and agency.name not in wanted:
                continue
            people = list(children_told_by(agency))
            if not people and not wanted:
                continue
            try:
                made = prepare_answers(
                    agency=agency, people=people, by=None, now=timezone.now(), workers=options["workers"]
                )
            except NotInstalled as missing:
                raise CommandError(str(missing)) from missing
            self.stdout.write(f"{agency}: {made.people} people, {made.outputs} outputs.")
