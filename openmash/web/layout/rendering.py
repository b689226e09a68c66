"""Draws form fields as components of the design system."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe

from openmash.web.layout.components import gds
from openmash.web.layout.dates import PARTS, DateWidget
from openmash.web.layout.fields import Choice, Look

Parameters = dict[str, Any]


class DesignSystemRenderer(TemplatesSetting):
    """Makes `{{ form }}` and `{{ form.name.as_field_group }}` use the design system."""

    form_template_name = "layout/form.html"
    field_template_name = "layout/field.html"


def render_field(bound: BoundField) -> SafeString:
    """One whole question: label, hint, error and input."""
    widget = bound.field.widget
    if widget.is_hidden:
        return mark_safe(str(bound))  # noqa: S308 -- Django's own widget
    for kind, draw in DRAWN_BY:
        if isinstance(widget, kind):
            return draw(bound)
    raise TypeError(f"There is no component for {type(widget).__name__}.")


def error_summary(form: forms.BaseForm) -> SafeString:
    """The box that lists what is wrong on a page, each linked to its field. Empty when nothing is."""
    if not form.errors:
        return mark_safe("")
    listed = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        listed += [{"text": str(error), "href": f"#{first_input_id(bound)}"} for error in bound.errors]
    return gds("error-summary", {"titleText": "There is a problem", "errorList": listed})


def first_input_id(bound: BoundField) -> str:
    """The id of the input to go to: of a date, the first box that is wrong."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}_{next(part for part in PARTS if part in (wrong_parts(bound) or PARTS))}"
    return str(bound.auto_id)


def revealed_fields(form: forms.BaseForm) -> set[str]:
    """Fields drawn inside an answer of another field, and so not by themselves."""
    offers = [getattr(field, "offered", {}) for field in form.fields.values()]
    return {name for offered in offers for choice in offered.values() for name in choice.reveals.split()}


def wrong_parts(bound: BoundField) -> set[str]:
    errors = bound.form.errors.as_data().get(bound.name, [])
    return {part for error in errors for part in (error.params or {}).get("wrong", PARTS)}


def look_of(bound: BoundField) -> Look:
    return getattr(bound.field, "look", Look(label_size="s"))


def shared(bound: BoundField) -> Parameters:
    """What every component takes: name, hint and error message."""
    parameters: Parameters = {"name": bound.html_name}
    if bound.help_text:
        parameters["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        parameters["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return parameters


def label(bound: BoundField) -> Parameters:
    look = look_of(bound)
    text = {"text": str(bound.label), "classes": f"govuk-label--{look.label_size}"}
    return {"id": bound.auto_id, "label": {**text, "isPageHeading": look.page_heading}}


def legend(bound: BoundField) -> Parameters:
    look = look_of(bound)
    text = {"text": str(bound.label), "classes": f"govuk-fieldset__legend--{look.label_size}"}
    return {"fieldset": {"legend": {**text, "isPageHeading": look.page_heading}}}


def text_of(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def draw_input(bound: BoundField) -> SafeString:
    look, widget = look_of(bound), bound.field.widget
    parameters: Parameters = {
        **shared(bound),
        **label(bound),
        "value": text_of(bound),
        "type": getattr(widget, "input_type", "text"),
        "autocomplete": look.autocomplete or widget.attrs.get("autocomplete", ""),
        "classes": f"govuk-input--width-{look.width}" if look.width else "",
        "attributes": {"dir": "auto"},
    }
    if widget.attrs.get("inputmode"):
        parameters["inputmode"] = widget.attrs["inputmode"]
    return gds("input", parameters)


def draw_password(bound: BoundField) -> SafeString:
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    return gds("password-input", {**shared(bound), **label(bound), "autocomplete": autocomplete})


def draw_textarea(bound: BoundField) -> SafeString:
    value = text_of(bound)
    parameters = {**shared(bound), **label(bound), "rows": look_of(bound).rows, "attributes": {"dir": "auto"}}
    # A browser drops the first line break of a text area, so one more keeps the one that was typed.
    kept = f"\n{value}" if value.startswith(("\n", "\r")) else value
    return gds("textarea", {**parameters, "value": kept})


def draw_date(bound: BoundField) -> SafeString:
    value = bound.value()
    typed = value if isinstance(value, list) else DateWidget().decompress(value)
    wrong = wrong_parts(bound)
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": part.title(),
            "value": str(text),
            "classes": f"govuk-input--width-{width}{' govuk-input--error' if part in wrong else ''}",
        }
        for part, text, width in zip(PARTS, typed, (2, 2, 4), strict=True)
    ]
    return gds("date-input", {**shared(bound), **legend(bound), "id": bound.auto_id, "items": items})


def draw_radios(bound: BoundField) -> SafeString:
    return _draw_choices("radios", bound, chosen={text_of(bound)} - {""})


def draw_checkboxes(bound: BoundField) -> SafeString:
    return _draw_choices("checkboxes", bound, chosen={str(value) for value in bound.value() or []})


def _draw_choices(component: str, bound: BoundField, chosen: set[str]) -> SafeString:
    look = look_of(bound)
    classes = [
        f"govuk-{component}--{name}" for name, on in (("inline", look.inline), ("small", look.small)) if on
    ]
    items = [item for choice in _offered(bound) for item in _choice_items(bound, choice, chosen)]
    parameters = {**shared(bound), **legend(bound), "idPrefix": bound.auto_id, "classes": " ".join(classes)}
    return gds(component, {**parameters, "items": items})


def _offered(bound: BoundField) -> list[Choice]:
    offered = getattr(bound.field, "offered", None)
    if offered is not None:
        return list(offered.values())
    choices = getattr(bound.field, "choices", [])
    return [Choice(str(value), str(text)) for value, text in choices if value != ""]


def _choice_items(bound: BoundField, choice: Choice, chosen: set[str]) -> list[Parameters]:
    item: Parameters = {"value": choice.value, "text": choice.label, "checked": choice.value in chosen}
    if choice.hint:
        item["hint"] = {"text": choice.hint}
    if choice.reveals:
        revealed = [render_field(bound.form[name]) for name in choice.reveals.split()]
        item["conditional"] = {"html": mark_safe("".join(revealed))}  # noqa: S308 -- fields drawn here
    return [{"divider": choice.divider_before}, item] if choice.divider_before else [item]


def draw_select(bound: BoundField) -> SafeString:
    value = text_of(bound)
    choices = [(str(key), str(text)) for key, text in getattr(bound.field, "choices", [])]
    items = [{"value": key, "text": text, "selected": key == value} for key, text in choices]
    return gds("select", {**shared(bound), **label(bound), "items": items})


def draw_one_checkbox(bound: BoundField) -> SafeString:
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    return gds("checkboxes", {**shared(bound), "idPrefix": bound.auto_id, "items": [item]})


# The first kind that fits is used, so the more particular ones stand first.
DRAWN_BY: list[tuple[type[forms.Widget], Callable[[BoundField], SafeString]]] = [
    (DateWidget, draw_date),
    (forms.CheckboxSelectMultiple, draw_checkboxes),
    (forms.RadioSelect, draw_radios),
    (forms.Select, draw_select),
    (forms.Textarea, draw_textarea),
    (forms.PasswordInput, draw_password),
    (forms.CheckboxInput, draw_one_checkbox),
    (forms.TextInput, draw_input),
]
