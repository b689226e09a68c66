from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "openmash.apps.registers"
    label = "registers"
