from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmash.apps.documents.actions import remove_unnamed, scan_next
from openmash.apps.documents.errors import ScannerUnavailable
from openmash.apps.documents.queries import is_scanner_set_up


class Command(BaseCommand):
    help = (
        "Has ClamAV look at every file that waits in quarantine, each once, and removes what a crash left behind "
        "on the disk. Run it every minute or so; several may run at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        remove_unnamed(now=timezone.now())
        if not is_scanner_set_up():
            raise CommandError(
                "OPENMASH_CLAMD is not set, so nothing is scanned and files stay in quarantine."
            )
        counts: dict[str, int] = {}
        try:
            while scan := scan_next(now=timezone.now()):
                counts[scan.get_verdict_display()] = counts.get(scan.get_verdict_display(), 0) + 1
        except ScannerUnavailable as gone:
            raise CommandError(f"{gone} What waits goes on waiting.") from None
        said = "; ".join(f"{words.lower()}: {number}" for words, number in counts.items())
        self.stdout.write(f"{sum(counts.values())} files scanned. {said}".strip())
