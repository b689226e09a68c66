from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "openmash.apps.concerns"
    label = "concerns"
