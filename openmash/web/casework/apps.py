from django.apps import AppConfig


class CaseworkPagesConfig(AppConfig):
    name = "openmash.web.casework"
    label = "casework_pages"  # `casework` is the app behind them
