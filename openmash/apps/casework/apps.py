from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "openmash.apps.casework"
    label = "casework"
