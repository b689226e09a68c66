"""What every page of this part shares: who asks, and the ways between its pages."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openmash.apps.policy.queries.acknowledgements import may_see_acknowledgements

PAGES = (
    ("understanding:acknowledge", "Read and acknowledge"),
    ("understanding:rounds", "Calibration"),
    ("understanding:acknowledged", "Who has acknowledged"),
)


def somebody(request: HttpRequest) -> Any:
    """The person asking: nobody reaches these pages without having signed in."""
    return request.user


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, now: datetime, status: int = 200
) -> HttpResponse:
    """A page with the links to its neighbours, of which nobody is offered one that they may not open."""
    may_see = may_see_acknowledgements(by=somebody(request), now=now)
    here = request.resolver_match.view_name if request.resolver_match else ""
    ways = [
        (name, words, name == here) for name, words in PAGES if may_see or not name.endswith("acknowledged")
    ]
    return render(request, f"understanding/{template}.html", {**context, "ways": ways}, status=status)
