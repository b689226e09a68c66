from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from openmash.apps.papers.actions.letters import adopt_letters
from openmash.engines.clocks import LONDON
from openmash.engines.letters import LettersError


class Command(BaseCommand):
    help = "Adopts the letters in a folder (letters.toml, and a text for each occasion and reader)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--decision", required=True, help="who decided to adopt them, when and why")
        parser.add_argument(
            "--from", dest="starts", type=date.fromisoformat, help="the day they begin; now if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        starts = datetime.combine(options["starts"], time(), tzinfo=LONDON) if options["starts"] else now
        texts = {path.name: path.read_text(encoding="utf-8") for path in options["folder"].iterdir()}
        try:
            adopted = adopt_letters(
                texts=texts, in_force_from=starts, decision=options["decision"], by=None, now=now
            )
        except LettersError as wrong:
            raise CommandError(str(wrong)) from None
        except IntegrityError:
            said = "This version, or another one from the same moment, has been adopted already."
            raise CommandError(said) from None
        self.stdout.write(f"Letters {adopted} are in force from {starts:%d.%m.%Y}.")
