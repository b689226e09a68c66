from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "openmash.apps.documents"
    label = "documents"
