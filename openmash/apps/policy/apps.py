from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "openmash.apps.policy"
    label = "policy"
