from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "openmash.apps.directory"
    label = "directory"
