from django.apps import AppConfig
from django.db.models.signals import post_migrate

from openmash.apps.access.wall.policies import put_up


class AccessConfig(AppConfig):
    name = "openmash.apps.access"
    label = "access"

    def ready(self) -> None:
        post_migrate.connect(put_up, sender=self)
