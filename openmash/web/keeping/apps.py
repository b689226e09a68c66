from django.apps import AppConfig


class KeepingPagesConfig(AppConfig):
    name = "openmash.web.keeping"
    label = "keeping_pages"
