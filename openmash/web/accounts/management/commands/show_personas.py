"""Prints one made-up person for each role, so that whoever starts the demonstration knows whom to be."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmash.apps.directory.queries import personas
from openmash.web.accounts.views import by_role


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        groups = by_role(personas(timezone.localdate()))
        if groups:
            self.stdout.write("Sign in on its front page as any of the made-up people, for example:")
        for role, people in groups.items():
            who = people[0]
            self.stdout.write(f"  {role}: {who.name}, {who.job_title}, {who.agency_name}")
