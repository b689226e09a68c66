from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from openmash.apps.casework.actions.adopting import adopt_practice
from openmash.dated_texts import Faults
from openmash.engines.clocks import LONDON
from openmash.engines.pathway import FILES


class Command(BaseCommand):
    help = (
        "Adopts the practice in a folder (practice.toml, stages.csv, clocks.csv, quorum.csv): what stages are "
        "called, which clocks run and who must be at a meeting. Stages opened before keep the version they have."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--decision", required=True, help="who decided to adopt it, when and why")
        parser.add_argument(
            "--from", dest="starts", type=date.fromisoformat, help="the day it begins; now if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now, folder = timezone.now(), options["folder"]
        starts = datetime.combine(options["starts"], time(), tzinfo=LONDON) if options["starts"] else now
        texts = {
            name: (folder / name).read_text(encoding="utf-8") for name in FILES if (folder / name).is_file()
        }
        try:
            adopted = adopt_practice(
                texts=texts, in_force_from=starts, decision=options["decision"], by=None, now=now
            )
        except Faults as wrong:
            raise CommandError(str(wrong)) from None
        except IntegrityError:
            said = "This version, or another one from the same moment, has been adopted already."
            raise CommandError(said) from None
        self.stdout.write(f"Practice {adopted} is in force from {starts:%d.%m.%Y}.")
