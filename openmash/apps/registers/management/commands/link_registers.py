"""Carries out the linking that people have asked for, then ends; and takes registers out that may not be kept.

Started by the page on which somebody asks, and by a timer (every few minutes is enough), so that a run whose
process has gone is taken up again. Several at once do no harm: each run is one process's.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmash.apps.registers.actions.keeping import erase_those_past_their_day
from openmash.apps.registers.actions.running import carry_out, claim_run


class Command(BaseCommand):
    help = "Carry out linking runs that wait, and erase registers that may not be kept any more."

    def handle(self, *args: Any, **options: Any) -> None:
        for register in erase_those_past_their_day(now=timezone.now()):
            self.stdout.write(f"Erased, its day has gone by: register {register}.")
        while run := claim_run(now=timezone.now()):
            self.stdout.write(f"Linking run {run} …")
            carry_out(run, clock=timezone.now)
            self.stdout.write(f"Linking run {run} is done.")
