from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "openmash.apps.sharing"
    label = "sharing"
