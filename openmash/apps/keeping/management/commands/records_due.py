import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils import timezone

from openmash.apps.keeping.queries import Due, due_anywhere
from openmash.apps.keeping.schedules import NothingInForce


class Command(BaseCommand):
    help = (
        "Lists records whose time is over, by their number. It removes nothing: people decide, on the page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for another program")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = due_anywhere(timezone.now())
        except NothingInForce:
            raise CommandError("No rules about keeping records are in force: nothing is proposed.") from None
        except ProgrammingError:
            raise CommandError(
                "This database is not made yet. Start the service once, or run “manage.py migrate”."
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps([_told(each) for each in found], indent=2))
            return
        for each in found:
            told = _told(each)
            self.stdout.write(
                f"{told['kind']} {told['id']}: kept until {told['kept_until']}, {told['standing']}"
            )
        self.stdout.write(f"{len(found)} {'record is' if len(found) == 1 else 'records are'} past their day.")


def _told(due: Due) -> dict[str, str]:
    standing = "held" if due.holds else "waits for a second person" if due.waits_for_second else "to decide"
    return {
        "kind": due.record.kind.value,
        "id": str(due.record.id),
        "rule": due.record.period.value,
        "ended_on": due.record.ended_on.isoformat(),
        "kept_until": due.kept_until.isoformat(),
        "standing": standing,
    }
