from django.apps import AppConfig


class PrivateAskingConfig(AppConfig):
    name = "openmash.apps.private_asking"
    label = "private_asking"
