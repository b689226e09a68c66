"""The design system in templates, and how dates and typed text are shown."""

import datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from openmash.web.layout import rendering
from openmash.web.layout.components import gds as draw

register = template.Library()


def nested(parameters: dict[str, Any]) -> dict[str, Any]:
    """Turns `label__text="Name"` into `{"label": {"text": "Name"}}`, as templates cannot write the latter."""
    whole: dict[str, Any] = {}
    for name, value in parameters.items():
        *outer, last = name.split("__")
        place = whole
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = value
    return whole


@register.simple_tag
def gds(component: str, **parameters: Any) -> SafeString:
    """`{% gds "button" text="Save" %}`; two underscores go one level down: `label__text="Name"`."""
    return draw(component, nested(parameters))


class ComponentNode(template.Node):
    """A component around a piece of template, which becomes its `html`."""

    def __init__(
        self, component: FilterExpression, parameters: dict[str, FilterExpression], inner: NodeList
    ) -> None:
        self.component, self.parameters, self.nodelist = component, parameters, inner

    def render(self, context: Context) -> SafeString:
        parameters = {name: value.resolve(context) for name, value in self.parameters.items()}
        return draw(
            self.component.resolve(context), {**nested(parameters), "html": self.nodelist.render(context)}
        )


@register.tag
def gdsblock(parser: Parser, token: Token) -> ComponentNode:
    """`{% gdsblock "inset-text" %}any template{% endgdsblock %}`, for components that take `html`."""
    _, component, *rest = token.split_contents()
    parameters = token_kwargs(rest, parser)
    inner = parser.parse(("endgdsblock",))
    parser.delete_first_token()
    return ComponentNode(parser.compile_filter(component), parameters, inner)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.name %}`: one whole question."""
    return rendering.render_field(bound)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """Every question of the form, except those asked for inside an answer to another."""
    inside = rendering.revealed_fields(form)
    drawn = [rendering.render_field(bound) for bound in form if bound.name not in inside]
    return SafeString("\n".join(drawn))


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """`{% error_summary form %}`: first thing in the content of a page with a form."""
    return rendering.error_summary(form)


@register.filter
def free_text(text: str) -> SafeString:
    """What somebody typed, with their line breaks, and in the direction of their script."""
    return format_html('<div class="om-free-text" dir="auto">{}</div>', text)


@register.filter
def day(moment: datetime.date | datetime.datetime | None) -> str:
    """`4 March 2026`; in local time when it has one."""
    return format_date(_local(moment), "j F Y") if moment else ""


@register.filter
def weekday(moment: datetime.date | datetime.datetime | None) -> str:
    """`Wednesday 4 March 2026`."""
    return format_date(_local(moment), "l j F Y") if moment else ""


@register.filter
def day_and_time(moment: datetime.datetime | None) -> str:
    """`Wednesday 4 March 2026 at 3:05pm`."""
    return f"{weekday(moment)} at {clock_time(moment)}" if moment else ""


@register.filter
def clock_time(moment: datetime.datetime | None) -> str:
    """`3:05pm`, `9am`, `midday` or `midnight`, as the design system writes them."""
    if not moment:
        return ""
    local = _local(moment)
    if format_date(local, "i") == "00" and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    hour = format_date(local, "g" if local.minute == 0 else "g:i")
    return f"{hour}{'am' if local.hour < 12 else 'pm'}"


def _local(moment: Any) -> Any:
    aware = isinstance(moment, datetime.datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment) if aware else moment
