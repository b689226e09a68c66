"""Which version a page is about: the one in force, or any that was ever adopted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from openmash.apps.policy.errors import NoPolicyInForce
from openmash.apps.policy.queries import PolicyInForce, Version, adopted, in_force, versions
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.plain.names import fingerprint
from openmash.web.layout.access import public


@dataclass(frozen=True)
class Shown:
    """The version a page is about, among all there are (the latest first)."""

    policy: Policy
    this: Version
    versions: tuple[Version, ...]
    is_in_force: bool
    is_to_come: bool

    @property
    def fingerprint(self) -> str:
        """Short enough to compare with a sheet of paper."""
        return fingerprint(self.policy.digest)

    @property
    def before(self) -> Version | None:
        """The version that this one took over from."""
        later = [each.pk for each in self.versions]
        place = later.index(self.this.pk) + 1
        return self.versions[place] if place < len(self.versions) else None


def about_a_version(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page open to everybody, about the version `pk`, or about the one in force when it is not given.

    The view gets a `Shown` in place of the key.
    """

    @public
    @wraps(view)
    def found(request: HttpRequest, pk: int | None = None, **rest: str) -> HttpResponse:
        now = timezone.now()
        try:
            which = in_force(now) if pk is None else adopted(pk)
        except NoPolicyInForce:
            return render(request, "thresholds/none.html", {"versions": versions()}, status=404)
        except ObjectDoesNotExist:
            raise Http404 from None
        return view(request, _shown(which, now), **rest)

    return found


def where_to_check(request: HttpRequest) -> str:
    """The address at which a sheet of paper can be checked, as it is printed at its foot."""
    return request.build_absolute_uri(reverse("thresholds:changes"))


def _shown(which: PolicyInForce, now: datetime) -> Shown:
    every = tuple(versions())
    this = next(each for each in every if each.pk == which.pk)
    return Shown(which.policy, this, every, this.is_in_force(now), this.is_to_come(now))
