from django.apps import AppConfig


class CaseAuditConfig(AppConfig):
    name = "openmash.apps.case_audit"
    label = "case_audit"
