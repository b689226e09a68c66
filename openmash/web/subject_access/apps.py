from django.apps import AppConfig


class SubjectAccessPagesConfig(AppConfig):
    name = "openmash.web.subject_access"
    label = "subject_access_pages"
