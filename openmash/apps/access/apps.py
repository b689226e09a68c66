from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "openmash.apps.access"
    label = "access"
