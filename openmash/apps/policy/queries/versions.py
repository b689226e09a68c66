"""Threshold policies are public documents: anyone may read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from openmash.apps.policy.errors import NoPolicyInForce
from openmash.apps.policy.models import AdoptedPolicy
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.proof.check import load


@dataclass(frozen=True)
class PolicyInForce:
    """An adopted version and what it means."""

    pk: int
    in_force_from: datetime
    policy: Policy


@lru_cache(maxsize=64)
def _parsed(pk: int, digest: str) -> Policy:
    # Adopted rows never change (the database refuses), so what was read and checked once stays right.
    return load(AdoptedPolicy.objects.get(pk=pk, digest=digest).texts)


def _as_in_force(row: AdoptedPolicy) -> PolicyInForce:
    return PolicyInForce(pk=row.pk, in_force_from=row.in_force_from, policy=_parsed(row.pk, row.digest))


def in_force(now: datetime) -> PolicyInForce:
    """The version that applies at `now`.

    Raises:
        NoPolicyInForce: none had been adopted by then.
    """
    row = (
        AdoptedPolicy.objects.defer("texts").filter(in_force_from__lte=now).order_by("-in_force_from").first()
    )
    if row is None:
        raise NoPolicyInForce(f"No threshold policy was in force on {now:%d %B %Y}.")
    return _as_in_force(row)


def adopted(pk: int) -> PolicyInForce:
    """One version by its key, in force or past."""
    return _as_in_force(AdoptedPolicy.objects.defer("texts").get(pk=pk))


def followed_by(start: datetime) -> PolicyInForce | None:
    """The version that one which applies from `start` takes over from, None for the first of all."""
    row = (
        AdoptedPolicy.objects.defer("texts")
        .filter(in_force_from__lt=start)
        .order_by("-in_force_from")
        .first()
    )
    return _as_in_force(row) if row else None


def phones(now: datetime) -> Mapping[str, str]:
    """Today's telephone numbers and their hours, by the names the policy gives them (`duty_phone`, …).

    Raises:
        NoPolicyInForce: none has been adopted yet.
    """
    return in_force(now).policy.contacts


@dataclass(frozen=True)
class Version:
    """An adopted version, without its texts. `until` is when the next one takes over, if there is one."""

    pk: int
    version: str
    title: str
    in_force_from: datetime
    until: datetime | None

    def is_in_force(self, now: datetime) -> bool:
        return self.in_force_from <= now and (self.until is None or now < self.until)

    def is_to_come(self, now: datetime) -> bool:
        return now < self.in_force_from


def versions() -> list[Version]:
    """Every version ever adopted, the latest first. Old ones stay readable: decisions rest on them."""
    rows = list(AdoptedPolicy.objects.defer("texts").order_by("in_force_from"))
    ends = [*(row.in_force_from for row in rows[1:]), None]
    return [
        Version(row.pk, row.version, row.title, row.in_force_from, until)
        for row, until in reversed(list(zip(rows, ends, strict=False)))
    ]
