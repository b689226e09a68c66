"""The forms of a page, read from its own HTML, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Form:
    """One form: where it goes, and its fields with the values that a browser would offer."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    """Fields in which anything can be typed."""
    files: set[str] = field(default_factory=set)

    def filled_in(self) -> dict[str, str]:
        """Every field with the first value offered, so that what is hostile in one of them gets as far as it can."""
        return {
            name: values[0] if values else ""
            for name, values in self.fields.items()
            if name not in self.files
        }


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.select = ""

    @property
    def last(self) -> Form | None:
        return self.forms[-1] if self.forms else None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif self.last is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.last, given.get("name", "")
        assert form is not None
        if tag == "option" and self.select:
            form.fields[self.select].append(given.get("value", ""))
        if tag not in ("input", "textarea", "select", "button") or not name or name == "csrfmiddlewaretoken":
            return
        values = form.fields.setdefault(name, [])
        kind = given.get("type", "text") if tag == "input" else tag
        self.select = name if tag == "select" else self.select
        if kind == "file":
            form.files.add(name)
        elif kind == "hidden":
            values.append(given.get("value", ""))
            form.hidden.setdefault(name, given.get("value", ""))
        elif kind in ("radio", "checkbox", "button"):
            values.append(given.get("value", "on"))
        elif kind not in ("select", "submit"):
            form.texts.add(name)
            values.append(given.get("value", ""))


def forms_of(html: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
