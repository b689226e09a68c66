from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    name = "openmash.apps.subject_access"
    label = "subject_access"
