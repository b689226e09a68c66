from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "openmash.apps.families"
    label = "families"
