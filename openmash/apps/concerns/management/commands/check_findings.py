"""Works every kept finding out again from the case and the policy kept with it, and says which do not come out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openmash.apps.concerns.queries.history import findings_kept, not_reproduced


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = list(not_reproduced())
        kept = findings_kept()
        self.stdout.write(f"{kept - len(wrong)} of {kept} findings come out the same, bit for bit.")
        for each in wrong:
            self.stdout.write(
                f"  Finding {each.finding_id} on {each.contact}, under version {each.version}, {each.why}."
            )
        if wrong:
            raise CommandError("Not every finding can be reproduced.", returncode=1)
