from django.apps import AppConfig


class PapersPagesConfig(AppConfig):
    name = "openmash.web.papers"
    label = "papers_pages"
