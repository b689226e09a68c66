"""Makes the index of people afresh: after a change of the specification of keys, or to be sure of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from openmash.apps.families.actions.indexing import clear_old_keys, index_again, index_missing
from openmash.apps.families.queries.matches import how_many_are_behind


class Command(BaseCommand):
    """Works in batches, each kept when it is done: it may be stopped at any time, and goes on where it stopped.

    People can be looked up all the while. With `--all` everybody is worked out again, not only those whose keys
    are of another specification or were made under another secret.
    """

    help = "Make the index of people afresh, in batches. It can be stopped, and goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="everybody, not only those of an older key")
        parser.add_argument("--batch", type=int, default=1000, help="how many at once (1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        everybody, batch = options["all"], max(1, options["batch"])
        behind = how_many_are_behind(everybody=everybody)
        self.stdout.write(f"{behind.missing} not yet in the index, {behind.old} to be worked out again.")
        done = 0
        for count in index_missing(batch):
            done += count
            self.stdout.write(f"{done} of {behind.missing} added.")
        done = 0
        for count in index_again(batch, everybody=everybody):
            done += count
            self.stdout.write(f"{done} of {behind.old} worked out again.")
        if behind.old:
            self.stdout.write(f"{clear_old_keys()} old keys cleared away.")
        self.stdout.write(self.style.SUCCESS("The index is up to date."))
