"""Which pages may be seen without signing in. Every page may not, unless its view says so here."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Marks a view that anybody may use without signing in.

    A test lists all of them, so that adding one is always a decision.
    """
    view.open_to_everybody = True  # type: ignore[attr-defined]
    return view


def is_public(view: Callable[..., Any]) -> bool:
    return getattr(view, "open_to_everybody", False) is True
