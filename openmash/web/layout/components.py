"""Calls the design system's components (govuk-frontend-jinja's macros) from Python."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(
        loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # The macros indent what they nest. Inside a textarea that would add spaces to what somebody typed.
    environment.filters["indent"] = lambda text, *_, **__: text
    return environment


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    name = "govuk" + "".join(word.title() for word in component.split("-"))
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    macro: Callable[[Mapping[str, Any]], str] = getattr(template.module, name)
    return macro


def gds(component: str, parameters: Mapping[str, Any]) -> SafeString:
    """The component's HTML. `parameters` are those of the design system's own documentation.

    Text is escaped. So is anything given as `html`, unless it has been marked as safe.
    """
    return mark_safe(str(_macro(component)(_escaped(parameters))).strip())  # noqa: S308 -- made by the macros


def _escaped(value: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _escaped(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(inner) for inner in value]
    if name.lower().endswith("html") and value is not None:
        return conditional_escape(value)
    return value
