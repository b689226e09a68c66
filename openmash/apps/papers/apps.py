from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "openmash.apps.papers"
    label = "papers"
