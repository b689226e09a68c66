"""Versions of the threshold for these tests, and how their pages are read."""

from datetime import datetime
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from openmash.apps.policy.actions import adopt
from openmash.apps.policy.models import AdoptedPolicy
from tests.cast import policy_texts


def a_version(version: str, starts: datetime, **more: str) -> AdoptedPolicy:
    """The draft under another name. `more` are rows to add to tables: `changes="rules.csv,C4a,Why"`."""
    texts = named(version)
    for table, row in more.items():
        texts[f"{table}.csv"] += f"{row}\n"
    return adopted_from(texts, starts)


def named(version: str) -> dict[str, str]:
    texts = policy_texts()
    texts["policy.toml"] = texts["policy.toml"].replace('version = "2026-11"', f'version = "{version}"')
    return texts


def adopted_from(texts: dict[str, str], starts: datetime) -> AdoptedPolicy:
    decision = "Agreed for the tests."
    return adopt(texts=texts, decision=decision, in_force_from=starts, by=None, now=timezone.now())


def read(client: Client, address: str = "") -> str:
    """The words on the page, spaces and line ends evened out."""
    page = client.get(address or reverse("thresholds:document"))
    assert page.status_code == 200
    return spaced(unescape(strip_tags(page.content.decode())))


def spaced(text: str) -> str:
    return " ".join(text.split())
