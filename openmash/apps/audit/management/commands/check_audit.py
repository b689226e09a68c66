"""Proves that the log is on, and that nothing in it was changed, removed or put in afterwards.

With --anchors FILE the chain is held against the digests kept in that file, and its present end is added to it. Keep
the file where whoever looks after the database cannot write.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmash.apps.audit.sealing import seal
from openmash.apps.audit.verifying import Anchor, faults_of_the_chain, faults_of_writing, head


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, help="a file of digests kept elsewhere; the present one is added"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        faults = faults_of_writing(now)
        seal(now)
        kept = _anchors(options["anchors"])
        faults += faults_of_the_chain(kept)
        for fault in faults:
            self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError("The log is not as it should be.", returncode=1)
        end = head()
        self.stdout.write(f"The log is on, and {end.number:,} events are as they were written.")
        self.stdout.write(f"Held against {len(kept)} digests kept elsewhere. The present one: {end}")
        if options["anchors"] and end not in kept:
            with options["anchors"].open("a", encoding="utf-8") as file:
                file.write(f"{end}\n")


def _anchors(file: Path | None) -> list[Anchor]:
    if file is None or not file.exists():
        return []
    anchors = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        count, _, digest = line.strip().partition(" ")
        if not (count.isascii() and count.isdecimal() and len(digest) == 64):
            raise CommandError(f"Line {number} of the file of digests cannot be read: {line[:80]}")
        anchors.append(Anchor(int(count), digest))
    return anchors
