"""Adopt a threshold policy that was agreed elsewhere, from its folder: for setting the service up.

The whole of it is proved first. Later versions are written and adopted in the browser.
"""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from openmash.apps.policy.actions import adopt
from openmash.apps.policy.errors import VersionNotSound
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.queries.versions import followed_by
from openmash.engines.clocks import LONDON
from openmash.engines.thresholds import PolicyErrors
from openmash.engines.thresholds.proof.changes import examples_not_kept
from openmash.engines.thresholds.text.files import gather


def _not_kept(pk: int, start: datetime) -> list[str]:
    """The agreed examples of the version before that this one does not hold as they were."""
    before = followed_by(start)
    return [str(each) for each in examples_not_kept(before.policy, adopted(pk).policy)] if before else []


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help="the folder that holds the policy's texts")
        parser.add_argument(
            "--from", dest="start", required=True, help="the day from which it applies: 2027-04-01"
        )
        parser.add_argument("--decision", required=True, help="who agreed to it, when and why")
        parser.add_argument(
            "--agreed-by", action="append", required=True, help="a person who agreed; twice at least"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names = {" ".join(name.split()).lower(): " ".join(name.split()) for name in options["agreed_by"]}
        if len(names) < 2 or not all(names):
            raise CommandError("A threshold is agreed by two people at least: give --agreed-by for each.")
        if not options["decision"].strip():
            raise CommandError("Write who agreed to it, when and why, after --decision.")
        try:
            start = datetime.fromisoformat(options["start"]).replace(tzinfo=LONDON)
        except ValueError:
            raise CommandError(f"“{options['start']}” is not a day. Write it as 2027-04-01.") from None
        try:
            with transaction.atomic():
                made = adopt(
                    texts=gather(Path(options["folder"])),
                    in_force_from=start,
                    decision=f"{options['decision'].strip()} Agreed by {', '.join(names.values())}.",
                    by=None,
                    now=timezone.now(),
                )
        except PolicyErrors as wrong:
            raise CommandError("\n".join(str(each) for each in wrong)) from None
        except VersionNotSound as wrong:
            raise CommandError(f"It was not adopted. {wrong.reason}") from None
        except IntegrityError:
            raise CommandError("A version of this name, or from this day, was adopted before.") from None
        for each in _not_kept(made.pk, start):
            self.stdout.write(each)
        self.stdout.write(f"Adopted: {made}, from {start:%d %B %Y}, {made.digest}.")
