from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "openmash.apps.keeping"
    label = "keeping"
