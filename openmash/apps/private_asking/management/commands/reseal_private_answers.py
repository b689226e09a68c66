from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmash.apps.private_asking.actions.resealing import reseal_keys
from openmash.apps.private_asking.errors import CannotBeAsked


class Command(BaseCommand):
    help = (
        "After the secret of this service was changed: seals the keys of private answers under the new one. Set "
        "OPENMASH_SECRET_KEY to the new secret and OPENMASH_SECRET_KEY_BEFORE to the old one, run this, and then "
        "take the old one out again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = reseal_keys(now=timezone.now())
        except CannotBeAsked as cannot:
            raise CommandError(cannot.reason) from cannot
        self.stdout.write(f"{len(keys)} keys sealed under the secret of today.")
