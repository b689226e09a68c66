"""What every page here does first: open what was asked for, or say that there is no such thing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def found(opened: Callable[[], Any]) -> Any:
    """What `opened` gives, or "not found"."""
    try:
        return opened()
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


def not_possible(request: HttpRequest, reason: str, back: str) -> HttpResponse:
    """It cannot be done now, and why."""
    return render(request, "papers/not_possible.html", {"reason": reason, "back": back}, status=409)
