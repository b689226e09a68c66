from django.apps import AppConfig


class RequestsPagesConfig(AppConfig):
    name = "openmash.web.requests"
    label = "requests_pages"
