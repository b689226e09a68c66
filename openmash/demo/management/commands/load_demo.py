"""The command that loads the fictitious partnership."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.demo.load import SIZES, NotEmpty, is_loaded, load


class Command(BaseCommand):
    help = "Load the fictitious partnership into an empty database. Does nothing when it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="full", help="how much to load (full)")

    def handle(self, *args: Any, size: str = "full", **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The fictitious partnership is already there; nothing was added.")
            return
        began = time.monotonic()
        try:
            load(SIZES[size], now=timezone.now(), progress=self._progress)
        except NotEmpty as why:
            self.stdout.write(f"{why} Nothing was added.")
            return
        people, contacts = Person.objects.count(), Contact.objects.count()
        took = time.monotonic() - began
        self._show(
            f"Loaded a fictitious partnership: {people} people, {contacts} contacts, in {took:.0f} s.\n"
        )

    def _progress(self, steps: int) -> None:
        if steps % 100 == 0:
            self._show(f"Loading a fictitious partnership, {steps} steps …")

    def _show(self, words: str) -> None:
        # One line that is written over, where somebody is watching; only the last where nobody is.
        if self.stdout.isatty():
            self.stdout.write(f"\r{words:<70}", ending="")
        elif words.endswith("\n"):
            self.stdout.write(words, ending="")
        self.stdout.flush()
