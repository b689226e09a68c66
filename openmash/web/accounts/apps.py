from django.apps import AppConfig

from openmash.web.accounts import checks

__all__ = ["AccountsConfig", "checks"]  # importing the checks registers them


class AccountsConfig(AppConfig):
    name = "openmash.web.accounts"
    label = "accounts"
