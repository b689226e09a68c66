from django.apps import AppConfig


class SharingPagesConfig(AppConfig):
    name = "openmash.web.sharing"
    label = "sharing_pages"
